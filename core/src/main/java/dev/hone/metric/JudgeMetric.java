package dev.hone.metric;

import dev.hone.InvalidInputException;
import dev.hone.SettingCheck;
import dev.hone.context.Context;
import dev.hone.data.Example;
import dev.hone.lm.LmOptions;
import dev.hone.program.Program;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * A metric that asks a judge: a program like any other, which takes a question made of the example
 * and the output, and gives a verdict; see {@link Metric#judge}. Immutable; thread-safe as the
 * program is.
 *
 * <p>The judge runs under the context of the run, without an optimizer's draw; bound to a model of
 * its own ({@code program.on(model)}) it has the options of that model only. What fails in it is
 * the metric's failure, never the program's: an evaluation leaves the example out, and counts it in
 * {@code judgeFailures()}, the judge's calls in {@code judgeSpend()}.
 *
 * <p>Cost per output: the judge's calls, times the number of {@link #repeat repetitions}.
 *
 * @param <I> the type of the inputs
 * @param <O> the type of the outputs
 * @param <V> the type of the verdicts
 */
public final class JudgeMetric<I, O, V> implements Metric<I, O> {
  private static final String UNNAMED = "judge";

  private final Asking<I, O, V> asking;
  private final String name;
  private final int verdicts;
  private final long firstRolloutId;
  private final boolean needsLabel;

  private JudgeMetric(
      Asking<I, O, V> asking, String name, int verdicts, long firstRolloutId, boolean needsLabel) {
    this.asking = asking;
    this.name = name;
    this.verdicts = verdicts;
    this.firstRolloutId = firstRolloutId;
    this.needsLabel = needsLabel;
  }

  /** How the judge is asked, and what its verdicts count. */
  private record Asking<I, O, V>(
      Program<?, V> judge,
      BiFunction<? super Example<I, O>, ? super O, Supplier<V>> question,
      ToDoubleFunction<? super V> score,
      Function<? super V, String> feedback) {}

  static <I, O, J, V> JudgeMetric<I, O, V> of(
      Program<J, V> judge,
      BiFunction<? super Example<I, O>, ? super O, ? extends J> question,
      ToDoubleFunction<? super V> score) {
    if (judge == null) {
      throw InvalidInputException.of("The judge is null, expected a program", "use Predict.of");
    }
    BiFunction<Example<I, O>, O, Supplier<V>> ask =
        (example, output) -> {
          J asked = question.apply(example, output);
          return () -> judge.run(asked);
        };
    return new JudgeMetric<>(new Asking<>(judge, ask, score, verdict -> ""), UNNAMED, 1, 0, false);
  }

  /** The judge. */
  public Program<?, V> judge() {
    return asking.judge();
  }

  /** How often the judge is asked about an output; default 1. */
  public int verdicts() {
    return verdicts;
  }

  /**
   * A copy that asks the judge several times about each output, under the rollout ids 1, 2 and so
   * on, so that no verdict is the cached reply of another one. The score is the mean, {@link
   * Score#spread} how far the verdicts differ. A judge at temperature 0 may say the same each time.
   * If one of the verdicts fails, so does the metric.
   *
   * @param times the number of verdicts; 1 for a single one without a rollout id
   * @throws InvalidInputException if it is less than 1
   */
  public JudgeMetric<I, O, V> repeat(int times) {
    return with(times, times == 1 ? 0 : 1);
  }

  /**
   * As {@link #repeat(int)}, under other rollout ids, so that a cache does not answer with the
   * verdicts of an earlier run.
   *
   * @param firstRolloutId the first of the rollout ids, which follow one another; at least 1
   * @throws InvalidInputException if a number is less than 1
   */
  public JudgeMetric<I, O, V> repeat(int times, long firstRolloutId) {
    SettingCheck.atLeast("firstRolloutId", firstRolloutId, 1, 1);
    return with(times, firstRolloutId);
  }

  private JudgeMetric<I, O, V> with(int times, long first) {
    SettingCheck.atLeast("times", times, 1);
    return new JudgeMetric<>(asking, name, times, first, needsLabel);
  }

  /**
   * A copy whose scores have a feedback in words, for people and for optimizers that read it; of
   * several verdicts, that of the first one that says what most say. Default: none.
   */
  public JudgeMetric<I, O, V> feedback(Function<? super V, String> text) {
    Asking<I, O, V> said = new Asking<>(asking.judge(), asking.question(), asking.score(), text);
    return new JudgeMetric<>(said, name, verdicts, firstRolloutId, needsLabel);
  }

  /** A copy whose question reads the label, so that examples without any are refused at once. */
  public JudgeMetric<I, O, V> readingLabel() {
    return new JudgeMetric<>(asking, name, verdicts, firstRolloutId, true);
  }

  /** A copy of another name, with which its feedback begins; default "judge". */
  @Override
  public JudgeMetric<I, O, V> named(String value) {
    return new JudgeMetric<>(asking, value, verdicts, firstRolloutId, needsLabel);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean needsLabel() {
    return needsLabel;
  }

  /**
   * Asks the judge.
   *
   * @throws InvalidInputException if the judge returned null, or a verdict counts no finite number
   * @throws dev.hone.HoneException what the judge throws, as it is
   */
  @Override
  public Score score(Example<I, O> example, O output, RunTrace run) {
    Supplier<V> judge = asking.question().apply(example, output);
    Context context = Context.current().forJudges();
    List<V> all = context.call(() -> verdicts(context, judge));
    double[] scores = all.stream().mapToDouble(asking.score()).toArray();
    Score score = Score.ofVerdicts(scores);
    double most = JudgeSpread.mostFrequent(scores);
    int said = 0;
    while (scores[said] != most) {
      said++;
    }
    return score.withFeedback(begun(asking.feedback().apply(all.get(said))));
  }

  /** The feedback, begun with the name that was given. */
  private String begun(@Nullable String text) {
    if (text == null) {
      throw InvalidInputException.of(
          "The feedback of the metric \"%s\" is null, expected a text".formatted(name),
          "return an empty text where there is nothing to say");
    }
    return text.isEmpty() || name.equals(UNNAMED) ? text : name + ": " + text;
  }

  private List<V> verdicts(Context context, Supplier<V> judge) {
    if (firstRolloutId == 0) {
      return List.of(given(judge.get()));
    }
    List<Long> rolloutIds =
        LongStream.range(firstRolloutId, firstRolloutId + verdicts).boxed().toList();
    return context.workers().map(rolloutIds, id -> drawn(context, id, judge));
  }

  private V drawn(Context context, long rolloutId, Supplier<V> judge) {
    LmOptions draw = LmOptions.defaults().withRolloutId(rolloutId);
    return given(context.withDraw(draw).call(judge::get));
  }

  private static <V> V given(@Nullable V verdict) {
    if (verdict == null) {
      throw InvalidInputException.of(
          "The judge returned null, expected a verdict", "a branch of it lacks its value");
    }
    return verdict;
  }

  /** One line, such as {@code JudgeMetric[judge, 5 verdicts, Predict[question -> verdict]]}. */
  @Override
  public String toString() {
    return "JudgeMetric[%s, %d verdicts, %s]".formatted(name, verdicts, asking.judge());
  }
}
