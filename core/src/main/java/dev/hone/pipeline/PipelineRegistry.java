package dev.hone.pipeline;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.hone.InvalidInputException;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.ModelIdentity;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The default pipelines of the process, one per model: the same instance, or models of one class
 * with equal identities (id, address and credential), have the same one.
 *
 * <p>Structure: pipelines are held weakly, so that one lives as long as a context or program uses
 * it; and strongly for ten minutes after the model was last given, but only those of the 256 models
 * given last, so that the next request finds cache and limit. Has no thread of its own: what is
 * idle for longer is let go when another model is given. Thread-safe; a look-up takes no lock.
 */
final class PipelineRegistry {
  private static final Duration IDLE = Duration.ofMinutes(10);
  private static final int MOST_IDLE = 256;

  /** A decorator may pass its provider's identity on, and is another model all the same. */
  private record Key(Class<?> kind, ModelIdentity identity) {}

  private final Cache<LanguageModel, LmPipeline> byInstance =
      Caffeine.newBuilder().weakKeys().weakValues().executor(Runnable::run).build();
  private final Cache<Key, LmPipeline> byIdentity =
      Caffeine.newBuilder().weakValues().executor(Runnable::run).build();
  private final Cache<LmPipeline, Boolean> lately;

  PipelineRegistry(Ticker ticker) {
    lately =
        Caffeine.newBuilder()
            .expireAfterAccess(IDLE)
            .maximumSize(MOST_IDLE)
            .ticker(ticker)
            .executor(Runnable::run)
            .build();
  }

  /** The pipeline of a model, with default settings if it is new. */
  LmPipeline of(LanguageModel model) {
    Optional<ModelIdentity> identity = model.identity();
    LmPipeline pipeline =
        identity.isPresent()
            ? byIdentity.get(
                new Key(model.getClass(), identity.get()), key -> LmPipeline.builder(model).build())
            : byInstance.get(model, key -> LmPipeline.builder(key).build());
    if (lately.getIfPresent(pipeline) == null) {
      lately.put(pipeline, true);
    }
    return pipeline;
  }

  /**
   * A model that can have a pipeline.
   *
   * @throws InvalidInputException if it or its id is null
   */
  static LanguageModel requireUsable(@Nullable LanguageModel provider) {
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

  /** The number of pipelines that are held whether or not they are in use. */
  long idle() {
    lately.cleanUp();
    return lately.estimatedSize();
  }
}
