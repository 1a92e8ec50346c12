package dev.hone.optimize;

import dev.hone.InvalidInputException;
import dev.hone.data.Dataset;
import dev.hone.data.Split;
import dev.hone.json.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The examples of a run, parted into those to learn from and those to choose by. Immutable.
 *
 * @param trainset examples to learn from
 * @param valset examples to choose by; shares none with the trainset
 * @param strata the stratum of each validation example, in order
 * @param notes what a user may not have expected, in sentences
 * @param <I> what the program takes
 * @param <O> what it returns
 */
public record TaskData<I, O>(
    Dataset<I, O> trainset, Dataset<I, O> valset, List<String> strata, List<String> notes) {
  /** Copies the lists. */
  public TaskData {
    strata = List.copyOf(strata);
    notes = List.copyOf(notes);
  }

  /**
   * Takes the valset that the task has, else a stratified share of its trainset. An example of the
   * rest that has the input of one in the share is left out, since it would be seen twice.
   *
   * @param valsetFraction the share of the trainset to choose by where there is no valset
   * @param maxValidationExamples a larger valset is cut down to this, in proportion
   * @param seed the seed of both
   * @throws InvalidInputException if a part is empty, or they overlap
   */
  public static <I, O> TaskData<I, O> of(
      OptimizationTask<I, O> task, double valsetFraction, int maxValidationExamples, long seed) {
    if (task.trainset().size() == 0) {
      throw InvalidInputException.of("The trainset is empty", "check the file it comes from");
    }
    Dataset<I, O> valset = task.valset();
    if (valset == null) {
      Split<I, O> split = split(task.trainset(), valsetFraction, seed);
      return disjoint(split.first(), split.rest(), maxValidationExamples, seed);
    }
    if (valset.size() == 0) {
      throw InvalidInputException.of(
          "The valset is empty", "leave it out to take a share of the trainset");
    }
    task.trainset().requireDisjoint(valset);
    return capped(task.trainset(), valset, maxValidationExamples, seed, List.of());
  }

  private static <I, O> Split<I, O> split(Dataset<I, O> all, double valsetFraction, long seed) {
    if (all.size() < 2) {
      throw InvalidInputException.of(
          "The trainset has %d example, and at least 2 are needed to learn and to choose"
              .formatted(all.size()),
          "label more examples");
    }
    return all.stratifiedSplit(1 - valsetFraction, seed);
  }

  private static <I, O> TaskData<I, O> disjoint(
      Dataset<I, O> trainset, Dataset<I, O> valset, int most, long seed) {
    Dataset<I, O> rest = trainset.without(valset);
    int left = trainset.size() - rest.size();
    if (rest.size() == 0) {
      throw InvalidInputException.of(
          "Every example of the trainset has the same input", "label more examples");
    }
    String note =
        "%d examples have an input that the validation set has too; they are not learnt from."
            .formatted(left);
    return capped(rest, valset, most, seed, left == 0 ? List.of() : List.of(note));
  }

  /** Keeps so many validation examples, in proportion. */
  private static <I, O> TaskData<I, O> capped(
      Dataset<I, O> trainset, Dataset<I, O> valset, int most, long seed, List<String> before) {
    List<String> notes = new ArrayList<>(before);
    Dataset<I, O> kept = valset;
    if (valset.size() > most) {
      kept = valset.stratifiedSplit((double) most / valset.size(), seed).first();
      notes.add(
          "The preset chooses by %d of %d validation examples.".formatted(most, valset.size()));
    }
    return new TaskData<>(trainset, kept, strata(kept), notes);
  }

  /** Equal labels are a stratum, where labels recur; else all examples are one. */
  private static List<String> strata(Dataset<?, ?> examples) {
    List<String> labels =
        examples.examples().stream().map(e -> Json.canonical(e.expectedJson())).toList();
    boolean recur = labels.stream().distinct().count() <= labels.size() / 2;
    return recur ? labels : Collections.nCopies(labels.size(), "");
  }
}
