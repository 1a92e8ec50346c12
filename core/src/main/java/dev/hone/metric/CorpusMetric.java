package dev.hone.metric;

import dev.hone.InvalidInputException;
import dev.hone.data.Example;
import dev.hone.stats.ClassPair;
import dev.hone.stats.ConfusionFormula;
import dev.hone.stats.Interval;
import dev.hone.stats.ObservationTally;
import dev.hone.stats.TallyBounds;
import dev.hone.stats.TallyFormula;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * A metric of a whole set of examples, such as macro-F1, which no mean over single examples gives.
 * It is passed wherever a metric is: an evaluation's score is the value of the set, and so is what
 * an optimizer maximizes. Its {@link #score} of one example is an acceptance, by which
 * bootstrapping keeps demos and tables list the worst: for the ready ones 1 if the value of the
 * getter is exactly the label's, else 0.
 *
 * <p>An example whose program gave no output counts as a wrong answer, of a class of its own;
 * examples that the metric failed on, or without a reply, are left out. What a set does not define,
 * such as the recall of a class that no label has, is 0, with a note in the evaluation. Classes are
 * equal as for {@link Metric#exact}.
 *
 * <p>Immutable and thread-safe; values and intervals are deterministic. Makes no model calls.
 *
 * @param <I> what the program takes
 * @param <O> what it returns
 */
public final class CorpusMetric<I, O> implements Metric<I, O> {
  private final String name;
  private final Metric<? super I, ? super O> acceptance;
  private final Observer<? super I, ? super O> observer;
  private final TallyFormula formula;
  private final List<Constraint<? super I, ? super O>> constraints;

  private CorpusMetric(
      String name,
      Metric<? super I, ? super O> acceptance,
      Observer<? super I, ? super O> observer,
      TallyFormula formula,
      List<Constraint<? super I, ? super O>> constraints) {
    this.name = name;
    this.acceptance = acceptance;
    this.observer = observer;
    this.formula = formula;
    this.constraints = List.copyOf(constraints);
  }

  /** What counts of one example. */
  @FunctionalInterface
  private interface Observer<I, O> {
    Object observe(Example<? extends I, ? extends O> example, @Nullable O output, double score);
  }

  /**
   * An example with what the program made of it.
   *
   * @param example the example
   * @param output the output; empty if the program failed
   * @param <I> what the program takes
   * @param <O> what it returns
   */
  public record Answered<I, O>(Example<I, O> example, Optional<O> output) {}

  /**
   * The mean F1 over the classes that are the label of some example: each counts alike, however
   * rare it is. Where the getter gives a collection, each of its items is a class.
   */
  public static <I, O> CorpusMetric<I, O> macroF1(Function<? super O, ?> getter) {
    return ofClasses(getter, ConfusionFormula.macroF1());
  }

  /** F1 of one class: the value itself, or an item where the getter gives a collection. */
  public static <I, O> CorpusMetric<I, O> f1Of(Function<? super O, ?> getter, Object value) {
    return ofClasses(getter, ConfusionFormula.f1Of(plain(value)));
  }

  /** The share of the outputs of a class that are right. */
  public static <I, O> CorpusMetric<I, O> precisionOf(Function<? super O, ?> getter, Object value) {
    return ofClasses(getter, ConfusionFormula.precisionOf(plain(value)));
  }

  /** The share of the labels of a class that are found. */
  public static <I, O> CorpusMetric<I, O> recallOf(Function<? super O, ?> getter, Object value) {
    return ofClasses(getter, ConfusionFormula.recallOf(plain(value)));
  }

  /** Matthews' correlation coefficient, for any number of classes; -1 to 1, 0 by chance. */
  public static <I, O> CorpusMetric<I, O> matthews(Function<? super O, ?> getter) {
    return ofClasses(getter, ConfusionFormula.matthews());
  }

  /** Cohen's kappa: agreement beyond that by chance; at most 1, 0 by chance. */
  public static <I, O> CorpusMetric<I, O> kappa(Function<? super O, ?> getter) {
    return ofClasses(getter, ConfusionFormula.kappa());
  }

  private static <I, O> CorpusMetric<I, O> ofClasses(
      Function<? super O, ?> getter, ConfusionFormula formula) {
    Metric<I, O> exact = Metric.exact(getter);
    Observer<I, O> observer =
        (example, output, score) ->
            new ClassPair(
                PlainValue.of(getter.apply(example.expected())),
                output == null ? ClassPair.NOTHING : PlainValue.of(getter.apply(output)));
    return new CorpusMetric<>(formula.toString(), exact, observer, formula, List.of());
  }

  private static Object plain(@Nullable Object value) {
    Object plain = PlainValue.of(value);
    if (plain == null) {
      throw InvalidInputException.of("The class of a metric is null", "pass one of the classes");
    }
    return plain;
  }

  /**
   * One of your own. In a search it costs one value for each example of each configuration that is
   * evaluated, again after each of its evaluations; the ready ones cost next to nothing.
   *
   * @param name what tables call it
   * @param acceptance the score of a single example, by which bootstrapping keeps demos
   * @param value the value of a set of at least one example, of which the order does not count;
   *     higher is better. Parts and resamples of a set have a value too, with any class missing;
   *     where it fails, or is no number up to 1e100, so do the score and the search that ask for it
   */
  public static <I, O> CorpusMetric<I, O> of(
      String name,
      Metric<? super I, ? super O> acceptance,
      ToDoubleFunction<List<Answered<I, O>>> value) {
    Observer<I, O> observer =
        (example, output, score) -> {
          @SuppressWarnings("unchecked") // an example is only read
          Example<I, O> same = (Example<I, O>) example;
          return new Answered<>(same, Optional.ofNullable(output));
        };
    TallyFormula formula = new OwnFormula<>(name, value);
    return new CorpusMetric<>(name, acceptance, observer, formula, List.of());
  }

  /** A metric under constraints; the mean of its scores where it is none of sets. */
  static <I, O> CorpusMetric<I, O> constrained(
      Metric<I, O> metric, Constraint<? super I, ? super O> constraint) {
    CorpusMetric<I, O> base =
        metric instanceof CorpusMetric<I, O> corpus
            ? corpus
            : new CorpusMetric<>(
                metric.name(),
                metric,
                (example, output, score) -> score,
                TallyFormula.mean(),
                List.of());
    List<Constraint<? super I, ? super O>> all = new ArrayList<>(base.constraints);
    all.add(constraint);
    return new CorpusMetric<>(base.name, base.acceptance, base.observer, base.formula, all);
  }

  /** The acceptance of one output. */
  @Override
  @SuppressWarnings("unchecked") // a metric only reads examples
  public Score score(Example<I, O> example, O output, RunTrace run) {
    return ((Metric<I, O>) acceptance).score(example, output, run);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean needsLabel() {
    return acceptance.needsLabel();
  }

  @Override
  public CorpusMetric<I, O> named(String other) {
    return new CorpusMetric<>(other, acceptance, observer, formula, constraints);
  }

  /** The constraints that what is chosen by this metric must meet; none by default. */
  public List<Constraint<? super I, ? super O>> constraints() {
    return constraints;
  }

  /**
   * What counts of an example, for {@link #value} and the others; equal observations count alike.
   *
   * @param output what the program returned; null if it failed
   * @param score the acceptance, or the failure score
   */
  public Object observation(Example<I, O> example, @Nullable O output, double score) {
    Object own = observe(observer, example, output, score);
    if (constraints.isEmpty()) {
      return own;
    }
    List<Object> all = new ArrayList<>(List.of(own));
    constraints.forEach(
        constraint -> all.add(observe(constraint.metric().observer, example, output, score)));
    return List.copyOf(all);
  }

  @SuppressWarnings("unchecked") // an observer only reads
  private static <I, O> Object observe(
      Observer<?, ?> observer, Example<I, O> example, @Nullable O output, double score) {
    return ((Observer<I, O>) observer).observe(example, output, score);
  }

  /** The observations of a constraint, by its place; those of the metric itself at -1. */
  private ObservationTally part(ObservationTally tally, int constraint) {
    return constraints.isEmpty() ? tally : tally.map(all -> ((List<?>) all).get(1 + constraint));
  }

  /** The value of a set of at least one observation; constraints do not change it. */
  public double value(ObservationTally tally) {
    return formula.value(part(tally, -1));
  }

  /** The 95 % confidence interval of the value, by {@link TallyBounds}. */
  public Interval interval(ObservationTally tally) {
    return TallyBounds.interval(part(tally, -1), formula, 0.95);
  }

  /** What a reader of the value should know: that it is undefined, and why. */
  public List<String> notes(ObservationTally tally) {
    return formula.undefined(part(tally, -1)).map(why -> why + ".").stream().toList();
  }

  /**
   * What a search maximizes: the value, less a multiple of what constraints lack, so that it is led
   * to where they hold. Equal to the value where there are none.
   */
  public TallyFormula objective() {
    return constraints.isEmpty()
        ? formula
        : new TallyFormula() {
          @Override
          public double value(ObservationTally tally) {
            return CorpusMetric.this.value(tally) - penalty(tally);
          }

          @Override
          public boolean takesFractions() {
            return formula.takesFractions()
                && constraints.stream().allMatch(c -> c.metric().formula.takesFractions());
          }
        };
  }

  /** What the objective is less than the value; 0 where estimates meet all constraints. */
  public double penalty(ObservationTally tally) {
    double penalty = 0;
    for (int i = 0; i < constraints.size(); i++) {
      penalty += constraints.get(i).penalty(part(tally, i));
    }
    return penalty;
  }

  /**
   * Whether a set shows that each constraint is met, in their order.
   *
   * @param candidates of how many candidates the set belongs to one, as each is one more
   *     opportunity to meet a constraint by luck; at least 1
   */
  public List<Constraint.Check> check(ObservationTally tally, int candidates) {
    List<Constraint.Check> checks = new ArrayList<>();
    for (int i = 0; i < constraints.size(); i++) {
      checks.add(constraints.get(i).check(part(tally, i), candidates));
    }
    return checks;
  }

  TallyFormula formula() {
    return formula;
  }

  @Override
  public String toString() {
    return "CorpusMetric["
        + name
        + (constraints.isEmpty() ? "]" : ", subject to " + constraints + "]");
  }
}
