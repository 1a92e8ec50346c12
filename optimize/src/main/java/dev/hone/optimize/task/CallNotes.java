package dev.hone.optimize.task;

import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.ExampleResult;
import java.util.List;

/**
 * What the runs of an optimizer show of prompts and replies: prompts that a server seems to have
 * cut, replies that were cut off, held only thoughts or needed repairs. A candidate that lost by
 * that did not lose by its instructions or demos.
 */
public final class CallNotes {
  private CallNotes() {}

  /** The notes on all results of a run together, in any order. */
  public static <I, O> List<String> of(List<ExampleResult<I, O>> results) {
    return Evaluation.of(results, 0).callNotes().stream()
        .map(note -> "Over all evaluations: " + note)
        .toList();
  }
}
