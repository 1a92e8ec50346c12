package dev.hone.program;

import dev.hone.adapter.Adapter;
import dev.hone.adapter.ReplyFormatException;
import dev.hone.context.Context;
import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** One call of a predictor under the current context: the ladder from request to read fields. */
public final class PredictCall {
  private final Predict<?, ?> predict;
  private final String name;
  private final PredictorState state;
  private final @Nullable ProgramRun frame;
  private final List<Attempt> attempts = new ArrayList<>();

  private PredictCall(
      Predict<?, ?> predict, String name, PredictorState state, @Nullable ProgramRun frame) {
    this.predict = predict;
    this.name = name;
    this.state = state;
    this.frame = frame;
  }

  /** Finds the state that the predictor has in the run that is under way. */
  static PredictCall of(Predict<?, ?> predict) {
    Optional<ProgramRun> frame = Context.current().value(ProgramRun.KEY);
    Optional<String> name = frame.flatMap(f -> f.predictors().nameOf(predict));
    PredictorState state = name.isPresent() ? frame.get().state().of(name.get()) : predict.state();
    return new PredictCall(predict, name.orElse(""), state, frame.orElse(null));
  }

  /** A call outside of any run. */
  static PredictCall under(Predict<?, ?> predict, String name, PredictorState state) {
    return new PredictCall(predict, name, state, null);
  }

  /** The request that {@link #run} would send first under a context. */
  LmRequest render(Context context, ObjectNode input) {
    Context own = predict.bind(context);
    return render(own, own.adapter(), input, NearestDemos.shown(state, input, own));
  }

  private LmRequest render(
      Context context, Adapter adapter, ObjectNode input, PredictorState shown) {
    return adapter.render(
        predict.prompt(shown, input), context.options(), context.lm().capabilities());
  }

  /** Runs the predictor under the current context, as one step. */
  ObjectNode run(ObjectNode input) {
    Context context = predict.bind(Context.current());
    return context.isObserved()
        ? watched(context.within(context.span().child()), input)
        : step(context, input).outputs();
  }

  private ObjectNode watched(Context context, ObjectNode input) {
    context.emit(new ProgramEvent.PredictorStarted(context.span().stamp(), name, input));
    TraceStep step;
    try {
      step = step(context, input);
    } catch (Throwable e) {
      context.emit(new ProgramEvent.PredictorFailed(context.span().stamp(), name, attempts, e));
      throw e;
    }
    context.emit(new ProgramEvent.PredictorAnswered(context.span().stamp(), name, step));
    return step.outputs();
  }

  private TraceStep step(Context context, ObjectNode input) {
    TraceStep step = TraceStep.of(name, input, climb(context, input), attempts).of(predict);
    if (frame != null) {
      frame.add(step);
    }
    return step;
  }

  /** The ladder: the adapter, one repair turn, the JSON adapter. */
  private ObjectNode climb(Context context, ObjectNode input) {
    Adapter adapter = context.adapter();
    PredictorState shown = NearestDemos.shown(state, input, context);
    LmRequest request = render(context, adapter, input, shown);
    try {
      return ask(context, adapter, request);
    } catch (ReplyFormatException first) {
      try {
        return ask(context, adapter, repair(adapter, request, first));
      } catch (ReplyFormatException second) {
        return lastRung(context, input, shown, second);
      } catch (LmException.ContextWindowExceeded noRoomForRepair) {
        return lastRung(context, input, shown, first);
      }
    }
  }

  private ObjectNode lastRung(
      Context context, ObjectNode input, PredictorState shown, ReplyFormatException before) {
    ReplyFormatException last = before;
    if (context.adapter() != Adapter.json()) {
      try {
        return ask(context, Adapter.json(), render(context, Adapter.json(), input, shown));
      } catch (ReplyFormatException e) {
        last = e;
      }
    }
    throw new UnparsableReplyException(
        name.isEmpty() ? predict.signature().toString() : name, attempts, last);
  }

  private LmRequest repair(Adapter adapter, LmRequest request, ReplyFormatException error) {
    List<LmMessage> messages = new ArrayList<>(request.messages());
    messages.add(LmMessage.assistant(attempts.get(attempts.size() - 1).reply()));
    messages.add(adapter.repairTurn(predict.signature(), error));
    return request.withMessages(messages);
  }

  private ObjectNode ask(Context context, Adapter adapter, LmRequest request) {
    LmResponse response = context.callModel(request);
    String problem = null;
    try {
      return adapter.parse(predict.signature(), response.text());
    } catch (ReplyFormatException e) {
      boolean cutOff = response.stopReason() == LmResponse.StopReason.LENGTH;
      problem = e.getMessage() + (cutOff ? " The reply was cut off by the limit on tokens." : "");
      throw new ReplyFormatException(e.path(), problem);
    } finally {
      attempts.add(Attempt.of(adapter.id(), response, problem));
    }
  }
}
