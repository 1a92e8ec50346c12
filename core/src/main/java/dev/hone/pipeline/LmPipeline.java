package dev.hone.pipeline;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.hone.InvalidInputException;
import dev.hone.lm.Capabilities;
import dev.hone.lm.ConfiguredModel;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.ModelIdentity;
import dev.hone.lm.ReplyListener;
import dev.hone.pipeline.flow.FlowTime;
import dev.hone.pipeline.flow.ToldReply;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A provider's model with the steps every call goes through, in this order: the cache, in which
 * identical calls that are under way at once are paid for once; the fallback, which asks once more
 * without a JSON schema or a temperature that the model refuses, and remembers that; retries with
 * growing delays; the limit on calls in flight, which gives way to a provider that refuses more
 * than a tenth of the calls; the provider. Thread-safe; shared by all contexts that use the model,
 * see {@link #of}.
 *
 * <p>What comes from other modules is put in from outside: a cache of your own by {@link
 * Builder#cache}, which sees the replies that were paid for; a journal as a {@link LanguageModel}
 * that forwards to the provider, which sees every attempt. Rates, deadlines, second attempts: see
 * {@link TrafficSettings}.
 *
 * <p>Defaults: {@link LmCache#memory()}, {@link RetrySettings#defaultsFor}, {@value
 * #DEFAULT_MAX_IN_FLIGHT} calls in flight.
 *
 * <p>Errors: every call ends in a reply or an {@link LmException}; what a provider throws otherwise
 * comes out as {@link LmException.ProviderFailed}, except for an {@link Error}, which passes
 * unchanged.
 */
public final class LmPipeline implements LanguageModel {
  private static final PipelineRegistry SHARED = new PipelineRegistry(Ticker.systemTicker());

  /** The default for the most calls of a provider that are under way at once. */
  public static final int DEFAULT_MAX_IN_FLIGHT = 16;

  /** The same for a model that is {@linkplain LanguageModel#isBatched() batched}. */
  public static final int BATCHED_MAX_IN_FLIGHT = 4_000;

  private final LanguageModel provider;
  private final int maxInFlight;
  private final PipelineStep first;
  private final @Nullable CacheStep cache;
  private final LmOptions options;
  private final LmPipeline bare;

  private LmPipeline(Builder builder) {
    provider = builder.provider;
    maxInFlight = builder.maxInFlight;
    options = LmOptions.defaults();
    bare = this;
    PipelineStep limited = LimitStep.around(provider, maxInFlight, builder.traffic, builder.time);
    PipelineStep retry = new RetryStep(limited, builder.retry, provider.id(), builder.time);
    PipelineStep step = new FallbackStep(retry, provider.id());
    cache = builder.cache == null ? null : cached(step, builder.cache);
    first = outer(builder, cache == null ? step : cache);
  }

  private PipelineStep outer(Builder builder, PipelineStep inner) {
    LmPipeline second = builder.second;
    PipelineStep step = second == null ? inner : new SecondModelStep(inner, provider.id(), second);
    var deadline = builder.traffic.deadline();
    return deadline.isEmpty() ? step : new DeadlineStep(step, deadline.get(), builder.time);
  }

  private CacheStep cached(PipelineStep step, LmCache replies) {
    return new CacheStep(step, replies, RequestKey.Model.of(provider, replies.credentialKey()));
  }

  private LmPipeline(LmPipeline bare, LmOptions options) {
    this.provider = bare.provider;
    this.maxInFlight = bare.maxInFlight;
    this.first = bare.first;
    this.cache = bare.cache;
    this.options = options;
    this.bare = bare;
  }

  /**
   * The default pipeline of a provider, the same one for the same model: the same instance, or
   * models of one class with equal {@linkplain LanguageModel#identity() identities}. Different
   * credentials never share. A pipeline that is not in use is let go 10 minutes after it was last
   * given. A pipeline is returned as it is. Of a model with options, it is that of the model, with
   * its cache and limit, under those options.
   *
   * @throws InvalidInputException if the provider or its id is null
   */
  public static LmPipeline of(LanguageModel provider) {
    if (provider instanceof ConfiguredModel configured) {
      return of(configured.base()).under(configured.options());
    }
    return provider instanceof LmPipeline pipeline
        ? pipeline
        : SHARED.of(PipelineRegistry.requireUsable(provider));
  }

  /**
   * A builder of a pipeline of its own, which shares nothing. Starts from the defaults. The options
   * of a model that has some become part of every request, and so of the keys of the cache.
   *
   * @throws InvalidInputException if the provider or its id is null
   */
  public static Builder builder(LanguageModel provider) {
    return provider instanceof ConfiguredModel configured
        ? new Builder(PipelineRegistry.requireUsable(configured.base()), configured.options())
        : new Builder(PipelineRegistry.requireUsable(provider), LmOptions.defaults());
  }

  /** The same pipeline under options, which win over those that it has and those of a request. */
  private LmPipeline under(LmOptions over) {
    return over.equals(LmOptions.defaults())
        ? this
        : new LmPipeline(bare, options.mergedWith(over));
  }

  LmOptions options() {
    return options;
  }

  LmPipeline withoutOptions() {
    return bare;
  }

  @Override
  public ConfiguredModel withOptions(UnaryOperator<LmOptions.Builder> change) {
    return bare == this
        ? LanguageModel.super.withOptions(change)
        : bare.withOptions(none -> change.apply(options.toBuilder()));
  }

  /** The most calls of the provider that are under way at once. */
  public int maxInFlight() {
    return maxInFlight;
  }

  @Override
  public LmResponse call(LmRequest request) {
    return call(request, AttemptListener.NONE);
  }

  @Override
  public LmResponse call(LmRequest request, ReplyListener told) {
    return call(request, AttemptListener.telling(told));
  }

  /**
   * Answers a request, and notifies the listener of every attempt that goes to the provider. What
   * it does not take for an answer is not cached.
   *
   * @throws LmException if there is no answer
   */
  public LmResponse call(LmRequest request, AttemptListener listener) {
    try {
      return first.call(own(request), listener);
    } catch (ToldReply.Stopped e) {
      throw e.unpacked();
    }
  }

  private LmRequest own(LmRequest request) {
    return bare == this ? request : request.withOptions(request.options().mergedWith(options));
  }

  /**
   * What identifies a request to this model in the journal of a run: 64 hexadecimal digits, the
   * same for equal requests to the same id and address, on every machine and with any credential.
   */
  public String requestKey(LmRequest request) {
    String address = identity().map(ModelIdentity::address).orElse("");
    return RequestKey.of(RequestKey.Model.named(id() + "\0" + address), own(request));
  }

  /**
   * Puts a reply that was paid for elsewhere, such as in an earlier process, into the cache, where
   * there is one; it then answers equal requests.
   */
  public void keep(LmRequest request, LmResponse response) {
    if (cache != null) {
      cache.keep(own(request), response);
    }
  }

  @Override
  public String id() {
    return provider.id();
  }

  @Override
  public Capabilities capabilities() {
    return provider.capabilities();
  }

  @Override
  public boolean isBatched() {
    return provider.isBatched();
  }

  @Override
  public Optional<ModelIdentity> identity() {
    return provider.identity();
  }

  @Override
  public boolean holdsCredentials() {
    return provider.holdsCredentials();
  }

  @Override
  public String toString() {
    return "LmPipeline[" + provider.id() + "]";
  }

  /** Builds pipelines. Not thread-safe. */
  public static final class Builder {
    private final LanguageModel provider;
    private final LmOptions options;
    private @Nullable LmCache cache = LmCache.memory();
    private RetrySettings retry;
    private int maxInFlight = DEFAULT_MAX_IN_FLIGHT;
    private TrafficSettings traffic = TrafficSettings.defaults();
    private @Nullable LmPipeline second;
    private FlowTime time = FlowTime.SYSTEM;

    private Builder(LanguageModel provider, LmOptions options) {
      this.provider = provider;
      this.options = options;
      this.retry = RetrySettings.defaultsFor(provider);
      if (provider.isBatched()) {
        maxInFlight = BATCHED_MAX_IN_FLIGHT;
      }
    }

    /** Sets the cache, which pipelines may share: its keys hold the model's id. */
    public Builder cache(LmCache value) {
      cache = value;
      return this;
    }

    /** Leaves the cache out, so that every call is paid for, identical ones too. */
    public Builder noCache() {
      cache = null;
      return this;
    }

    /** Sets when and how often a call is tried again. */
    public Builder retry(RetrySettings value) {
      retry = value;
      return this;
    }

    /**
     * Sets the most calls of the provider that are under way at once, at least 1. Waiting to try
     * again does not count.
     *
     * @throws InvalidInputException if it is less than 1
     */
    public Builder maxInFlight(int value) {
      if (value < 1) {
        throw InvalidInputException.of("maxInFlight (" + value + ") is less than 1", "use 16");
      }
      maxInFlight = value;
      return this;
    }

    /** Sets rates per minute, deadlines, second attempts. Default: none. A batch keeps no times. */
    public Builder traffic(TrafficSettings value) {
      traffic = provider.isBatched() ? value.withoutTimes() : value;
      return this;
    }

    /**
     * Sets the model that is asked where this one is away, after all its retries, or takes no
     * prompt of the length. Default: none. Its replies are cached as its own, and cost what its
     * price says.
     */
    public Builder fallback(LanguageModel value) {
      second = LmPipeline.of(value);
      return this;
    }

    Builder time(FlowTime value) {
      time = value;
      return this;
    }

    /** Makes the pipeline. */
    public LmPipeline build() {
      return new LmPipeline(this).under(options);
    }
  }
}
