package dev.hone.pipeline;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.hone.InvalidInputException;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.ModelIdentity;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A provider's model with the steps every call goes through, in this order: the cache, in which
 * identical calls that are under way at once are paid for once; retries with growing delays; the
 * limit on calls in flight, which gives way to a provider that is overloaded; the provider.
 * Thread-safe; shared by all contexts that use the model, see {@link #of}.
 *
 * <p>What comes from other modules is put in from outside: a cache of your own by {@link
 * Builder#cache}, which sees the replies that were paid for; a journal as a {@link LanguageModel}
 * that forwards to the provider, which sees every attempt.
 *
 * <p>Defaults: {@link LmCache#memory()}, {@link RetrySettings#defaults()}, {@value
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

  private final LanguageModel provider;
  private final int maxInFlight;
  private final PipelineStep first;

  private LmPipeline(Builder builder) {
    provider = builder.provider;
    maxInFlight = builder.maxInFlight;
    PipelineStep step = new ProviderStep(provider);
    step = new LimitStep(step, new InFlightLimit(maxInFlight, System::nanoTime));
    step = new RetryStep(step, builder.retry);
    first = builder.cache == null ? step : new CacheStep(step, builder.cache, provider.id());
  }

  /**
   * The default pipeline of a provider, the same one for the same model: the same instance, or
   * models of one class with equal {@linkplain LanguageModel#identity() identities}. Different
   * credentials never share. A pipeline that is not in use is let go 10 minutes after it was last
   * given. A pipeline is returned as it is.
   *
   * @throws InvalidInputException if the provider or its id is null
   */
  public static LmPipeline of(LanguageModel provider) {
    return provider instanceof LmPipeline pipeline ? pipeline : SHARED.of(requireUsable(provider));
  }

  /**
   * A builder of a pipeline of its own, which shares nothing. Starts from the defaults.
   *
   * @throws InvalidInputException if the provider or its id is null
   */
  public static Builder builder(LanguageModel provider) {
    return new Builder(requireUsable(provider));
  }

  private static LanguageModel requireUsable(@Nullable LanguageModel provider) {
    if (provider == null) {
      throw InvalidInputException.of(
          "The language model is null", "what should have made it returned nothing");
    }
    if (provider.id() == null) {
      throw InvalidInputException.of(
          "The id of the language model %s is null, expected a name"
              .formatted(provider.getClass().getName()),
          "let its method id return one, such as openai:gpt-4o-mini");
    }
    return provider;
  }

  /** The most calls of the provider that are under way at once. */
  public int maxInFlight() {
    return maxInFlight;
  }

  @Override
  public LmResponse call(LmRequest request) {
    return call(request, AttemptListener.NONE);
  }

  /**
   * Answers a request, and notifies the listener of every attempt that goes to the provider.
   *
   * @throws LmException if there is no answer
   */
  public LmResponse call(LmRequest request, AttemptListener listener) {
    return first.call(request, listener);
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
    private @Nullable LmCache cache = LmCache.memory();
    private RetrySettings retry = RetrySettings.defaults();
    private int maxInFlight = DEFAULT_MAX_IN_FLIGHT;

    private Builder(LanguageModel provider) {
      this.provider = provider;
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

    /** Makes the pipeline. */
    public LmPipeline build() {
      return new LmPipeline(this);
    }
  }
}
