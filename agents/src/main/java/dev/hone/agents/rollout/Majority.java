package dev.hone.agents.rollout;

import dev.hone.context.Spend;
import dev.hone.program.Program;
import dev.hone.program.ProgramRunner;
import dev.hone.stats.Votes;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs a program several times on an input, and returns the output that most rollouts agree with:
 * each votes for a value that is chosen from its output, by equality; ties go to the value that
 * came first. The output is that of the first rollout that voted for the winner. Immutable and
 * thread-safe.
 *
 * <p>Rollouts are drawn and run as those of {@link BestOfN}; those that no longer can change the
 * winner are not made, or cancelled, which changes nothing but the cost. A rollout that fails has
 * no vote. Its predictors are below the name {@code program}; optimizers learn from the rollout
 * whose output is returned. Cost: that of {@code n} runs at most.
 *
 * <p>For a vote of several programs, see {@code Ensemble.majority()} in {@code
 * dev.hone.optimize.ensemble}; both count with {@link Votes}. Source: Wang et al.,
 * "Self-Consistency Improves Chain of Thought Reasoning in Language Models" (2022); DSPy's
 * majority, which votes on completions that are there already.
 *
 * @param <I> what it takes
 * @param <O> what it returns
 */
public final class Majority<I, O> implements Program<I, O> {
  private final Program<I, O> program;
  private final RolloutMaker.Judge<I, O> vote;
  private final Drawing drawing;

  private Majority(Program<I, O> program, RolloutMaker.Judge<I, O> vote, Drawing drawing) {
    this.program = program;
    this.vote = vote;
    this.drawing = drawing;
  }

  /**
   * The majority of some rollouts.
   *
   * @param n the most rollouts, 1 to 100,000
   * @param vote the value that an output votes for, such as {@code Answer::label}, never null;
   *     values are compared by {@code equals}
   * @throws dev.hone.InvalidInputException if there are none
   */
  public static <I, O> Majority<I, O> of(
      Program<I, O> program, int n, Function<? super O, ?> vote) {
    return new Majority<>(
        program,
        (input, output, run) -> Objects.requireNonNull(vote.apply(output), "The vote is null"),
        Drawing.of("n", n));
  }

  /** The majority of some rollouts, each of which votes for its whole output. */
  public static <I, O> Majority<I, O> of(Program<I, O> program, int n) {
    return of(program, n, output -> output);
  }

  /** A copy that samples at another temperature; see {@link BestOfN#temperature}. */
  public Majority<I, O> temperature(@Nullable Double value) {
    return new Majority<>(program, vote, drawing.temperature(value));
  }

  /** A copy with a limit on the rollouts under way at once; see {@link BestOfN#maxInFlight}. */
  public Majority<I, O> maxInFlight(int value) {
    return new Majority<>(program, vote, drawing.maxInFlight(value));
  }

  /** The output that most agree with; errors as {@link BestOfN#run}. */
  @Override
  public O run(I input) {
    return ProgramRunner.runPart(this, () -> rollouts(input).output());
  }

  /** All rollouts that were needed, in order; errors as {@link BestOfN#rollouts}. */
  public Rollouts<O> rollouts(I input) {
    RolloutMaker<I, O> maker = new RolloutMaker<>(program, input, vote);
    ParallelRollouts<I, O> rollouts = new ParallelRollouts<>(maker, drawing, new ByVotes<>());
    Spend spend = rollouts.tracked();
    List<Rollout<O>> made = rollouts.rollouts();
    Optional<Rollout<O>> winner = winner(made);
    maker.end(made, winner.orElse(null));
    return new Rollouts<>(
        made, winner.map(made::indexOf).orElse(-1), rollouts.end(), drawing.n(), spend);
  }

  private static <O> Optional<Rollout<O>> winner(List<Rollout<O>> rollouts) {
    return votes(rollouts)
        .winner()
        .flatMap(
            value ->
                rollouts.stream()
                    .filter(rollout -> rollout.vote().equals(Optional.of(value)))
                    .findFirst());
  }

  private static <O> Votes<Object> votes(List<Rollout<O>> rollouts) {
    Votes<Object> votes = new Votes<>();
    rollouts.forEach(rollout -> rollout.vote().ifPresent(votes::add));
    return votes;
  }

  private static final class ByVotes<O> implements ParallelRollouts.Choice<O> {
    private final Votes<Object> votes = new Votes<>();

    @Override
    public boolean isDecidedWith(Rollout<O> next, int left) {
      next.vote().ifPresent(votes::add);
      return left > 0 && votes.isDecided(left);
    }
  }

  /** One line, such as {@code Majority[5 of Predict[text -> label]]}. */
  @Override
  public String toString() {
    return "Majority[" + drawing.n() + " of " + program + "]";
  }
}
