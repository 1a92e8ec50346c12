package dev.hone.optimize;

import dev.hone.InvalidInputException;
import dev.hone.data.Dataset;
import dev.hone.data.Split;
import dev.hone.json.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

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
  private static final int FEW = 10;

  /** Copies the lists. */
  public TaskData {
    strata = List.copyOf(strata);
    notes = List.copyOf(notes);
  }

  /**
   * Takes the valset that the task has, else a stratified share of its trainset; examples with
   * equal inputs stay together, on one side.
   *
   * @param valsetFraction the share of the trainset to choose by where there is no valset
   * @param maxValidationExamples a larger valset is cut down to this, in proportion
   * @param seed the seed of both
   * @throws InvalidInputException if a part is empty, or they overlap, or the trainset has fewer
   *     than 2 different inputs and there is no valset
   */
  public static <I, O> TaskData<I, O> of(
      OptimizationTask<I, O> task, double valsetFraction, int maxValidationExamples, long seed) {
    if (task.trainset().size() == 0) {
      throw InvalidInputException.of("The trainset is empty", "check the file it comes from");
    }
    Dataset<I, O> valset = task.valset();
    if (valset == null) {
      return split(task.trainset(), valsetFraction, maxValidationExamples, seed);
    }
    if (valset.size() == 0) {
      throw InvalidInputException.of(
          "The valset is empty", "leave it out to take a share of the trainset");
    }
    task.trainset().requireDisjoint(valset);
    return capped(task.trainset(), valset, maxValidationExamples, seed, List.of());
  }

  private static <I, O> TaskData<I, O> split(
      Dataset<I, O> all, double valsetFraction, int most, long seed) {
    Dataset<I, O> distinct = distinctInputs(all);
    if (distinct.size() < 2) {
      throw InvalidInputException.of(
          "The trainset has %d distinct input in %d %s, and at least 2 are needed to learn and to choose"
              .formatted(distinct.size(), all.size(), all.size() == 1 ? "example" : "examples"),
          "label more examples");
    }
    Split<I, O> split = distinct.stratifiedSplit(1 - valsetFraction, seed);
    if (distinct.size() == all.size()) {
      return capped(split.first(), split.rest(), most, seed, List.of());
    }
    String note =
        "The trainset's %d examples have %d distinct inputs; equal ones are kept together."
            .formatted(all.size(), distinct.size());
    Dataset<I, O> shuffled = all.shuffled(seed);
    return capped(
        shuffled.without(split.rest()), shuffled.without(split.first()), most, seed, List.of(note));
  }

  private static <I, O> Dataset<I, O> distinctInputs(Dataset<I, O> all) {
    Set<ObjectNode> seen = new HashSet<>();
    return Dataset.of(all.examples().stream().filter(e -> seen.add(e.inputJson())).toList());
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
    few(kept.size(), "validation example").ifPresent(notes::add);
    return new TaskData<>(trainset, kept, strata(kept), notes);
  }

  /** What to say of so many examples, if that is few to choose by. */
  public static Optional<String> few(int examples, String name) {
    return examples < FEW
        ? Optional.of(
            "There %s only %s to choose by: the best score may be luck. Maybe label more."
                .formatted(examples == 1 ? "is" : "are", Words.count(examples, name)))
        : Optional.empty();
  }

  /** Equal labels are a stratum, where labels recur; else all examples are one. */
  private static List<String> strata(Dataset<?, ?> examples) {
    List<String> labels =
        examples.examples().stream().map(e -> Json.canonical(e.expectedJson())).toList();
    boolean recur = labels.stream().distinct().count() <= labels.size() / 2;
    return recur ? labels : Collections.nCopies(labels.size(), "");
  }
}
