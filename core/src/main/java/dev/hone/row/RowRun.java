package dev.hone.row;

import dev.hone.InvalidInputException;
import dev.hone.context.CallListener;
import dev.hone.context.Context;
import dev.hone.context.LmEvent;
import dev.hone.context.Spend;
import dev.hone.context.Usage;
import dev.hone.lm.LmException;
import dev.hone.lm.LmResponse;
import dev.hone.observe.Event;
import dev.hone.program.Program;
import dev.hone.program.ProgramRunner;
import dev.hone.program.ProgramRunner.Execution;
import dev.hone.program.ProgramState;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs a program on single inputs, each to its end, under the state it was made with. */
public final class RowRun<I, O> {
  private final ProgramRunner<I, O> runner;
  private final ProgramState state;

  /** Runs of a program. Thread-safe. */
  public RowRun(Program<I, O> program) {
    this.runner = new ProgramRunner<>(program);
    this.state = runner.predictors().initialState();
  }

  /** Tells the program's state from others. */
  public String fingerprint() {
    return state.fingerprint();
  }

  /**
   * What became of an input: an output or a failure.
   *
   * @param output what the program returned; null if it failed
   * @param failure what was thrown; null if there is an output
   * @param refused whether the provider refused the content or cut the reply
   * @param spend what it cost
   */
  public record Ended<O>(
      @Nullable O output, @Nullable RuntimeException failure, boolean refused, Spend spend) {}

  /**
   * Runs the program on an input in the current context.
   *
   * @throws LmException if the credential is refused, the budget is spent or the thread interrupted
   */
  public Ended<O> run(I input) {
    Usage.Tracked<Ended<O>> tracked = Usage.track(() -> runUncounted(input));
    Ended<O> ended = tracked.value();
    return new Ended<>(ended.output(), ended.failure(), ended.refused(), tracked.spend());
  }

  /**
   * As {@link #run}, for callers that count what it costs: the spend is none.
   *
   * @throws LmException as {@link #run}
   */
  public Ended<O> runUncounted(I input) {
    FilterWatch filter = new FilterWatch();
    Execution<O> execution =
        Context.current().withListener(filter).call(() -> runner.trace(state, input));
    RuntimeException failure = execution.failure();
    if (failure == null) {
      return returned(execution.output());
    }
    Throwable cause = RowFailure.decisive(failure);
    RowFailure.requireGoingOnAfterProgram(cause);
    boolean refused = filter.filtered || cause instanceof LmException.ContentRefused;
    return new Ended<>(null, failure, refused, Spend.NONE);
  }

  private static <O> Ended<O> returned(@Nullable O output) {
    InvalidInputException missing =
        output != null
            ? null
            : InvalidInputException.of(
                "The program returned null", "a branch of it lacks its value; throw what is wrong");
    return new Ended<>(output, missing, false, Spend.NONE);
  }

  /** Whether the provider's filter has cut a reply. */
  private static final class FilterWatch implements CallListener {
    private volatile boolean filtered;

    @Override
    public void onEvent(Event event, Map<String, String> metadata) {
      if (event instanceof LmEvent.CallAnswered answered
          && answered.response().stopReason() == LmResponse.StopReason.CONTENT_FILTER) {
        filtered = true;
      }
    }
  }
}
