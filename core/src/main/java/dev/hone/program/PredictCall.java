package dev.hone.program;

import dev.hone.adapter.Adapter;
import dev.hone.adapter.Adapter.SecondCall;
import dev.hone.adapter.ReplyFormatException;
import dev.hone.adapter.partial.FieldStream;
import dev.hone.adapter.partial.ReplyReader;
import dev.hone.adapter.tool.ToolRefusals;
import dev.hone.coerce.TypeMismatchException;
import dev.hone.context.Context;
import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.bridge.Causes;
import dev.hone.prompt.Demo;
import dev.hone.prompt.Prompt;
import dev.hone.prompt.Trajectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One call of a predictor under the current context: the ladder from request to output.
 *
 * @param <O> what the predictor returns
 */
final class PredictCall<O> {
  private static final String EMPTY_REPLY = "(no text)";

  private final Predict<?, O> predict;
  private final String name;
  private final PredictorState state;
  private final @Nullable ProgramRun frame;
  private final List<Attempt> attempts = new ArrayList<>();
  private FieldStream stream = FieldStream.none();

  private PredictCall(
      Predict<?, O> predict, String name, PredictorState state, @Nullable ProgramRun frame) {
    this.predict = predict;
    this.name = name;
    this.state = state;
    this.frame = frame;
  }

  /** The fields of a reply, and the output that they make: constructed once. */
  private record Reading<O>(ObjectNode fields, O output) {}

  private record Step<O>(TraceStep trace, O output) {}

  /** Finds the state that the predictor has in the run that is under way. */
  static <O> PredictCall<O> of(Predict<?, O> predict) {
    Optional<ProgramRun> frame = Context.current().value(ProgramRun.KEY);
    Optional<String> name = frame.flatMap(f -> f.predictors().nameOf(predict));
    PredictorState state = name.isPresent() ? frame.get().state().of(name.get()) : predict.state();
    return new PredictCall<>(predict, name.orElse(""), state, frame.orElse(null));
  }

  /** A call outside of any run. */
  static <O> PredictCall<O> under(Predict<?, O> predict, String name, PredictorState state) {
    return new PredictCall<>(predict, name, state, null);
  }

  /** The request that {@link #run} would send first under a context. */
  LmRequest render(Context context, ObjectNode input) {
    Context own = predict.bind(context);
    return render(own, own.adapter(), prompt(own, input));
  }

  private Prompt prompt(Context context, ObjectNode input) {
    ObjectNode asked = Trajectory.withoutTurns(predict.signature().inputFields(), input);
    List<Demo> shown = state.selection().shown(state.demos(), asked, context::embedder);
    Prompt prompt =
        Prompt.of(predict.signature(), state.instructions(), shown, input)
            .withTools(state.described(predict.tools()));
    return CallGuidance.of(context).guide(name, prompt);
  }

  private static LmRequest render(Context context, Adapter adapter, Prompt prompt) {
    return adapter.render(prompt, context.options(), ToolRefusals.capabilities(context.lm()));
  }

  /** Runs the predictor under the current context, as one step. */
  O run(ObjectNode input) {
    Context context = predict.bind(Context.current());
    stream = FieldStream.of(context, name, predict.signature());
    return context.isObserved()
        ? watched(context.within(context.span().child()), input)
        : step(context, input).output();
  }

  private O watched(Context context, ObjectNode input) {
    context.emit(new ProgramEvent.PredictorStarted(context.span().stamp(), name, input));
    Step<O> step;
    try {
      step = step(context, input);
    } catch (Throwable e) {
      context.emit(new ProgramEvent.PredictorFailed(context.span().stamp(), name, attempts, e));
      throw e;
    }
    context.emit(new ProgramEvent.PredictorAnswered(context.span().stamp(), name, step.trace()));
    return step.output();
  }

  private Step<O> step(Context context, ObjectNode input) {
    Reading<O> reading = climb(context, input);
    stream.finish(reading.fields());
    TraceStep trace = TraceStep.of(name, input, reading.fields(), attempts).of(predict);
    if (frame != null) {
      frame.add(trace);
    }
    return new Step<>(trace, reading.output());
  }

  /** What is asked of which model, and how a reply to it is read. */
  private record Question<T>(
      Context context, Adapter adapter, Prompt prompt, BiFunction<Prompt, LmResponse, T> reading) {
    LmRequest request() {
      return render(context, adapter, prompt);
    }

    /** The request to a model that calls no tools by parts. */
    LmRequest inWords() {
      return adapter.render(prompt, context.options(), ToolRefusals.inWords(context.lm()));
    }

    /** The prompt, which says whether its tools went into a request. */
    Prompt rendered(LmRequest request) {
      return request.tools().isEmpty() || prompt.tools().isEmpty()
          ? prompt
          : prompt.withCallsByParts(true);
    }
  }

  /** The ladder: the adapter, one repair turn, the JSON adapter with tools in words. */
  private Reading<O> climb(Context context, ObjectNode input) {
    Question<Supplier<Reading<O>>> question =
        question(context, context.adapter(), prompt(context, input));
    LmRequest request = question.request();
    try {
      return climb(question, request);
    } catch (LmException refusal) {
      if (request.tools().isEmpty() || !attempts.isEmpty() || !ToolRefusals.mayBe(refusal)) {
        throw refusal;
      }
      return climbInWords(question, refusal);
    }
  }

  /** The ladder once more without tools in the request, which may be what the model refused. */
  private Reading<O> climbInWords(Question<Supplier<Reading<O>>> question, LmException refusal) {
    try {
      Reading<O> reading = climb(question, question.inWords());
      ToolRefusals.remember(question.context().lm(), refusal);
      return reading;
    } catch (UnparsableReplyException e) {
      ToolRefusals.remember(question.context().lm(), refusal);
      throw e;
    } catch (LmException e) {
      Causes.suppress(e, refusal);
      throw e;
    }
  }

  private Reading<O> climb(Question<Supplier<Reading<O>>> question, LmRequest request) {
    try {
      return twice(question, request, Supplier::get);
    } catch (ReplyFormatException e) {
      return lastRung(question, request, e);
    }
  }

  /** The outputs of a prompt, which an adapter may take a second call to read. */
  private Question<Supplier<Reading<O>>> question(Context context, Adapter adapter, Prompt prompt) {
    return new Question<>(
        context,
        adapter,
        prompt,
        (asked, reply) -> {
          Optional<SecondCall> second = adapter.secondCall(asked, reply);
          if (second.isPresent()) {
            return () -> readBy(second.get(), context);
          }
          Reading<O> reading = read(adapter.parse(asked, reply));
          return () -> reading;
        });
  }

  /** Reads a reply by another call, for which the options of the first do not hold. */
  private Reading<O> readBy(SecondCall call, Context first) {
    Context context = first.forJudges().withModel(call.model());
    Question<ObjectNode> question =
        new Question<>(context, call.adapter(), call.prompt(), call.adapter()::parse);
    return read(call.outputs(twice(question, question.request(), read -> read)));
  }

  /** Two rungs: the request, and a repair turn if its reply, or what comes of it, does not fit. */
  private <T, R> R twice(Question<T> question, LmRequest request, Function<T, R> then) {
    try {
      return then.apply(ask(question, request));
    } catch (ReplyFormatException first) {
      try {
        return then.apply(ask(question, repair(question, request, first)));
      } catch (LmException.ContextWindowExceeded | LmException.InvalidRequest noRoomForRepair) {
        throw first;
      }
    }
  }

  private Reading<O> lastRung(Question<?> before, LmRequest asked, ReplyFormatException error) {
    ReplyFormatException last = error;
    if (before.adapter() != Adapter.json() || !asked.tools().isEmpty()) {
      Question<Supplier<Reading<O>>> question =
          question(before.context(), Adapter.json(), before.prompt());
      try {
        return ask(question, question.inWords()).get();
      } catch (ReplyFormatException e) {
        last = e;
      } catch (LmException.InvalidRequest e) {
        // A model that does not take this rung has answered on the others all the same.
        error.addSuppressed(e);
      }
    }
    throw new UnparsableReplyException(
        name.isEmpty() ? predict.signature().toString() : name, attempts, last);
  }

  private LmRequest repair(Question<?> question, LmRequest request, ReplyFormatException error) {
    Adapter adapter = question.adapter();
    String reply = Attempt.lastOf(attempts, adapter.id()).quoted();
    boolean empty = reply.isBlank() && !request.tools().isEmpty();
    List<LmMessage> messages = new ArrayList<>(request.messages());
    messages.add(LmMessage.assistant(empty ? EMPTY_REPLY : reply));
    messages.add(adapter.repairTurn(question.rendered(request), error));
    return request.withMessages(messages);
  }

  private <T> T ask(Question<T> question, LmRequest request) {
    Prompt rendered = question.rendered(request);
    ReplyReader<T> reader = new ReplyReader<>(reply -> question.reading().apply(rendered, reply));
    long start = System.nanoTime();
    Context watched = stream.watching(question.context(), question.adapter(), rendered, request);
    LmResponse response = watched.callModel(request, reader::isAnswer);
    String problem = null;
    try {
      return reader.read(response);
    } catch (ReplyFormatException e) {
      problem = e.getMessage();
      throw e;
    } finally {
      attempts.add(Attempt.of(question.adapter().id(), response, problem, start));
    }
  }

  /** Makes the output, which a record may refuse in its constructor. */
  private Reading<O> read(ObjectNode fields) {
    try {
      return new Reading<>(fields, predict.signature().output().decode(fields));
    } catch (TypeMismatchException e) {
      throw new ReplyFormatException(e.path(), String.valueOf(e.getMessage()));
    }
  }
}
