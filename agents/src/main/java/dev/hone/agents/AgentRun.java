package dev.hone.agents;

import dev.hone.agents.AgentResult.Answered;
import dev.hone.agents.AgentResult.ForcedAnswer;
import dev.hone.agents.AgentResult.GaveUp;
import dev.hone.agents.StepSignature.StepInput;
import dev.hone.agents.StepSignature.StepOutput;
import dev.hone.context.Context;
import dev.hone.context.Spend;
import dev.hone.context.Usage;
import dev.hone.lm.LmException;
import dev.hone.lm.MessagePart.ToolCall;
import dev.hone.lm.MessagePart.ToolResult;
import dev.hone.program.CallGuidance;
import dev.hone.program.Predict;
import dev.hone.program.UnparsableReplyException;
import dev.hone.prompt.Trajectory.Turn;
import dev.hone.tool.ToolRun;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One run of an agent: asks for turns until there is an answer, a limit is reached, or nothing else
 * can be done than to ask for the answer. Used once, on one thread.
 *
 * @param <O> what the agent returns
 */
final class AgentRun<O> {
  private static final String NO_CALL_ADVICE =
      "Your last reply called no tool. Call one, or call submit with the answer.";

  private final Predict<StepInput, StepOutput> step;
  private final AgentParts<?, O> agent;
  private final ObjectNode inputs;
  private final ToolRun tools;
  private final ShownTurns turns = new ShownTurns();
  private final TurnCalls calls = new TurnCalls();
  private Spend spend = Spend.NONE;
  private int asked;
  private boolean silent;

  AgentRun(Predict<StepInput, StepOutput> step, AgentParts<?, O> agent, ObjectNode inputs) {
    this.step = step;
    this.agent = agent;
    this.inputs = inputs;
    this.tools = agent.runner().start(List.of(SubmitTool.NAME));
  }

  /** Runs it under the current context. */
  AgentResult<O> run() {
    Context context = Context.current();
    return context.isObserved()
        ? context.within(context.span().child()).call(this::watched)
        : attached();
  }

  private AgentResult<O> watched() {
    emit(new AgentEvent.AgentStarted(Context.current().span().stamp(), agent.name(), inputs));
    AgentResult<O> result;
    try {
      result = attached();
    } catch (Throwable e) {
      emit(new AgentEvent.AgentFailed(Context.current().span().stamp(), agent.name(), work(), e));
      throw e;
    }
    emit(new AgentEvent.AgentEnded(Context.current().span().stamp(), agent.name(), result));
    return result;
  }

  private static void emit(AgentEvent event) {
    Context.current().emit(event);
  }

  /** What ends the run from outside, and is nobody else's, tells of the work so far. */
  private AgentResult<O> attached() {
    try {
      return loop();
    } catch (LmException.BudgetExhausted | LmException.Interrupted | LmException.Vetoed e) {
      e.addSuppressed(new UnfinishedAgentException(work()));
      throw e;
    }
  }

  private AgentResult<O> loop() {
    Optional<AgentResult<O>> end = Optional.empty();
    while (end.isEmpty()) {
      if (Thread.currentThread().isInterrupted()) {
        throw new LmException.Interrupted("Interrupted between two turns of an agent", null);
      }
      Optional<StopCause> limit = agent.limits().reached(asked, spend.usage().totalTokens());
      end = limit.isPresent() ? Optional.of(forced(limit.get())) : turn();
    }
    return end.get();
  }

  /** One turn of the model's own; the end, if it is one. */
  private Optional<AgentResult<O>> turn() {
    StepOutput output;
    try {
      output = ask(advised());
    } catch (UnparsableReplyException e) {
      return Optional.of(forced(StopCause.UNREADABLE_REPLY));
    } catch (LmException.ContextWindowExceeded e) {
      return turns.makeRoom() ? Optional.empty() : Optional.of(forced(StopCause.CONTEXT_WINDOW));
    }
    return output.calls().isEmpty() ? withoutCall(output) : withCalls(output);
  }

  private Context advised() {
    Context context = Context.current();
    return silent ? CallGuidance.adviseAlso(context, NO_CALL_ADVICE) : context;
  }

  private Optional<AgentResult<O>> withoutCall(StepOutput output) {
    add(new Turn(output.thought(), List.of(), List.of()));
    boolean again = silent;
    silent = true;
    return again ? Optional.of(forced(StopCause.NO_CALL)) : Optional.empty();
  }

  private Optional<AgentResult<O>> withCalls(StepOutput output) {
    silent = false;
    List<ToolCall> made = calls.identified(output.calls());
    TurnResults<O> came =
        metered(
            () ->
                TurnResults.of(
                    made, agent.submit(), tools, agent.limits().calls() - tools.calls()));
    add(new Turn(output.thought(), made, came.results(), output.thinking()));
    if (came.answer().isPresent()) {
      return Optional.of(new Answered<>(came.answer().get(), work()));
    }
    boolean stuck = calls.isStuck(made, came.results());
    if (came.tooMany()) {
      return Optional.of(forced(StopCause.CALLS));
    }
    return stuck ? Optional.of(forced(StopCause.REPEATED_FAILURE)) : Optional.empty();
  }

  /** Asks for the answer, with no other tool. */
  private AgentResult<O> forced(StopCause cause) {
    Context context =
        CallGuidance.requireTool(
            CallGuidance.adviseAlso(
                Context.current(),
                "There are no more turns. Call submit now, with the best answer you have."),
            SubmitTool.NAME);
    StepOutput output = null;
    while (output == null) {
      try {
        output = ask(context);
      } catch (UnparsableReplyException e) {
        return gaveUp(cause, String.valueOf(e.getMessage()));
      } catch (LmException.ContextWindowExceeded e) {
        if (!turns.makeRoom()) {
          return gaveUp(cause, "that did not fit into the model's window either.");
        }
      }
    }
    return forced(cause, output);
  }

  private AgentResult<O> forced(StopCause cause, StepOutput output) {
    List<ToolCall> made = calls.identified(output.calls());
    TurnResults<O> came = TurnResults.ofForced(made, agent.submit());
    add(new Turn(output.thought(), made, came.results(), output.thinking()));
    if (came.answer().isPresent()) {
      return new ForcedAnswer<>(came.answer().get(), cause, work());
    }
    return gaveUp(
        cause,
        made.isEmpty()
            ? "it called no tool."
            : came.results().stream()
                .map(ToolResult::text)
                .distinct()
                .collect(Collectors.joining(" ", "its call was refused: ", "")));
  }

  private AgentResult<O> gaveUp(StopCause cause, String message) {
    return new GaveUp<>(cause, message, work());
  }

  private StepOutput ask(Context context) {
    StepInput input = new StepInput(inputs, turns.shown());
    try {
      StepOutput output = metered(() -> context.call(() -> step.run(input)));
      asked++;
      return output;
    } catch (UnparsableReplyException e) {
      asked++;
      throw e;
    }
  }

  /** A turn without a word is none that could be shown. */
  private void add(Turn turn) {
    if (!turn.calls().isEmpty() || !turn.thought().isBlank()) {
      turns.add(turn);
    }
    Context context = Context.current();
    if (context.isObserved()) {
      emit(new AgentEvent.TurnEnded(context.span().stamp(), agent.name(), asked, turn));
    }
  }

  private AgentWork work() {
    AgentWork.Figures figures =
        new AgentWork.Figures(asked, tools.calls(), turns.shown().leftOut());
    return new AgentWork(inputs, turns.all(), figures, spend);
  }

  private record Ended<R>(@Nullable R value, @Nullable RuntimeException failure) {
    static <R> Ended<R> of(Supplier<R> code) {
      try {
        return new Ended<>(code.get(), null);
      } catch (RuntimeException e) {
        return new Ended<>(null, e);
      }
    }
  }

  /** Runs code, and counts what it spent even if it fails. */
  private <R> R metered(Supplier<R> code) {
    Usage.Tracked<Ended<R>> tracked = Usage.track(() -> Ended.of(code));
    spend = spend.plus(tracked.spend());
    Ended<R> ended = tracked.value();
    RuntimeException failure = ended.failure();
    if (failure != null) {
      throw failure;
    }
    return Objects.requireNonNull(ended.value());
  }
}
