package dev.hone.batch;

import dev.hone.InvalidInputException;
import dev.hone.context.CallListener;
import dev.hone.context.Context;
import dev.hone.context.LmEvent;
import dev.hone.context.Spend;
import dev.hone.context.Usage;
import dev.hone.data.Example;
import dev.hone.data.RowStream.Row;
import dev.hone.lm.LmException;
import dev.hone.lm.LmResponse;
import dev.hone.observe.Event;
import dev.hone.program.Program;
import dev.hone.program.ProgramRunner;
import dev.hone.program.ProgramRunner.Execution;
import dev.hone.program.ProgramState;
import dev.hone.row.RowFailure;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Runs a program on single rows, each to its end. Thread-safe. */
final class RowRunner<I, O> {
  private final ProgramRunner<I, O> runner;
  private final ProgramState state;

  RowRunner(Program<I, O> program) {
    this.runner = new ProgramRunner<>(program);
    this.state = runner.predictors().initialState();
  }

  /** Tells the program's state from others. */
  String fingerprint() {
    return state.fingerprint();
  }

  /**
   * Runs the program on a row in the current context.
   *
   * @throws LmException if the credential is refused, the budget is spent or the thread interrupted
   */
  BatchRow<I, O> run(Row<I, O> row) {
    return row.example().isPresent()
        ? run(row, row.example().get())
        : new BatchRow.Failed<>(row, row.fault().orElseThrow(), Spend.NONE);
  }

  private BatchRow<I, O> run(Row<I, O> row, Example<I, O> example) {
    FilterWatch filter = new FilterWatch();
    Context context = Context.current().withListener(filter);
    Usage.Tracked<Execution<O>> tracked =
        context.call(() -> Usage.track(() -> runner.trace(state, example.input())));
    Execution<O> execution = tracked.value();
    RuntimeException failure = execution.failure();
    if (failure == null) {
      return ended(row, example, execution.output(), tracked.spend());
    }
    Throwable cause = RowFailure.decisive(failure);
    RowFailure.requireGoingOnAfterProgram(cause);
    return filter.filtered || cause instanceof LmException.ContentRefused
        ? new BatchRow.Refused<>(row, example, failure, tracked.spend())
        : new BatchRow.Failed<>(row, failure, tracked.spend());
  }

  private static <I, O> BatchRow<I, O> ended(
      Row<I, O> row, Example<I, O> example, @Nullable O output, Spend spend) {
    try {
      if (output == null) {
        throw InvalidInputException.of(
            "The program returned null", "a branch of it lacks its value; throw what is wrong");
      }
      Example<I, O> answered = Example.of(example.input(), output);
      for (Map.Entry<String, JsonNode> extra : example.extras().entrySet()) {
        answered = answered.withExtra(extra.getKey(), extra.getValue());
      }
      return new BatchRow.Answered<>(row, example, answered, spend);
    } catch (InvalidInputException e) {
      return new BatchRow.Failed<>(row, e, spend);
    }
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
