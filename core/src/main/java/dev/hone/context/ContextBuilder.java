package dev.hone.context;

import dev.hone.InvalidInputException;
import dev.hone.SettingCheck;
import dev.hone.adapter.Adapter;
import dev.hone.embed.Embedder;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmOptions;
import dev.hone.observe.EventListener;
import dev.hone.observe.Span;
import dev.hone.pipeline.LmPipeline;
import dev.hone.pipeline.ModelBinding;
import dev.hone.price.PriceTable;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Builds contexts, see {@link Context#builder} and {@link Context#toBuilder}. Not thread-safe. */
public final class ContextBuilder {
  private final ContextParts parts;

  ContextBuilder(ContextParts parts) {
    this.parts = parts;
  }

  /**
   * Sets the model. One that is not an {@link LmPipeline} yet gets the default pipeline that all
   * uses of this model share, see {@link LmPipeline#of}: memory cache, retries, at most 16 calls in
   * flight. Options that the model was given by {@link LanguageModel#withOptions} win over those of
   * the context.
   *
   * @throws InvalidInputException if the model or its id is null
   */
  public ContextBuilder lm(LanguageModel value) {
    ModelBinding model = ModelBinding.of(value);
    parts.model = model;
    parts.workers = Workers.forCalls(model.pipeline().maxInFlight());
    return this;
  }

  /** Sets the embedder. */
  public ContextBuilder embedder(Embedder value) {
    parts.embedder = value;
    return this;
  }

  /** Sets the adapter. */
  public ContextBuilder adapter(Adapter value) {
    parts.adapter = value;
    return this;
  }

  /** Sets how replies are generated, where neither the model nor a draw says otherwise. */
  public ContextBuilder options(LmOptions value) {
    parts.options = value;
    parts.optionsEnd = false;
    return this;
  }

  /**
   * Adds what is known of the caller.
   *
   * @throws InvalidInputException if the key or the value is null, by which two tenants could be
   *     taken for one
   */
  public ContextBuilder metadata(String key, String value) {
    Map<String, String> copy = new TreeMap<>(parts.metadata);
    copy.put(SettingCheck.given("metadata key", key), SettingCheck.given("metadata." + key, value));
    parts.metadata = Collections.unmodifiableMap(copy);
    return this;
  }

  /**
   * Keeps cached replies apart by the values of these metadata keys, in place of those set before;
   * default: {@value Context#TENANT} and every other key with that word in its name, in any case,
   * such as {@code tenant_id} or {@code tenantId}. A key that the metadata lacks keeps nothing
   * apart; no keys at all let everybody share.
   */
  public ContextBuilder isolateCacheBy(String... keys) {
    parts.isolation = Set.copyOf(List.of(keys));
    return this;
  }

  /** Adds an interceptor; they are asked in the order in which they were added. */
  public ContextBuilder interceptor(Interceptor value) {
    List<Interceptor> longer = new ArrayList<>(parts.interceptors);
    longer.add(value);
    parts.interceptors = List.copyOf(longer);
    return this;
  }

  /** Adds a listener. */
  public ContextBuilder listener(EventListener value) {
    parts.listeners = parts.listeners.with(value);
    return this;
  }

  /** Removes a listener, however often it was added; one that is not there is ignored. */
  public ContextBuilder removeListener(EventListener value) {
    parts.listeners = parts.listeners.without(value);
    return this;
  }

  /** Sets the budget. */
  public ContextBuilder budget(Budget value) {
    parts.budget = value;
    return this;
  }

  /**
   * Sets the prices by which money is counted; default: {@link PriceTable#shipped}, which other
   * prices are laid over with {@code PriceTable.shipped().with(mine)}.
   */
  public ContextBuilder prices(PriceTable value) {
    parts.prices = SettingCheck.given("prices", value);
    return this;
  }

  /**
   * Sets the clock that tells the time of events and of a budget's wall clock; default: the
   * system's.
   */
  public ContextBuilder clock(Clock value) {
    Span span = parts.span;
    parts.span = new Span(span.id(), span.around(), value);
    return this;
  }

  /** Binds a value to a key. */
  public <T> ContextBuilder value(ContextKey<T> key, T value) {
    parts.bind(key, value);
    return this;
  }

  /** Makes the context. */
  public Context build() {
    return new Context(parts.copy());
  }
}
