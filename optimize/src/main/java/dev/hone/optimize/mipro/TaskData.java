package dev.hone.optimize.mipro;

import dev.hone.InvalidInputException;
import dev.hone.data.Dataset;
import dev.hone.data.Split;
import dev.hone.json.Json;
import dev.hone.optimize.OptimizationTask;
import dev.hone.program.Predictors;
import java.util.Collections;
import java.util.List;

/**
 * The examples of a run, parted into those to learn from and those to choose by.
 *
 * @param trainset examples to learn from
 * @param valset examples to choose by
 * @param strata the stratum of each validation example
 */
record TaskData<I, O>(Dataset<I, O> trainset, Dataset<I, O> valset, List<String> strata) {

  static <I, O> TaskData<I, O> of(OptimizationTask<I, O> task, MiproV2Settings settings) {
    if (task.trainset().size() == 0) {
      throw InvalidInputException.of("The trainset is empty", "check the file it comes from");
    }
    Dataset<I, O> valset = task.valset();
    if (valset == null) {
      return split(task.trainset(), settings);
    }
    if (valset.size() == 0) {
      throw InvalidInputException.of(
          "The valset is empty", "leave it out to take a share of the trainset");
    }
    task.trainset().requireDisjoint(valset);
    return capped(task.trainset(), valset, settings);
  }

  private static <I, O> TaskData<I, O> split(Dataset<I, O> all, MiproV2Settings settings) {
    if (all.size() < 2) {
      throw InvalidInputException.of(
          "The trainset has %d example, and at least 2 are needed to learn and to choose"
              .formatted(all.size()),
          "label more examples");
    }
    Split<I, O> split = all.stratifiedSplit(1 - settings.valsetFraction(), settings.seed());
    return capped(split.first(), split.rest(), settings);
  }

  /** Keeps as many validation examples as the preset allows, in proportion. */
  private static <I, O> TaskData<I, O> capped(
      Dataset<I, O> trainset, Dataset<I, O> valset, MiproV2Settings settings) {
    int most = settings.auto().maxValidationExamples();
    Dataset<I, O> kept = valset;
    if (valset.size() > most) {
      kept = valset.stratifiedSplit((double) most / valset.size(), settings.seed()).first();
    }
    return new TaskData<>(trainset, kept, strata(kept));
  }

  /** Equal labels are a stratum, where labels recur; else all examples are one. */
  private static List<String> strata(Dataset<?, ?> examples) {
    List<String> labels =
        examples.examples().stream().map(e -> Json.canonical(e.expectedJson())).toList();
    boolean recur = labels.stream().distinct().count() <= labels.size() / 2;
    return recur ? labels : Collections.nCopies(labels.size(), "");
  }

  MiproV2Plan plan(OptimizationTask<I, O> task, MiproV2Settings settings) {
    int predictors = Predictors.of(task.student()).byName().size();
    return MiproV2Plan.of(settings, predictors, trainset.size(), valset.size());
  }
}
