package dev.hone.program;

import dev.hone.adapter.Adapter;
import dev.hone.adapter.ReplyFormatException;
import dev.hone.coerce.TypeMismatchException;
import dev.hone.context.Context;
import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.prompt.Demo;
import dev.hone.prompt.Prompt;
import dev.hone.text.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One call of a predictor under the current context: the ladder from request to output.
 *
 * @param <O> what the predictor returns
 */
final class PredictCall<O> {
  private static final int QUOTED_HEAD = 6_000;
  private static final int QUOTED_TAIL = 2_000;
  private static final String EMPTY_REPLY = "(no text)";

  private final Predict<?, O> predict;
  private final String name;
  private final PredictorState state;
  private final @Nullable ProgramRun frame;
  private final List<Attempt> attempts = new ArrayList<>();

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
    List<Demo> shown = state.selection().shown(state.demos(), input, context::embedder);
    Prompt prompt =
        Prompt.of(predict.signature(), state.instructions(), shown, input)
            .withTools(state.described(predict.tools()));
    return CallGuidance.of(context).guide(name, prompt);
  }

  private static LmRequest render(Context context, Adapter adapter, Prompt prompt) {
    return adapter.render(prompt, context.options(), context.lm().capabilities());
  }

  /** The request to a model that calls no tools by parts. */
  private static LmRequest inWords(Context context, Adapter adapter, Prompt prompt) {
    return adapter.render(
        prompt,
        context.options(),
        context.lm().capabilities().toBuilder().toolCalls(false).build());
  }

  /** Runs the predictor under the current context, as one step. */
  O run(ObjectNode input) {
    Context context = predict.bind(Context.current());
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
    TraceStep trace = TraceStep.of(name, input, reading.fields(), attempts).of(predict);
    if (frame != null) {
      frame.add(trace);
    }
    return new Step<>(trace, reading.output());
  }

  /** The ladder: the adapter, one repair turn, the JSON adapter with tools in words. */
  private Reading<O> climb(Context context, ObjectNode input) {
    Adapter adapter = context.adapter();
    Prompt prompt = prompt(context, input);
    LmRequest request = render(context, adapter, prompt);
    try {
      return ask(context, adapter, prompt, request);
    } catch (ReplyFormatException first) {
      try {
        return ask(context, adapter, prompt, repair(adapter, prompt, request, first));
      } catch (ReplyFormatException second) {
        return lastRung(context, prompt, request, second);
      } catch (LmException.ContextWindowExceeded | LmException.InvalidRequest noRoomForRepair) {
        return lastRung(context, prompt, request, first);
      }
    }
  }

  private Reading<O> lastRung(
      Context context, Prompt prompt, LmRequest asked, ReplyFormatException before) {
    ReplyFormatException last = before;
    if (context.adapter() != Adapter.json() || !asked.tools().isEmpty()) {
      try {
        return ask(context, Adapter.json(), prompt, inWords(context, Adapter.json(), prompt));
      } catch (ReplyFormatException e) {
        last = e;
      } catch (LmException.InvalidRequest e) {
        // A model that does not take this rung has answered on the others all the same.
        before.addSuppressed(e);
      }
    }
    throw new UnparsableReplyException(
        name.isEmpty() ? predict.signature().toString() : name, attempts, last);
  }

  private LmRequest repair(
      Adapter adapter, Prompt prompt, LmRequest request, ReplyFormatException error) {
    List<LmMessage> messages = new ArrayList<>(request.messages());
    String reply = quoted(attempts.get(attempts.size() - 1).reply());
    boolean empty = reply.isBlank() && !request.tools().isEmpty();
    messages.add(LmMessage.assistant(empty ? EMPTY_REPLY : reply));
    messages.add(adapter.repairTurn(rendered(prompt, request), error));
    return request.withMessages(messages);
  }

  /** A prompt that says whether its tools went into the request. */
  private static Prompt rendered(Prompt prompt, LmRequest request) {
    return request.tools().isEmpty() ? prompt : prompt.withCallsByParts(true);
  }

  /** A reply as the repair turn repeats it: a long one without its middle. */
  private static String quoted(String reply) {
    int left = reply.length() - QUOTED_HEAD - QUOTED_TAIL;
    return left <= 0
        ? reply
        : String.format(
            Locale.ROOT,
            "%s\n[%,d characters are left out here]\n%s",
            Excerpt.beginning(reply, QUOTED_HEAD),
            left,
            Excerpt.end(reply, QUOTED_TAIL));
  }

  private Reading<O> ask(Context context, Adapter adapter, Prompt prompt, LmRequest request) {
    Reader reader = new Reader(adapter, rendered(prompt, request));
    long start = System.nanoTime();
    LmResponse response = context.callModel(request, reader::isAnswer);
    String problem = null;
    try {
      return reader.read(response);
    } catch (ReplyFormatException e) {
      problem = e.getMessage();
      throw e;
    } finally {
      attempts.add(Attempt.of(adapter.id(), response, problem, start));
    }
  }

  /** Reads the replies to a request, each once: the cache asks whether it can be read, too. */
  private final class Reader {
    private final Adapter adapter;
    private final Prompt prompt;
    private @Nullable LmResponse last;
    private @Nullable Reading<O> reading;
    private @Nullable RuntimeException problem;

    Reader(Adapter adapter, Prompt prompt) {
      this.adapter = adapter;
      this.prompt = prompt;
    }

    boolean isAnswer(LmResponse reply) {
      last = reply;
      problem = null;
      try {
        reading = PredictCall.this.read(adapter.parse(prompt, reply));
      } catch (RuntimeException e) {
        problem = e;
      }
      return problem == null;
    }

    /** What came of a reply, which a cache may have marked since it was read. */
    Reading<O> read(LmResponse reply) {
      if (last == null
          || last.stopReason() != reply.stopReason()
          || !last.parts().equals(reply.parts())) {
        isAnswer(reply);
      }
      if (problem != null) {
        throw problem;
      }
      return Objects.requireNonNull(reading);
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
