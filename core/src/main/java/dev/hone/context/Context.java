package dev.hone.context;

import dev.hone.InvalidInputException;
import dev.hone.adapter.Adapter;
import dev.hone.embed.Embedder;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.observe.Event;
import dev.hone.observe.EventListener;
import dev.hone.observe.Span;
import dev.hone.pipeline.LmPipeline;
import java.time.Clock;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, with what: the model, the adapter, options, metadata, interceptors, listeners and
 * budget of a scope. Immutable and thread-safe. {@link #call} binds it to the code it runs; inside,
 * {@link #current()} finds it. It follows every thread that Hone starts; {@link #wrap} carries it
 * into your own.
 */
public final class Context {
  /** The metadata key whose value also keeps cached replies apart. */
  public static final String TENANT = "tenant";

  private static final ThreadLocal<@Nullable Context> BOUND = new ThreadLocal<>();
  private static final Defaults DEFAULTS = new Defaults(new Builder().build());

  private final @Nullable LmPipeline lm;
  private final @Nullable Embedder embedder;
  private final Adapter adapter;
  private final LmOptions options;
  private final Map<String, String> metadata;
  private final List<Interceptor> interceptors;
  private final Listeners listeners;
  private final CallBudget budget;
  private final Workers workers;
  private final Map<ContextKey<?>, Object> values;
  private final Span span;

  private Context(Builder builder) {
    this.lm = builder.lm;
    this.embedder = builder.embedder;
    this.adapter = builder.adapter;
    this.options = builder.options;
    this.metadata = java.util.Collections.unmodifiableMap(new TreeMap<>(builder.metadata));
    this.interceptors = List.copyOf(builder.interceptors);
    this.listeners = new Listeners(builder.listeners);
    this.budget = builder.budget;
    this.workers = builder.workers;
    this.values = new IdentityHashMap<>(builder.values);
    this.span = builder.span;
  }

  /** A copy within another piece of work; made for every call, so it copies no collection. */
  private Context(Context context, Span span) {
    this.lm = context.lm;
    this.embedder = context.embedder;
    this.adapter = context.adapter;
    this.options = context.options;
    this.metadata = context.metadata;
    this.interceptors = context.interceptors;
    this.listeners = context.listeners;
    this.budget = context.budget;
    this.workers = context.workers;
    this.values = context.values;
    this.span = span;
  }

  /** A builder that starts from the defaults of the process. */
  public static Builder builder() {
    return DEFAULTS.get().toBuilder();
  }

  /** The context bound to this thread; else the defaults of the process. */
  public static Context current() {
    Context bound = BOUND.get();
    return bound == null ? DEFAULTS.get() : bound;
  }

  /**
   * Sets the defaults of the process, which hold wherever no context is bound.
   *
   * @param change takes the present defaults, gives the new ones
   * @throws InvalidInputException if they would hold a credential or metadata, which belong into a
   *     context of their own
   */
  public static void configure(UnaryOperator<Builder> change) {
    DEFAULTS.change(change);
  }

  /** A builder that starts from this context. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Runs code with this context bound to the thread, and gives what it returns. */
  public <R> R call(Supplier<R> code) {
    Context before = BOUND.get();
    BOUND.set(this);
    try {
      return code.get();
    } finally {
      restore(before);
    }
  }

  /** Runs code with this context bound to the thread. */
  public void run(Runnable code) {
    call(
        () -> {
          code.run();
          return true;
        });
  }

  /** One line for people: the model and the names of the metadata, never their values. */
  @Override
  public String toString() {
    return "Context[%s, metadata %s]"
        .formatted(lm == null ? "no model" : lm.id(), metadata.keySet());
  }

  /** Code that binds this context wherever it runs. */
  public Runnable wrap(Runnable code) {
    return () -> run(code);
  }

  /** Code that binds this context wherever it runs. */
  public <R> Callable<R> wrap(Callable<R> code) {
    return () -> {
      Context before = BOUND.get();
      BOUND.set(this);
      try {
        return code.call();
      } finally {
        restore(before);
      }
    };
  }

  /** An executor that binds this context to whatever it runs. */
  public Executor wrap(Executor executor) {
    return code -> executor.execute(wrap(code));
  }

  private static void restore(@Nullable Context before) {
    if (before == null) {
      BOUND.remove();
    } else {
      BOUND.set(before);
    }
  }

  /** Whether the model holds a credential. */
  boolean holdsCredentials() {
    return lm != null && lm.holdsCredentials();
  }

  /** Whether the embedder that was set holds a credential. */
  boolean embedderHoldsCredentials() {
    return embedder != null && embedder.holdsCredentials();
  }

  /**
   * The model, with its pipeline.
   *
   * @throws MissingModelException if none is set
   */
  public LmPipeline lm() {
    if (lm == null) {
      throw new MissingModelException();
    }
    return lm;
  }

  /** The embedder; default: the one on the class path, such as that of the module local. */
  public Optional<Embedder> embedder() {
    return embedder == null ? Embedder.installed() : Optional.of(embedder);
  }

  /** How prompts are rendered and replies are read; default: {@link Adapter#chat()}. */
  public Adapter adapter() {
    return adapter;
  }

  /** How replies are generated; default: all left to the model. */
  public LmOptions options() {
    return options;
  }

  /** What is known of the caller, such as tenant and request; goes into every event. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /** The budget for calls; default: unlimited. */
  public CallBudget budget() {
    return budget;
  }

  /** Runs independent work of this context on several threads. */
  public Workers workers() {
    return workers;
  }

  /** The value bound to a key, if there is one. */
  @SuppressWarnings("unchecked")
  public <T> Optional<T> value(ContextKey<T> key) {
    return Optional.ofNullable((T) values.get(key));
  }

  /** A copy with a value bound to a key. */
  public <T> Context with(ContextKey<T> key, T value) {
    return toBuilder().value(key, value).build();
  }

  /** A copy with one more listener. */
  public Context withListener(EventListener listener) {
    return toBuilder().listener(listener).build();
  }

  /** The piece of work that code in this context belongs to; events are stamped by it. */
  public Span span() {
    return span;
  }

  /** A copy for what happens within a piece of work. */
  public Context within(Span work) {
    return new Context(this, work);
  }

  /** What is asked before each call, in order. */
  List<Interceptor> interceptors() {
    return interceptors;
  }

  /**
   * Calls the model: interceptors, then the pipeline, in which the budget is asked before every
   * attempt that goes to the provider. Replies are cached by the metadata's {@link #TENANT}.
   *
   * @throws LmException if no reply could be had
   * @throws InvalidInputException if no model is set
   */
  public LmResponse callModel(LmRequest request) {
    String tenant = metadata.getOrDefault(TENANT, "");
    return new ModelCall(this, lm(), request.withCacheScope(tenant)).run();
  }

  /** Tells all listeners of an event. One that throws is logged the first time, else ignored. */
  public void emit(Event event) {
    listeners.tell(event, metadata);
  }

  /** Builds contexts. Not thread-safe. */
  public static final class Builder {
    private @Nullable LmPipeline lm;
    private @Nullable Embedder embedder;
    private Workers workers = new Workers(LmPipeline.DEFAULT_MAX_IN_FLIGHT);
    private Adapter adapter = Adapter.chat();
    private LmOptions options = LmOptions.defaults();
    private final Map<String, String> metadata = new TreeMap<>();
    private final List<Interceptor> interceptors = new ArrayList<>();
    private final List<Listeners.Entry> listeners = new ArrayList<>();
    private CallBudget budget = CallBudget.unlimited();
    private Span span = Span.none(Clock.systemUTC());
    private final Map<ContextKey<?>, Object> values = new IdentityHashMap<>();

    private Builder() {}

    private Builder(Context context) {
      lm = context.lm;
      embedder = context.embedder;
      workers = context.workers;
      adapter = context.adapter;
      options = context.options;
      metadata.putAll(context.metadata);
      interceptors.addAll(context.interceptors);
      listeners.addAll(context.listeners.list());
      budget = context.budget;
      span = context.span;
      values.putAll(context.values);
    }

    /**
     * Sets the model. One that is not an {@link LmPipeline} yet gets the default pipeline: memory
     * cache, retries, at most 16 calls in flight. Contexts that are to share a cache and a limit
     * are given the same pipeline.
     *
     * @throws InvalidInputException if the model or its id is null
     */
    public Builder lm(LanguageModel model) {
      LmPipeline pipeline = LmPipeline.of(model);
      lm = pipeline;
      workers = new Workers(pipeline.maxInFlight());
      return this;
    }

    /** Sets the embedder. */
    public Builder embedder(Embedder value) {
      embedder = value;
      return this;
    }

    /** Sets the adapter. */
    public Builder adapter(Adapter value) {
      adapter = value;
      return this;
    }

    /** Sets how replies are generated. */
    public Builder options(LmOptions value) {
      options = value;
      return this;
    }

    /** Adds what is known of the caller. */
    public Builder metadata(String key, String value) {
      metadata.put(key, value);
      return this;
    }

    /** Adds an interceptor; they are asked in the order in which they were added. */
    public Builder interceptor(Interceptor value) {
      interceptors.add(value);
      return this;
    }

    /** Adds a listener. */
    public Builder listener(EventListener value) {
      listeners.add(new Listeners.Entry(value));
      return this;
    }

    /** Sets the budget. */
    public Builder budget(CallBudget value) {
      budget = value;
      return this;
    }

    /** Sets the clock that tells the time of events; default: the system's. */
    public Builder clock(Clock value) {
      span = new Span(span.id(), span.parentId(), value);
      return this;
    }

    /** Binds a value to a key. */
    public <T> Builder value(ContextKey<T> key, T value) {
      values.put(key, value);
      return this;
    }

    /** Makes the context. */
    public Context build() {
      return new Context(this);
    }
  }
}
