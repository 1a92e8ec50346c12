package dev.hone.batch;

import dev.hone.InvalidInputException;
import dev.hone.context.Spend;
import dev.hone.data.Example;
import dev.hone.data.RowStream.Row;
import dev.hone.lm.LmException;
import dev.hone.program.Program;
import dev.hone.row.RowRun;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** Runs a program on single rows, each to its end. Thread-safe. */
final class RowRunner<I, O> {
  private final RowRun<I, O> program;

  RowRunner(Program<I, O> program) {
    this.program = new RowRun<>(program);
  }

  /** Tells the program's state from others. */
  String fingerprint() {
    return program.fingerprint();
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
    RowRun.Ended<O> ended = program.run(example.input());
    RuntimeException failure = ended.failure();
    O output = ended.output();
    if (failure == null && output != null) {
      return answered(row, example, output, ended.spend());
    }
    RuntimeException known = Objects.requireNonNull(failure);
    return ended.refused()
        ? new BatchRow.Refused<>(row, example, known, ended.spend())
        : new BatchRow.Failed<>(row, known, ended.spend());
  }

  private static <I, O> BatchRow<I, O> answered(
      Row<I, O> row, Example<I, O> example, O output, Spend spend) {
    try {
      Example<I, O> answered = Example.of(example.input(), output);
      for (Map.Entry<String, JsonNode> extra : example.extras().entrySet()) {
        answered = answered.withExtra(extra.getKey(), extra.getValue());
      }
      return new BatchRow.Answered<>(row, example, answered, spend);
    } catch (InvalidInputException e) {
      return new BatchRow.Failed<>(row, e, spend);
    }
  }
}
