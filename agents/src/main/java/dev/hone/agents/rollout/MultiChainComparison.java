package dev.hone.agents.rollout;

import dev.hone.InvalidInputException;
import dev.hone.SettingCheck;
import dev.hone.program.ChainOfThought;
import dev.hone.program.Program;
import dev.hone.program.ProgramRunner;
import dev.hone.program.Reasoned;
import dev.hone.signature.Signature;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets a model think about an input several times, then compare these attempts and give an answer
 * of its own. Immutable and thread-safe.
 *
 * <p>The rollouts that give them run as those of {@link BestOfN}; one that fails is left out.
 * Attempts that there are already are compared by {@link #compare}. The comparison sees each
 * attempt with all of its output fields and its whole reasoning, within a {@link #maxCharacters
 * limit}.
 *
 * <p>Its predictors are {@code sample}, or those below it, and {@code compare.predict}. Metrics see
 * all steps; optimizers learn of the sampling from the first rollout that gave the final answer, if
 * one did. Cost: {@code m} calls and one. Source: Yoran et al., "Answering Questions by
 * Meta-Reasoning over Multiple Chains of Thought" (2023); DSPy's MultiChainComparison, which
 * compares the first lines of given attempts only.
 *
 * @param <I> what it takes
 * @param <O> what it returns
 */
public final class MultiChainComparison<I, O> implements Program<I, O> {
  private static final int MAX_CHARACTERS = 20_000;

  private final Program<I, Reasoned<O>> sample;
  private final ChainOfThought<Attempted<I, O>, O> compare;
  private final AttemptedCodec<I, O> codec;
  private final Drawing drawing;

  private MultiChainComparison(
      Program<I, Reasoned<O>> sample,
      ChainOfThought<Attempted<I, O>, O> compare,
      AttemptedCodec<I, O> codec,
      Drawing drawing) {
    this.sample = sample;
    this.compare = compare;
    this.codec = codec;
    this.drawing = drawing;
  }

  /**
   * An input with attempts at it.
   *
   * @param input the input
   * @param attempts at least one
   */
  record Attempted<I, O>(I input, List<Reasoned<O>> attempts) {}

  /**
   * A comparison.
   *
   * @param output the answer
   * @param reasoning why, as the model says
   * @param rollouts what was sampled, those that failed included; empty where attempts were given
   * @param <O> the type of the answer
   */
  public record Comparison<O>(O output, String reasoning, List<Rollout<Reasoned<O>>> rollouts) {
    /** Copies the rollouts. */
    public Comparison {
      rollouts = List.copyOf(rollouts);
    }
  }

  /**
   * Samples with a {@code ChainOfThought} of a signature, and compares.
   *
   * @param m the number of attempts to sample, 1 to 100,000
   * @throws InvalidInputException if there are none, or the signature has a field {@code attempts}
   *     or {@code reasoning}
   */
  public static <I, O> MultiChainComparison<I, O> of(Signature<I, O> signature, int m) {
    AttemptedCodec<I, O> codec = AttemptedCodec.of(signature, MAX_CHARACTERS);
    return new MultiChainComparison<>(
        ChainOfThought.of(signature).predict(),
        codec.comparing(signature),
        codec,
        Drawing.of("m", m));
  }

  /** As {@link #of(Signature, int)}, between two record classes. */
  public static <I, O> MultiChainComparison<I, O> of(
      Class<I> input, Class<O> output, String instructions, int m) {
    return of(Signature.of(input, output, instructions), m);
  }

  /** A copy whose attempts come from a program of yours, such as one that is bound to a model. */
  public MultiChainComparison<I, O> sampledBy(Program<I, Reasoned<O>> program) {
    return new MultiChainComparison<>(program, compare, codec, drawing);
  }

  /**
   * A copy with another limit on the reasoning in the prompt of the comparison; default: 20,000
   * characters for all attempts together. Longer ones lose their middle, the longest first, and say
   * so.
   */
  public MultiChainComparison<I, O> maxCharacters(int value) {
    SettingCheck.atLeast("maxCharacters", value, 1);
    AttemptedCodec<I, O> limited = codec.maxCharacters(value);
    ChainOfThought<Attempted<I, O>, O> limitedCompare =
        limited.comparing(codec.plain()).withDemos(compare.predict().state().demos());
    return new MultiChainComparison<>(sample, limitedCompare, limited, drawing);
  }

  /** A copy that samples at another temperature; see {@link BestOfN#temperature}. */
  public MultiChainComparison<I, O> temperature(@Nullable Double value) {
    return new MultiChainComparison<>(sample, compare, codec, drawing.temperature(value));
  }

  /** A copy with a limit on the rollouts under way at once; see {@link BestOfN#maxInFlight}. */
  public MultiChainComparison<I, O> maxInFlight(int value) {
    return new MultiChainComparison<>(sample, compare, codec, drawing.maxInFlight(value));
  }

  /** Samples and compares; errors as {@link #comparison}. */
  @Override
  public O run(I input) {
    return ProgramRunner.runPart(this, () -> comparison(input).output());
  }

  /**
   * Samples and compares.
   *
   * @throws RolloutsFailedException if no rollout worked
   * @throws dev.hone.HoneException if the comparison fails
   */
  public Comparison<O> comparison(I input) {
    RolloutMaker<I, Reasoned<O>> maker =
        new RolloutMaker<>(sample, input, RolloutMaker.Judge.none());
    ParallelRollouts<I, Reasoned<O>> sampling =
        new ParallelRollouts<>(maker, drawing, new ParallelRollouts.Choice<>() {});
    var spend = sampling.tracked();
    List<Rollout<Reasoned<O>>> rollouts = sampling.rollouts();
    List<Reasoned<O>> worked =
        rollouts.stream().flatMap(rollout -> rollout.output().stream()).toList();
    Rollout<Reasoned<O>> agreeing = null;
    try {
      if (worked.isEmpty()) {
        new Rollouts<>(rollouts, -1, sampling.end(), drawing.n(), spend).output();
      }
      Reasoned<O> answer = compare.think(new Attempted<>(input, worked));
      agreeing = agreeing(rollouts, answer.output()).orElse(null);
      return new Comparison<>(answer.output(), answer.reasoning(), rollouts);
    } finally {
      maker.end(rollouts, agreeing);
    }
  }

  private static <O> Optional<Rollout<Reasoned<O>>> agreeing(
      List<Rollout<Reasoned<O>>> rollouts, O answer) {
    return rollouts.stream()
        .filter(
            rollout -> rollout.output().filter(o -> Objects.equals(o.output(), answer)).isPresent())
        .findFirst();
  }

  /**
   * Compares attempts that there are, of any number from 1.
   *
   * @throws InvalidInputException if there are none
   * @throws dev.hone.HoneException if the comparison fails
   */
  public Comparison<O> compare(I input, List<Reasoned<O>> attempts) {
    if (attempts.isEmpty()) {
      throw InvalidInputException.of("There are no attempts to compare", "give it one or more");
    }
    Reasoned<O> answer = compare.think(new Attempted<>(input, List.copyOf(attempts)));
    return new Comparison<>(answer.output(), answer.reasoning(), List.of());
  }

  /** One line, such as {@code MultiChainComparison[3 of Predict[question -> answer]]}. */
  @Override
  public String toString() {
    return "MultiChainComparison[" + drawing.n() + " of " + sample + "]";
  }
}
