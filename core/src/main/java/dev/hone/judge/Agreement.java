package dev.hone.judge;

import dev.hone.InvalidInputException;
import dev.hone.context.Context;
import dev.hone.context.Spend;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.Evaluator;
import dev.hone.evaluate.ExampleResult;
import dev.hone.metric.Score;
import dev.hone.program.Program;
import dev.hone.stats.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How far the verdicts of a judge, or the outputs of any classifier, agree with gold labels:
 * accuracy, precision, recall and F1 per class, Cohen's kappa, and the confusion matrix, each
 * figure with its 95 % interval. Immutable.
 *
 * <p>The classes are choices, texts, numbers or booleans. Those of an enum are all its constants,
 * in their order; numbers are ordered by value, texts have no order, and so no weighted kappa. At
 * most 50 classes. A judge that gives no verdict on an example has failed there: such examples are
 * left out of all figures, counted and stated.
 *
 * <p>Shares have Wilson's interval; F1, the means and kappa that of the bootstrap over examples,
 * with a fixed seed, so equal results have equal intervals. No figure is not a number: what is
 * undefined is empty.
 *
 * @param <T> the type of the labels
 */
public final class Agreement<T> {
  private final ClassOrder<T> classes;
  private final ConfusionTable table;
  private final Map<String, Integer> failures;
  private final Spend spend;

  private Agreement(
      ClassOrder<T> classes, ConfusionTable table, Map<String, Integer> failures, Spend spend) {
    this.classes = classes;
    this.table = table;
    this.failures = failures;
    this.spend = spend;
  }

  /** A label with a verdict. */
  private record Pair<T>(T gold, T judged) {}

  /**
   * Runs a judge over examples with gold verdicts, under the current context and as a metric runs
   * it: concurrently, without an optimizer's draw. Cost: the judge's calls per example.
   *
   * @param judge the judge, bound to its model if it has one of its own
   * @param gold questions with the right verdicts; those without a label are not asked
   * @param getter the class of a verdict, such as {@code Verdict::severity}
   * @throws InvalidInputException if no example has a label or a verdict, or a label is no class
   * @throws dev.hone.evaluate.EvaluationFailedException if the judge cannot work at all
   * @throws dev.hone.lm.LmException as {@link Evaluator#evaluate}
   */
  public static <J, V, T> Agreement<T> of(
      Program<J, V> judge, Dataset<J, V> gold, Function<? super V, ? extends T> getter) {
    return Agreement.<J, V, V, T>of(judge, gold, getter, getter);
  }

  /**
   * As {@link #of(Program, Dataset, Function)}, where people wrote something else than verdicts,
   * such as one column.
   *
   * @param verdict the class of a verdict
   * @param label the class of a label
   */
  public static <J, V, L, T> Agreement<T> of(
      Program<J, V> judge,
      Dataset<J, L> gold,
      Function<? super V, ? extends T> verdict,
      Function<? super L, ? extends T> label) {
    List<Example<J, L>> labelled = gold.labelled().examples();
    if (labelled.isEmpty()) {
      throw InvalidInputException.of(
          "None of the %d gold examples has a label".formatted(gold.size()),
          "check the names of the label's columns");
    }
    Dataset<J, V> questions =
        Dataset.of(labelled.stream().map(one -> Example.<J, V>unlabelled(one.input())).toList());
    Evaluation<J, V> evaluation =
        Context.current()
            .forJudges()
            .call(() -> Evaluator.of(questions, (e, o, run) -> Score.of(1)).evaluate(judge));
    List<T> labels = new ArrayList<>();
    labelled.forEach(example -> labels.add(label.apply(example.expected())));
    return of(evaluation.results(), labels, verdict);
  }

  /**
   * The agreement of the outputs of an evaluation with its labels, whatever the metric says. Calls
   * no model. Examples without a label are left out.
   *
   * @param getter the class of an output, such as {@code Verdict::severity}
   * @throws InvalidInputException if no example has both, or a label is no class
   */
  public static <I, O, T> Agreement<T> of(
      Evaluation<I, O> evaluation, Function<? super O, ? extends T> getter) {
    List<ExampleResult<I, O>> labelled =
        evaluation.results().stream().filter(result -> result.example().hasLabel()).toList();
    List<T> labels = new ArrayList<>();
    labelled.forEach(result -> labels.add(getter.apply(result.example().expected())));
    return of(labelled, labels, getter);
  }

  /**
   * The agreement of verdicts that are known, such as those of two people. Calls no model.
   *
   * @param gold the right labels
   * @param judged the verdicts, in the same order
   * @throws InvalidInputException if there are none, or not as many of both
   */
  public static <T> Agreement<T> ofLabels(List<? extends T> gold, List<? extends T> judged) {
    if (gold.size() != judged.size()) {
      throw InvalidInputException.of(
          "There are %d gold labels and %d verdicts".formatted(gold.size(), judged.size()),
          "pass a verdict per label, in the same order");
    }
    List<Pair<T>> pairs = new ArrayList<>();
    for (int i = 0; i < gold.size(); i++) {
      pairs.add(new Pair<>(gold.get(i), judged.get(i)));
    }
    return of(pairs, Map.of(), Spend.NONE);
  }

  private static <I, O, T> Agreement<T> of(
      List<ExampleResult<I, O>> results, List<T> labels, Function<? super O, ? extends T> getter) {
    List<Pair<T>> pairs = new ArrayList<>();
    Map<String, Integer> failures = new TreeMap<>();
    Spend spend = Spend.NONE;
    for (int i = 0; i < results.size(); i++) {
      ExampleResult<I, O> result = results.get(i);
      spend = spend.plus(result.spend());
      @Nullable O output = result.output().orElse(null);
      if (output == null) {
        String name = result.error().map(error -> error.getClass().getSimpleName()).orElse("none");
        failures.merge(name, 1, Integer::sum);
      } else {
        pairs.add(new Pair<>(labels.get(i), getter.apply(output)));
      }
    }
    return of(pairs, failures, spend);
  }

  private static <T> Agreement<T> of(
      List<Pair<T>> pairs, Map<String, Integer> failures, Spend spend) {
    if (pairs.isEmpty()) {
      throw InvalidInputException.of(
          "No example has both a label and a verdict"
              + (failures.isEmpty() ? "" : "; failures: " + failures),
          failures.isEmpty() ? "check that there are any" : "look at one with judge.run(question)");
    }
    List<T> labels = new ArrayList<>();
    pairs.forEach(pair -> labels.add(pair.gold()));
    pairs.forEach(pair -> labels.add(pair.judged()));
    ClassOrder<T> classes = ClassOrder.of(labels);
    int[] cells = new int[classes.size() * classes.size()];
    for (Pair<T> pair : pairs) {
      cells[classes.indexOf(pair.gold()) * classes.size() + classes.indexOf(pair.judged())]++;
    }
    ConfusionTable table = new ConfusionTable(cells, classes.size(), classes.places());
    return new Agreement<>(classes, table, failures, spend);
  }

  /** The number of examples with a label and a verdict. */
  public int examples() {
    return table.size();
  }

  /** The number of labelled examples on which the judge gave no verdict. */
  public int failures() {
    return failures.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** The same by the simple name of the exception's class. Read-only. */
  public Map<String, Integer> failuresByClass() {
    return Map.copyOf(failures);
  }

  /** What the judge's calls cost; nothing for labels that were known. */
  public Spend spend() {
    return spend;
  }

  /** The share of examples on which both give the same class. */
  public Estimate accuracy() {
    return table.accuracy();
  }

  /** The mean recall of the classes that gold has: 1 / classes for a judge that always says one. */
  public Estimate balancedAccuracy() {
    return table.balancedAccuracy().orElseThrow();
  }

  /**
   * The mean F1 of the classes that gold has; one that only the judge gives has none of its own.
   */
  public Estimate macroF1() {
    return table.macroF1().orElseThrow();
  }

  /**
   * Cohen's kappa: the agreement beyond what two would reach by accident that give each class as
   * often as these; 0 for no more than that, 1 for full agreement. Empty if both give one same
   * class only, since it is undefined then.
   */
  public Optional<Estimate> kappa() {
    return table.kappa();
  }

  /**
   * Kappa in which a disagreement weighs as much as the classes are apart: enums by ordinal,
   * numbers by value. Empty for texts, and where {@link #kappa} is.
   */
  public Optional<Estimate> linearKappa() {
    return table.linearKappa();
  }

  /** As {@link #linearKappa}, with the square of the distance. */
  public Optional<Estimate> quadraticKappa() {
    return table.quadraticKappa();
  }

  /** Precision, recall and F1 of each class, in the order of the classes. */
  public List<ClassAgreement<T>> classes() {
    List<T> labels = classes.labels();
    List<ClassAgreement<T>> all = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      all.add(table.ofClass(labels.get(i), i));
    }
    return List.copyOf(all);
  }

  /**
   * Precision, recall and F1 of one class.
   *
   * @throws InvalidInputException if it is none of the classes
   */
  public ClassAgreement<T> byClass(T label) {
    return table.ofClass(label, index(label));
  }

  /**
   * A cell of the confusion matrix: the number of examples that have one label and another verdict.
   *
   * @throws InvalidInputException if one is none of the classes
   */
  public int count(T gold, T judged) {
    return table.count(index(gold), index(judged));
  }

  private int index(T label) {
    int index = classes.indexOf(label);
    if (index < 0) {
      throw InvalidInputException.of(
          "%s is none of the classes %s".formatted(label, classes.labels()), "use one of those");
    }
    return index;
  }

  /** The figures, those of each class and the confusion matrix as tables for people. */
  @Override
  public String toString() {
    return new AgreementText<>(this).toString();
  }
}
