package dev.hone.context;

import dev.hone.InvalidInputException;
import dev.hone.adapter.Adapter;
import dev.hone.embed.Embedder;
import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.observe.Event;
import dev.hone.observe.EventListener;
import dev.hone.observe.Span;
import dev.hone.pipeline.LmPipeline;
import dev.hone.pipeline.ModelBinding;
import dev.hone.price.PriceTable;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, with what: the model, the adapter, options, metadata, interceptors, listeners and
 * budget of a scope. Immutable and thread-safe. {@link #call} and {@link #open} bind it to a piece
 * of code; inside, {@link #current()} finds it. {@link #wrap} carries it into threads of your own.
 */
public final class Context {
  /** The metadata key that keeps cached replies apart, as do all with this word in their names. */
  public static final String TENANT = "tenant";

  private static final Defaults DEFAULTS = new Defaults(new Context(new ContextParts()));

  private final ContextParts parts;
  private final LmOptions options;

  /** A context of parts that do not change any more. */
  Context(ContextParts parts) {
    this.parts = parts;
    this.options = parts.effectiveOptions();
  }

  /** A builder that starts from the defaults of the process. */
  public static ContextBuilder builder() {
    return DEFAULTS.get().toBuilder();
  }

  /** The context bound to this thread; else the defaults of the process. */
  public static Context current() {
    Context bound = ContextScope.bound();
    return bound == null ? DEFAULTS.get() : bound;
  }

  /**
   * Sets the defaults of the process, which hold wherever no context is bound.
   *
   * @param change takes the present defaults, returns the new ones
   * @throws InvalidInputException if they would hold a credential or metadata
   */
  public static void configure(UnaryOperator<ContextBuilder> change) {
    DEFAULTS.change(change);
  }

  /** A builder that starts from this context. */
  public ContextBuilder toBuilder() {
    return new ContextBuilder(parts.copy());
  }

  /**
   * Runs code with this context bound to the thread, and returns what it returns.
   *
   * @throws X what the code throws, as it is
   */
  public <R extends @Nullable Object, X extends Exception> R call(ContextCall<R, X> code) throws X {
    ContextScope.Binding binding = ContextScope.bind(carried());
    try {
      return code.run();
    } finally {
      ContextScope.restore(binding);
    }
  }

  /**
   * Runs code with this context bound to the thread.
   *
   * @throws X what the code throws, as it is
   */
  public <X extends Exception> void run(ContextCall.Action<X> code) throws X {
    ContextScope.Binding binding = ContextScope.bind(carried());
    try {
      code.run();
    } finally {
      ContextScope.restore(binding);
    }
  }

  /**
   * Binds this context to the thread until the scope is closed, on the same thread and before any
   * scope around it: {@code try (var scope = context.open()) { … }}.
   */
  public ContextScope open() {
    return new ContextScope(carried());
  }

  /**
   * Code that binds this context wherever it runs, within what the context's listeners take along
   * from this thread, see {@link EventListener#carried}.
   */
  public Runnable wrap(Runnable code) {
    return wrapper().apply(code);
  }

  /** The same for code that returns something. */
  public <R> Callable<R> wrap(Callable<R> code) {
    return new ContextScope.Carrier(carried()).callable(code);
  }

  /** Wraps code that comes later as {@link #wrap(Runnable)} wraps code that is there now. */
  public UnaryOperator<Runnable> wrapper() {
    return new ContextScope.Carrier(carried())::runnable;
  }

  /** An executor that binds this context to all that it runs. */
  public Executor wrap(Executor executor) {
    return code -> executor.execute(wrap(code));
  }

  private Context changed(Consumer<ContextParts> change) {
    ContextParts copy = parts.copy();
    change.accept(copy);
    return new Context(copy);
  }

  /** This context, with those that follow and record the work that binds it. */
  private Context carried() {
    ContextParts running = current().parts;
    return parts.isObservedAs(running) ? this : changed(copy -> copy.follow(running));
  }

  /** What it is made of, never to be changed. */
  ContextParts parts() {
    return parts;
  }

  /**
   * The model, with its pipeline.
   *
   * @throws MissingModelException if none is set
   */
  public LmPipeline lm() {
    ModelBinding model = parts.model;
    if (model == null) {
      throw new MissingModelException();
    }
    return model.pipeline();
  }

  /** The embedder; default: the one on the class path, such as that of the module local. */
  public Optional<Embedder> embedder() {
    return Optional.ofNullable(parts.embedder).or(Embedder::installed);
  }

  /** How prompts are rendered and replies are read; default: {@link Adapter#chat()}. */
  public Adapter adapter() {
    return parts.adapter;
  }

  /** How replies are generated: what the context says, over it the model, over it the draw. */
  public LmOptions options() {
    return options;
  }

  /** What is known of the caller, such as tenant and request; goes into every event. */
  public Map<String, String> metadata() {
    return parts.metadata;
  }

  /** The budget for calls; default: unlimited. */
  public Budget budget() {
    return parts.budget;
  }

  /** The prices by which money is counted; default: those shipped with Hone. */
  public PriceTable prices() {
    return parts.prices;
  }

  /** Runs independent work of this context on several threads. */
  public Workers workers() {
    return parts.workers;
  }

  /** The value bound to a key, if there is one. */
  @SuppressWarnings("unchecked")
  public <T> Optional<T> value(ContextKey<T> key) {
    return Optional.ofNullable((T) parts.values.get(key));
  }

  /** A copy with a value bound to a key. */
  public <T> Context with(ContextKey<T> key, T value) {
    return changed(copy -> copy.bind(key, value));
  }

  /** A copy with one more listener. */
  public Context withListener(EventListener listener) {
    return changed(copy -> copy.listeners = copy.listeners.with(listener));
  }

  /** A copy without a listener, however often it was added. */
  public Context withoutListener(EventListener listener) {
    return changed(copy -> copy.listeners = copy.listeners.without(listener));
  }

  /**
   * A copy in which an optimizer's own draw (a temperature, a rollout id) wins over the options of
   * the context and of its models, in place of an earlier draw; in the program, never in a metric.
   *
   * @param draw {@link LmOptions#defaults()} for none
   */
  public Context withDraw(LmOptions draw) {
    return draw.equals(parts.draw) ? this : changed(copy -> copy.draw = draw);
  }

  /** The draw; {@link LmOptions#defaults()} for none. */
  public LmOptions draw() {
    return parts.draw;
  }

  /** A copy for a metric, without a draw: the context's options hold for its own model only. */
  public Context forJudges() {
    return changed(ContextParts::endWithModel);
  }

  /** A copy for a part that calls a model of its own; everything else stays. */
  public Context withModel(ModelBinding part) {
    return changed(copy -> copy.model = part);
  }

  /** A copy of which a listener is notified of all calls, also in contexts bound within it. */
  Context followedBy(EventListener listener) {
    return changed(copy -> copy.followers = copy.followers.with(listener));
  }

  /** The piece of work that code in this context belongs to; events are stamped by it. */
  public Span span() {
    return parts.span;
  }

  /** A copy for what happens within a piece of work. */
  public Context within(Span work) {
    return changed(copy -> copy.span = work);
  }

  /**
   * Calls the model: interceptors, then the pipeline, in which the budget is asked before every
   * attempt that goes to the provider. A reply that is cut off, filtered or empty is not cached.
   *
   * @throws LmException if there is no reply
   * @throws MissingModelException if no model is set
   */
  public LmResponse callModel(LmRequest request) {
    return new ModelCall(this, request, null).run();
  }

  /** As {@link #callModel(LmRequest)}; what is no answer to the caller is not cached. */
  public LmResponse callModel(LmRequest request, Predicate<LmResponse> isAnswer) {
    return new ModelCall(this, request, isAnswer).run();
  }

  /**
   * The text that the model answers to one plain call of a task and an input, under the options of
   * this context; not read or repaired. Cost: one model call. Errors as {@link #callModel}.
   */
  public String ask(String system, String user) {
    LmRequest request = LmRequest.of(LmMessage.system(system), LmMessage.user(user));
    return callModel(request.withOptions(options)).text();
  }

  /** Whether a listener observes more than calls; if not, other events need not be made. */
  public boolean isObserved() {
    return parts.listeners.observeMore();
  }

  /** Notifies all listeners of an event. An exception of one is logged and passed over. */
  public void emit(Event event) {
    parts.listeners.tell(event, parts.metadata);
  }

  /** One line for people: the model and the names of the metadata, never their values. */
  @Override
  public String toString() {
    String model = parts.model == null ? "no model" : parts.model.pipeline().id();
    return "Context[" + model + ", metadata " + parts.metadata.keySet() + "]";
  }
}
