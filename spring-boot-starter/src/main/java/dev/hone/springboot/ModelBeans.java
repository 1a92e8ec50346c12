package dev.hone.springboot;

import dev.hone.context.Budget;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmOptions;
import dev.hone.lm.ModelProvider;
import dev.hone.lm.ModelSpec;
import dev.hone.pipeline.LmCache;
import dev.hone.pipeline.LmPipeline;
import dev.hone.pipeline.RetrySettings;
import dev.hone.pipeline.TrafficSettings;
import dev.hone.springai.SpringAiModel;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.core.env.Environment;

/** Makes Hone's settings of the properties. */
final class ModelBeans {
  private ModelBeans() {}

  /** A model by its name, with keys from wherever the application gets its properties. */
  static LanguageModel named(String name, Environment environment) {
    Map<String, String> variables = new HashMap<>(System.getenv());
    for (ModelProvider provider : ModelProvider.installed()) {
      for (ModelProvider.Variable variable : provider.variables()) {
        String value = environment.getProperty(variable.name());
        if (value != null) {
          variables.put(variable.name(), value);
        }
      }
    }
    return ModelSpec.parse(name, variables).create();
  }

  /** A chat model of Spring AI. */
  static LanguageModel of(ChatModel chatModel, @Nullable String id) {
    if (id != null && !id.isBlank()) {
      return SpringAiModel.of(chatModel, id);
    }
    String model = chatModel.getOptions().getModel();
    return SpringAiModel.of(
        chatModel,
        "spring-ai:"
            + (model == null || model.isBlank() ? chatModel.getClass().getSimpleName() : model));
  }

  /** The pipeline of a model; one that is a pipeline already stays as it is. */
  static LmPipeline pipeline(
      LanguageModel model, HoneProperties properties, @Nullable LmCache cache) {
    if (model instanceof LmPipeline pipeline) {
      return pipeline;
    }
    LmPipeline.Builder builder = LmPipeline.builder(model).traffic(traffic(properties.traffic()));
    if (properties.retry().isSet()) {
      builder.retry(retry(model, properties.retry()));
    }
    if (properties.maxInFlight() != null) {
      builder.maxInFlight(properties.maxInFlight());
    }
    if (!properties.cache().enabled()) {
      builder.noCache();
    } else if (cache != null) {
      builder.cache(cache);
    }
    return builder.build();
  }

  /** What is not set is as the model's pipeline would have it, which may be a batched one. */
  static RetrySettings retry(LanguageModel model, HoneProperties.Retry retry) {
    RetrySettings settings = RetrySettings.defaultsFor(model);
    settings = with(settings, retry.maxAttempts(), RetrySettings::withMaxAttempts);
    if (retry.initialDelay() != null || retry.maxDelay() != null) {
      settings =
          settings.withDelays(
              retry.initialDelay() == null ? settings.initialDelay() : retry.initialDelay(),
              retry.maxDelay() == null ? settings.maxDelay() : retry.maxDelay());
    }
    settings = with(settings, retry.totalTime(), RetrySettings::withTotalTime);
    return with(settings, retry.outageTime(), RetrySettings::withOutageTime);
  }

  private static TrafficSettings traffic(HoneProperties.Traffic traffic) {
    TrafficSettings settings = TrafficSettings.defaults();
    settings = with(settings, traffic.requestsPerMinute(), TrafficSettings::requestsPerMinute);
    settings = with(settings, traffic.tokensPerMinute(), TrafficSettings::tokensPerMinute);
    settings = with(settings, traffic.attemptTimeout(), TrafficSettings::attemptTimeout);
    settings = with(settings, traffic.deadline(), TrafficSettings::deadline);
    return with(settings, traffic.hedgeAfter(), TrafficSettings::hedgeAfter);
  }

  /** The budget, of which nothing is spent. */
  static Budget budget(HoneProperties.Limits limits) {
    Budget budget = Budget.unlimited();
    budget = with(budget, limits.calls(), Budget::calls);
    budget = with(budget, limits.tokens(), Budget::tokens);
    budget = with(budget, limits.usd(), Budget::money);
    return with(budget, limits.wallClock(), Budget::wallClock);
  }

  static LmOptions options(HoneProperties.Options options) {
    return LmOptions.builder()
        .temperature(options.temperature())
        .topP(options.topP())
        .maxTokens(options.maxTokens())
        .build();
  }

  private static <S, V> S with(S settings, @Nullable V value, BiFunction<S, V, S> change) {
    return value == null ? settings : change.apply(settings, value);
  }
}
