package dev.hone.optimize.run;

import dev.hone.InvalidInputException;
import dev.hone.data.Dataset;
import dev.hone.data.Split;
import dev.hone.json.Json;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.task.DemoLeakage;
import dev.hone.text.Plural;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * The examples of a run, split into those to learn from and those to choose by. Immutable.
 *
 * @param <I> what the program takes
 * @param <O> what it returns
 */
public final class TaskData<I, O> {
  private static final int FEW = 10;

  private final Dataset<I, O> trainset;
  private final Dataset<I, O> valset;
  private final List<String> strata;
  private final List<String> notes;

  private TaskData(
      Dataset<I, O> trainset, Dataset<I, O> valset, List<String> strata, List<String> notes) {
    this.trainset = trainset;
    this.valset = valset;
    this.strata = List.copyOf(strata);
    this.notes = List.copyOf(notes);
  }

  /** Examples to learn from. */
  public Dataset<I, O> trainset() {
    return trainset;
  }

  /** Examples to choose by; shares none with the trainset. */
  public Dataset<I, O> valset() {
    return valset;
  }

  /** The stratum of each validation example, in order. */
  public List<String> strata() {
    return strata;
  }

  /** What a user may not have expected, in sentences. */
  public List<String> notes() {
    return notes;
  }

  /** The same as the other {@code of}, with a valset of any size. */
  public static <I, O> TaskData<I, O> of(
      OptimizationTask<I, O> task, double valsetFraction, long seed) {
    return of(task, valsetFraction, Integer.MAX_VALUE, seed);
  }

  /**
   * Takes the valset that the task has, else a stratified share of its trainset, of which one
   * example more moves few others ({@link Dataset#stratifiedSplit(double, long)}); examples with
   * equal inputs stay together, on one side. Examples that the demos of the student show are never
   * chosen by: of the trainset they are learnt from, of a valset they are left out.
   *
   * @param valsetFraction the share of the trainset to choose by where there is no valset
   * @param maxValidationExamples a larger valset is cut down to this, in proportion
   * @param seed the seed of both
   * @throws InvalidInputException if a part is empty, or they overlap, or the trainset has fewer
   *     than 2 different inputs and there is no valset
   */
  public static <I, O> TaskData<I, O> of(
      OptimizationTask<I, O> task, double valsetFraction, int maxValidationExamples, long seed) {
    task.requireExamples();
    Dataset<I, O> valset = task.valset().orElse(null);
    if (valset == null) {
      return split(task, valsetFraction, maxValidationExamples, seed);
    }
    if (valset.size() == 0) {
      throw InvalidInputException.of(
          "The valset is empty", "leave it out to take a share of the trainset");
    }
    if (!task.overlapAllowed()) {
      task.trainset().requireDisjoint(valset);
    }
    Dataset<I, O> unseen = DemoLeakage.unseen(task.student(), valset);
    requireSome(unseen, valset, "valset");
    return capped(
        task.trainset(), unseen, maxValidationExamples, seed, notesOfShown(valset, unseen));
  }

  private static void requireSome(Dataset<?, ?> unseen, Dataset<?, ?> all, String name) {
    if (unseen.size() == 0) {
      throw InvalidInputException.of(
          "The demos that the student came with show every one of the %s of the %s, so there is none to choose by"
              .formatted(Plural.of(all.size(), "example"), name),
          "pass a valset that they do not show, or take them out with withDemos(List.of())");
    }
  }

  private static List<String> notesOfShown(Dataset<?, ?> valset, Dataset<?, ?> unseen) {
    int shown = valset.size() - unseen.size();
    return shown == 0
        ? List.of()
        : List.of(
            "The demos that the student came with show %d of %s, answers included; %s left out."
                .formatted(
                    shown,
                    Plural.of(valset.size(), "validation example"),
                    shown == 1 ? "it is" : "they are"));
  }

  private static <I, O> TaskData<I, O> split(
      OptimizationTask<I, O> task, double valsetFraction, int most, long seed) {
    Dataset<I, O> all = task.trainset();
    Dataset<I, O> distinct = distinctInputs(all);
    if (distinct.size() < 2) {
      throw InvalidInputException.of(
          "The trainset has %d distinct input in %s, and at least 2 are needed to learn and to choose"
              .formatted(distinct.size(), Plural.of(all.size(), "example")),
          "label more examples");
    }
    Dataset<I, O> unseen = DemoLeakage.unseen(task.student(), distinct);
    requireSome(unseen, distinct, "trainset");
    int wanted = wantedToChooseBy(distinct.size(), valsetFraction);
    if (wanted >= unseen.size()) {
      return partitioned(all, distinct, unseen, most, seed);
    }
    double learn =
        unseen.size() == distinct.size()
            ? 1 - valsetFraction
            : (double) (unseen.size() - wanted) / unseen.size();
    Split<I, O> split = unseen.stratifiedSplit(learn, seed);
    return unseen.size() == all.size()
        ? capped(split.first(), split.rest(), most, seed, List.of())
        : partitioned(all, distinct, split.rest(), most, seed);
  }

  /** Chooses by all examples with the inputs of some, and learns from the others. */
  private static <I, O> TaskData<I, O> partitioned(
      Dataset<I, O> all, Dataset<I, O> distinct, Dataset<I, O> chosen, int most, long seed) {
    List<String> notes = new ArrayList<>();
    if (distinct.size() < all.size()) {
      notes.add(
          "The trainset's %d examples have %d distinct inputs; equal ones are kept together."
              .formatted(all.size(), distinct.size()));
    }
    Dataset<I, O> ordered = byHash(all, seed);
    Dataset<I, O> trainset = ordered.without(chosen);
    return capped(trainset, ordered.without(trainset), most, seed, notes);
  }

  /** In random order, of which one example more changes nothing but its own place. */
  private static <I, O> Dataset<I, O> byHash(Dataset<I, O> all, long seed) {
    return Dataset.of(
        all.examples().stream()
            .sorted(Comparator.comparing(example -> Json.sha256(seed + ":" + example.id())))
            .toList());
  }

  /** How many of a number of examples are to choose by. */
  private static int wantedToChooseBy(int size, double valsetFraction) {
    int learn = (int) Math.round((1 - valsetFraction) * size);
    if (learn < 1 || learn >= size) {
      throw InvalidInputException.of(
          "valsetFraction (%s) leaves %d of %d different inputs to learn from and %d to choose by"
              .formatted(valsetFraction, learn, size, size - learn),
          "use 0.3");
    }
    return size - learn;
  }

  private static <I, O> Dataset<I, O> distinctInputs(Dataset<I, O> all) {
    Set<ObjectNode> seen = new HashSet<>();
    return Dataset.of(all.examples().stream().filter(e -> seen.add(e.inputJson())).toList());
  }

  /** Keeps at most a number of validation examples, in proportion. */
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
    notes.addAll(PartsOverlap.notes(trainset, kept, "validation"));
    return new TaskData<>(trainset, kept, strata(kept), notes);
  }

  /** The note on a number of examples, if that is few to choose by. */
  public static Optional<String> few(int examples, String name) {
    return examples < FEW
        ? Optional.of(
            "There %s only %s to choose by: the best score may be luck. Maybe label more."
                .formatted(examples == 1 ? "is" : "are", Plural.of(examples, name)))
        : Optional.empty();
  }

  /** Equal labels are a stratum, where labels recur; else all examples are one. */
  private static List<String> strata(Dataset<?, ?> examples) {
    List<String> labels =
        examples.examples().stream()
            .map(e -> e.hasLabel() ? Json.canonical(e.expectedJson()) : "")
            .toList();
    boolean recur = labels.stream().distinct().count() <= labels.size() / 2;
    return recur ? labels : Collections.nCopies(labels.size(), "");
  }
}
