package dev.hone.context;

import dev.hone.adapter.Adapter;
import dev.hone.embed.Embedder;
import dev.hone.lm.LmException;
import dev.hone.lm.LmOptions;
import dev.hone.lm.ReplyListener;
import dev.hone.observe.Span;
import dev.hone.pipeline.LmPipeline;
import dev.hone.pipeline.ModelBinding;
import dev.hone.pipeline.flow.ToldReply;
import dev.hone.price.PriceTable;
import dev.hone.replay.CallPlace;
import dev.hone.replay.CallRecorder;
import java.time.Clock;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a context is made of. Changed by a builder only, and never once a context holds it. Its
 * collections are never changed, only replaced, so that a copy costs little: one is made for every
 * call.
 */
final class ContextParts {
  static final Set<String> BY_TENANT = Set.of(Context.TENANT);

  @Nullable ModelBinding model;
  @Nullable Embedder embedder;
  Adapter adapter = Adapter.chat();
  LmOptions options = LmOptions.defaults();
  LmOptions draw = LmOptions.defaults();

  /** Whether the options hold for one model only, as in a metric, and for which. */
  boolean optionsEnd;

  private @Nullable LmPipeline optionsOf;

  Map<String, String> metadata = Map.of();
  Set<String> isolation = BY_TENANT;
  List<Interceptor> interceptors = List.of();
  Listeners listeners = Listeners.NONE;
  Listeners followers = Listeners.NONE;
  Budget budget;
  PriceTable prices;
  Workers workers;
  Span span;
  Map<ContextKey<?>, Object> values = Map.of();

  /** Who records the calls, with the budget that its run had, and who makes them. */
  @Nullable CallRecorder recorder;

  Budget recorderBudget;
  CallPlace place = CallPlace.RUN;

  /** Who is told the replies while they arrive. */
  ReplyListener replyListener = ReplyListener.NONE;

  /** Whether a value is one that holds in contexts bound within, too. */
  private boolean anyCarried;

  ContextParts() {
    budget = Budget.unlimited();
    recorderBudget = budget;
    prices = PriceTable.shipped();
    workers = Workers.forCalls(LmPipeline.DEFAULT_MAX_IN_FLIGHT);
    span = Span.none(Clock.systemUTC());
  }

  private ContextParts(ContextParts other) {
    model = other.model;
    embedder = other.embedder;
    adapter = other.adapter;
    options = other.options;
    draw = other.draw;
    optionsEnd = other.optionsEnd;
    optionsOf = other.optionsOf;
    metadata = other.metadata;
    isolation = other.isolation;
    interceptors = other.interceptors;
    listeners = other.listeners;
    followers = other.followers;
    budget = other.budget;
    prices = other.prices;
    workers = other.workers;
    span = other.span;
    values = other.values;
    recorder = other.recorder;
    recorderBudget = other.recorderBudget;
    place = other.place;
    replyListener = other.replyListener;
    anyCarried = other.anyCarried;
  }

  ContextParts copy() {
    return new ContextParts(this);
  }

  /** Binds a value; a recorder is at hand from then on, and a place is where calls are made. */
  <T> void bind(ContextKey<T> key, T value) {
    if (value instanceof CallPlace where) {
      place = where;
      return;
    }
    if (value instanceof ToldReply.To to) {
      replyListener = to.listener();
      return;
    }
    if (value instanceof CallRecorder journal) {
      recorder = journal;
      recorderBudget = budget;
      budget.expect(journal.earlierCalls(), journal.earlierTokens(), journal.earlierUsd());
    }
    put(key, value);
  }

  private void put(ContextKey<?> key, Object value) {
    Map<ContextKey<?>, Object> copy = new IdentityHashMap<>(values);
    copy.put(key, value);
    values = copy;
    anyCarried |= key.isCarried();
  }

  /** Whether all that observes the code under other parts observes the code under these, too. */
  boolean isObservedAs(ContextParts others) {
    return followers.hold(others.followers)
        && isRecordedWith(others)
        && (!others.anyCarried || values.keySet().containsAll(others.carriedKeys()));
  }

  private List<ContextKey<?>> carriedKeys() {
    List<ContextKey<?>> keys = new ArrayList<>();
    for (ContextKey<?> key : values.keySet()) {
      if (key.isCarried()) {
        keys.add(key);
      }
    }
    return keys;
  }

  /** Whether what code under other parts has recorded is recorded under these, too. */
  boolean isRecordedWith(ContextParts others) {
    return recorder != null || others.recorder == null;
  }

  /** Takes over those that follow, record and observe the code that is running. */
  void follow(ContextParts running) {
    followers = followers.with(running.followers);
    recordWith(running);
    for (ContextKey<?> key :
        running.anyCarried ? running.carriedKeys() : List.<ContextKey<?>>of()) {
      if (!values.containsKey(key)) {
        put(key, Objects.requireNonNull(running.values.get(key)));
      }
    }
  }

  /** Records as the code does that is running. */
  void recordWith(ContextParts others) {
    if (!isRecordedWith(others)) {
      recorder = others.recorder;
      recorderBudget = others.recorderBudget;
      place = others.place;
    }
  }

  /** Asks the interceptors one after the other; whatever one throws is a veto. */
  void ask(Consumer<Interceptor> question) {
    for (Interceptor interceptor : interceptors) {
      try {
        question.accept(interceptor);
      } catch (LmException.Vetoed | LmException.Interrupted e) {
        throw e;
      } catch (Throwable e) {
        throw stopped(e);
      }
    }
  }

  private static LmException stopped(Throwable error) {
    if (error instanceof InterruptedException) {
      Thread.currentThread().interrupt();
      return new LmException.Interrupted("Interrupted in an interceptor", error);
    }
    Object reason = error.getMessage() == null ? error : error.getMessage();
    return new LmException.Vetoed("An interceptor vetoed the call: " + reason, error);
  }

  /** The options of the context, over them those of the model, over them the draw. */
  LmOptions effectiveOptions() {
    LmOptions ofModel = model == null ? LmOptions.defaults() : model.options();
    LmOptions ofContext = areOptionsOfModel() ? options : LmOptions.defaults();
    return over(over(ofContext, ofModel), draw);
  }

  private boolean areOptionsOfModel() {
    return !optionsEnd || Objects.equals(optionsOf, pipeline());
  }

  /** From here on, options that were set for the model are not those of another one, nor a draw. */
  void endWithModel() {
    draw = LmOptions.defaults();
    optionsOf = optionsEnd ? optionsOf : pipeline();
    optionsEnd = true;
  }

  private @Nullable LmPipeline pipeline() {
    return model == null ? null : model.pipeline();
  }

  private static LmOptions over(LmOptions options, LmOptions stronger) {
    return stronger.equals(LmOptions.defaults()) ? options : options.mergedWith(stronger);
  }

  boolean modelHoldsCredentials() {
    return model != null && model.pipeline().holdsCredentials();
  }

  boolean embedderHoldsCredentials() {
    return embedder != null && embedder.holdsCredentials();
  }

  /**
   * Whose cached replies may be shared. By the tenant alone it is the tenant's name; by other keys
   * it is made of names and values with their lengths, so that no two sets of values give the same.
   */
  static String cacheScope(Map<String, String> metadata, Set<String> isolation) {
    return isolation.equals(BY_TENANT) ? byTenant(metadata) : by(isolation, metadata);
  }

  /** Keys that name a tenant in other words count too: a reply too many costs less than a leak. */
  private static String byTenant(Map<String, String> metadata) {
    Set<String> keys = new TreeSet<>(metadata.keySet());
    keys.removeIf(key -> !key.toLowerCase(Locale.ROOT).contains(Context.TENANT));
    return BY_TENANT.containsAll(keys)
        ? metadata.getOrDefault(Context.TENANT, "")
        : by(keys, metadata);
  }

  private static String by(Set<String> keys, Map<String, String> metadata) {
    StringBuilder scope = new StringBuilder();
    for (String key : new TreeSet<>(keys)) {
      String value = metadata.get(key);
      if (value != null) {
        scope.append(scope.isEmpty() ? "\0by " : ", ").append(key.length()).append(':').append(key);
        scope.append('=').append(value.length()).append(':').append(value);
      }
    }
    return scope.toString();
  }
}
