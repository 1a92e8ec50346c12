package dev.hone.metric;

import dev.hone.data.Example;
import dev.hone.program.Program;
import dev.hone.signature.Codec;
import dev.hone.signature.Signature;
import java.util.Collection;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;

/**
 * Scores one output against its example. Thread-safe and, for reproducible runs, deterministic.
 *
 * <p>The ready ones compare one value of the output with the same value of the label, give 0 to 1,
 * and say in the feedback what differed. A value is found by a getter, which may be given a name
 * for feedback and tables, or by its field's name, which works for JSON objects too:
 *
 * <pre>{@code
 * Metric<Snippet, Verdict> metric =
 *     Metric.mean(
 *         Metric.exact("severity", Verdict::severity),
 *         Metric.jaccard("violations", Verdict::violations));
 * Metric<ObjectNode, ObjectNode> dynamic = Metric.exact("answer");
 * Metric<Snippet, Verdict> each = Metric.byField(Verdict.class);
 * }</pre>
 *
 * @param <I> the type of the inputs
 * @param <O> the type of the outputs
 */
@FunctionalInterface
public interface Metric<I, O> {
  /**
   * Scores one output. Throwing an exception says that it could not be scored. The calls of a judge
   * count in the evaluation, whichever context makes them; in the budget of the run, only those
   * under the context of the run. A judge on another model than the program's runs under the
   * options of that model, not under those of the program's context.
   *
   * @param example what the program was given, and its label if it has one
   * @param output what the program returned
   * @param run how it came to that: the outputs of its parts, and all steps
   */
  Score score(Example<I, O> example, O output, RunTrace run);

  /** What tables and parts of scores call it. */
  default String name() {
    return "metric";
  }

  /**
   * Whether it is known to read the label of every example, so that a run on examples without any
   * label can be refused before the first call. Default: false, for metrics that may not.
   */
  default boolean needsLabel() {
    return false;
  }

  /** A copy of another name, with which its feedback begins. */
  default Metric<I, O> named(String name) {
    return new NamedMetric<>(name, this);
  }

  /** A metric of the label and the output that gives a number; higher is better. */
  static <I, O> Metric<I, O> of(ToDoubleBiFunction<? super O, ? super O> scorer) {
    return new LabelMetric<>(
        (expected, actual) -> Score.of(scorer.applyAsDouble(expected, actual)));
  }

  /** As {@link #of(ToDoubleBiFunction)}, with a name. */
  static <I, O> Metric<I, O> of(String name, ToDoubleBiFunction<? super O, ? super O> scorer) {
    return Metric.<I, O>of(scorer).named(name);
  }

  /** A metric of the label and the output that gives 1 for true and 0 for false. */
  static <I, O> Metric<I, O> ofBoolean(BiPredicate<? super O, ? super O> test) {
    return new LabelMetric<>((expected, actual) -> Score.of(test.test(expected, actual)));
  }

  /** As {@link #ofBoolean(BiPredicate)}, with a name. */
  static <I, O> Metric<I, O> ofBoolean(String name, BiPredicate<? super O, ? super O> test) {
    return Metric.<I, O>ofBoolean(test).named(name);
  }

  /**
   * The mean over all fields of an output, each compared in the way that fits its type; the fields
   * are the parts of its scores. Lists and sets: {@link #jaccard}. Texts: {@link #f1} of the words,
   * as no two free texts are equal and a metric that is always 0 leads nowhere. All others, such as
   * choices, numbers, dates, maps and records: {@link #exact}. Optional fields: as the type within;
   * absent in both is right.
   */
  static <I, O> Metric<I, O> byField(Signature<I, O> signature) {
    return FieldsMetric.of(signature.outputFields());
  }

  /** As {@link #byField(Signature)}, over the components of a record. */
  static <I, O> Metric<I, O> byField(Class<O> output) {
    return FieldsMetric.of(Codec.ofRecord(output).fields());
  }

  /**
   * 1 if both values are equal, else 0; equal alike at the top, in records, maps and lists. Numbers
   * are equal by value: 1.0 equals 1.00. Texts are equal by their characters, case and punctuation
   * included; white space around them, how a line ends, and how a letter with a mark or a minus
   * sign before a digit is encoded do not count. For answers in other words see {@link #f1}, for
   * case and articles {@link #answerExactMatch}.
   */
  static <I, O> Metric<I, O> exact(Function<? super O, ?> getter) {
    return FieldMetric.of(getter, ValueComparison.EXACT);
  }

  /** As {@link #exact(Function)}, with a name. */
  static <I, O> Metric<I, O> exact(String name, Function<? super O, ?> getter) {
    return FieldMetric.<I, O>of(getter, ValueComparison.EXACT).named(name);
  }

  /** As {@link #exact(Function)}, of the field of this name. */
  static <I, O> Metric<I, O> exact(String field) {
    return FieldMetric.of(field, ValueComparison.EXACT);
  }

  /**
   * 1 if both texts are equal after the published normalization of SQuAD, else 0: lower case,
   * without punctuation, the articles a, an and the, and needless white space. It takes {@code C++}
   * for {@code C#}, {@code 1/2} for {@code 12} and {@code -5} for {@code 5}, as published; use it
   * to compare with published figures, and {@link #exact} or {@link #f1} where such signs matter.
   */
  static <I, O> Metric<I, O> answerExactMatch(Function<? super O, ?> getter) {
    return FieldMetric.of(getter, ValueComparison.ANSWER_EXACT_MATCH);
  }

  /** As {@link #answerExactMatch(Function)}, with a name. */
  static <I, O> Metric<I, O> answerExactMatch(String name, Function<? super O, ?> getter) {
    return FieldMetric.<I, O>of(getter, ValueComparison.ANSWER_EXACT_MATCH).named(name);
  }

  /** As {@link #answerExactMatch(Function)}, of the field of this name. */
  static <I, O> Metric<I, O> answerExactMatch(String field) {
    return FieldMetric.of(field, ValueComparison.ANSWER_EXACT_MATCH);
  }

  /**
   * Jaccard similarity of two collections, each taken as a set: the share of items in either that
   * are in both. Items are equal as for {@link #exact}. Two empty ones give 1.
   */
  static <I, O> Metric<I, O> jaccard(Function<? super O, ? extends Collection<?>> getter) {
    return FieldMetric.of(getter, ValueComparison.JACCARD);
  }

  /** As {@link #jaccard(Function)}, with a name. */
  static <I, O> Metric<I, O> jaccard(
      String name, Function<? super O, ? extends Collection<?>> getter) {
    return FieldMetric.<I, O>of(getter, ValueComparison.JACCARD).named(name);
  }

  /** As {@link #jaccard(Function)}, of the field of this name, which holds a list or set. */
  static <I, O> Metric<I, O> jaccard(String field) {
    return FieldMetric.of(field, ValueComparison.JACCARD);
  }

  /**
   * 1 if the output's text contains the words of the label's text, in order and side by side, else
   * 0. Words are equal as for {@link #f1}, and articles and punctuation count where the label is
   * nothing else. An empty label is only in an empty text.
   */
  static <I, O> Metric<I, O> contains(Function<? super O, ?> getter) {
    return FieldMetric.of(getter, ValueComparison.CONTAINS);
  }

  /** As {@link #contains(Function)}, with a name. */
  static <I, O> Metric<I, O> contains(String name, Function<? super O, ?> getter) {
    return FieldMetric.<I, O>of(getter, ValueComparison.CONTAINS).named(name);
  }

  /** As {@link #contains(Function)}, of the field of this name. */
  static <I, O> Metric<I, O> contains(String field) {
    return FieldMetric.of(field, ValueComparison.CONTAINS);
  }

  /**
   * F1, the harmonic mean of precision and recall: of the words of two texts, each counted as often
   * as it occurs, or of the items of two collections, each taken as a set, equal as for {@link
   * #exact}. Two empty ones give 1.
   *
   * <p>Of words, case, English articles and the punctuation of prose do not count: {@code No.} is
   * {@code no}, {@code p.m.} is {@code pm}. The signs of a value do: {@code C++} is not {@code C#},
   * {@code A+} not {@code A-}, {@code 1/2} not {@code 12}, {@code -5} not {@code 5}; signs of money
   * and of mathematics are words, so that {@code $5} is half of {@code €5}. One form of a sign is
   * as good as another: {@code ½} is {@code 1/2}, {@code 10²} is {@code 10^2}, {@code 1,000} is
   * {@code 1000}, all minus signs are one.
   */
  static <I, O> Metric<I, O> f1(Function<? super O, ?> getter) {
    return FieldMetric.of(getter, ValueComparison.F1);
  }

  /** As {@link #f1(Function)}, with a name. */
  static <I, O> Metric<I, O> f1(String name, Function<? super O, ?> getter) {
    return FieldMetric.<I, O>of(getter, ValueComparison.F1).named(name);
  }

  /** As {@link #f1(Function)}, of the field of this name. */
  static <I, O> Metric<I, O> f1(String field) {
    return FieldMetric.of(field, ValueComparison.F1);
  }

  /**
   * The mean of several metrics, which are the parts of its scores by their names; its feedback is
   * theirs, a line each.
   *
   * @throws dev.hone.InvalidInputException if there are none
   */
  @SafeVarargs
  @SuppressWarnings("varargs")
  static <I, O> Metric<I, O> mean(Metric<I, O>... metrics) {
    return MeanMetric.of(List.of(metrics));
  }

  /**
   * A metric that asks a judge, a program of its own: {@code Metric.judge(judge.on(model),
   * (example, output) -> new Draft(example.input().text(), output.text()), Grade::points)}. See
   * {@link JudgeMetric} for repeated verdicts, feedback, cost and failures.
   *
   * @param judge any program, bound to its own model and options by {@link Program#on}, or a
   *     compiled one that was loaded from a file
   * @param question makes the judge's input of the example and the output
   * @param score what a verdict counts; higher is better
   * @throws dev.hone.InvalidInputException if the judge is null
   */
  static <I, O, J, V> JudgeMetric<I, O, V> judge(
      Program<J, V> judge,
      BiFunction<? super Example<I, O>, ? super O, ? extends J> question,
      ToDoubleFunction<? super V> score) {
    return JudgeMetric.of(judge, question, score);
  }

  /** As {@link #judge}, with 1 for a verdict that passes and 0 for one that does not. */
  static <I, O, J, V> JudgeMetric<I, O, V> judgeBoolean(
      Program<J, V> judge,
      BiFunction<? super Example<I, O>, ? super O, ? extends J> question,
      Predicate<? super V> passes) {
    return JudgeMetric.of(judge, question, verdict -> passes.test(verdict) ? 1 : 0);
  }
}
