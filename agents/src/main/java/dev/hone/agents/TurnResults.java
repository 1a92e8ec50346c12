package dev.hone.agents;

import dev.hone.agents.SubmitTool.Submission;
import dev.hone.lm.MessagePart;
import dev.hone.lm.MessagePart.ToolCall;
import dev.hone.lm.MessagePart.ToolResult;
import dev.hone.tool.ToolOutcome;
import dev.hone.tool.ToolRun;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What came of the calls of one turn: a result for each, and the answer, if one was given that
 * counts.
 *
 * @param results in the order of the calls
 * @param answer the answer
 * @param tooMany whether there were more calls than the run may make
 */
record TurnResults<O>(List<ToolResult> results, Optional<O> answer, boolean tooMany) {
  private static final String TAKEN = "The answer is taken.";
  private static final String OTHER_FAILED =
      "Not taken, since a call beside it failed. Look at the results, then call submit again.";
  private static final String SEVERAL =
      "Not taken, since there are several answers in one turn. Call submit once.";
  private static final String NOT_RUN =
      "Not run: no tool calls are left. Call submit with the best answer you have.";
  private static final String ONLY_SUBMIT = "Not run: only submit may be called now.";

  /**
   * Runs the calls, the tools' before the answer is looked at: so an answer that rests on them
   * counts only if they succeeded.
   *
   * @param left how many calls may still be run
   */
  static <O> TurnResults<O> of(
      List<ToolCall> calls, SubmitTool<O> submit, ToolRun tools, int left) {
    List<ToolCall> others = calls.stream().filter(call -> !isSubmit(call)).toList();
    List<ToolCall> allowed = others.subList(0, Math.min(left, others.size()));
    List<ToolResult> done = new ArrayList<>();
    if (!allowed.isEmpty()) {
      tools.outcomes(allowed).stream().map(ToolOutcome::result).forEach(done::add);
    }
    for (ToolCall call : others.subList(allowed.size(), others.size())) {
      done.add(error(call, NOT_RUN));
    }
    return joined(calls, submit, done, others.size() > allowed.size());
  }

  /** Looks at the answer only; other calls are not run. */
  static <O> TurnResults<O> ofForced(List<ToolCall> calls, SubmitTool<O> submit) {
    List<ToolResult> none = new ArrayList<>();
    for (ToolCall call : calls) {
      if (!isSubmit(call)) {
        none.add(error(call, ONLY_SUBMIT));
      }
    }
    List<ToolCall> answers = calls.stream().filter(TurnResults::isSubmit).toList();
    TurnResults<O> read = joined(answers, submit, List.of(), false);
    return new TurnResults<>(inOrder(calls, none, read.results), read.answer, false);
  }

  private static <O> TurnResults<O> joined(
      List<ToolCall> calls, SubmitTool<O> submit, List<ToolResult> done, boolean tooMany) {
    List<ToolCall> answers = calls.stream().filter(TurnResults::isSubmit).toList();
    if (answers.isEmpty()) {
      return new TurnResults<>(List.copyOf(done), Optional.empty(), tooMany);
    }
    Submission<O> submission = submit.read(answers.get(0));
    String problem = problem(answers, submission, done);
    List<ToolResult> told = new ArrayList<>();
    for (ToolCall call : answers) {
      told.add(
          problem.isEmpty()
              ? MessagePart.toolResult(call.id(), call.name(), TAKEN, false)
              : error(call, problem));
    }
    return new TurnResults<>(
        inOrder(calls, done, told),
        problem.isEmpty() ? submission.answer() : Optional.empty(),
        tooMany);
  }

  private static String problem(
      List<ToolCall> answers, Submission<?> submission, List<ToolResult> done) {
    if (answers.stream().map(ToolCall::arguments).distinct().count() > 1) {
      return SEVERAL;
    }
    if (!submission.problem().isEmpty()) {
      return "Not taken: %s. Call submit again, with all of its arguments."
          .formatted(submission.problem().replaceFirst("\\.$", ""));
    }
    return done.stream().anyMatch(ToolResult::isError) ? OTHER_FAILED : "";
  }

  private static List<ToolResult> inOrder(
      List<ToolCall> calls, List<ToolResult> ofOthers, List<ToolResult> ofSubmit) {
    Iterator<ToolResult> others = ofOthers.iterator();
    Iterator<ToolResult> submits = ofSubmit.iterator();
    return calls.stream().map(call -> (isSubmit(call) ? submits : others).next()).toList();
  }

  private static boolean isSubmit(ToolCall call) {
    return call.name().equals(SubmitTool.NAME);
  }

  private static ToolResult error(ToolCall call, String text) {
    return MessagePart.toolResult(call.id(), call.name(), text, true);
  }
}
