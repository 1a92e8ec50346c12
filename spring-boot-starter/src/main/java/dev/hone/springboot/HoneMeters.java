package dev.hone.springboot;

import dev.hone.context.LmEvent;
import dev.hone.observe.Event;
import dev.hone.observe.EventListener;
import dev.hone.price.Money;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Map;

/**
 * Meters that observations do not give: {@code hone.tokens} (summary, by {@code
 * gen_ai.token.type}), {@code hone.cost} (counter, US dollars, where the price is known), {@code
 * hone.attempts.failed} (counter, by {@code error.type}), {@code hone.replies} (counter, by {@code
 * hone.cached}). Tags are named by OpenTelemetry's conventions for generative AI. Thread-safe.
 */
final class HoneMeters implements EventListener {
  private final MeterRegistry registry;

  HoneMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void onEvent(Event event, Map<String, String> metadata) {
    if (event instanceof LmEvent.CallAnswered answered) {
      count(answered);
    } else if (event instanceof LmEvent.AttemptFailed failed) {
      String type = failed.error().getClass().getSimpleName();
      Counter.builder("hone.attempts.failed")
          .description("Attempts at a model that gave no reply.")
          .tags(model(failed.modelId()).and(GenAiKeys.ERROR_TYPE, type))
          .register(registry)
          .increment();
    }
  }

  private static Tags model(String id) {
    return Tags.of(
        GenAiKeys.PROVIDER, GenAiKeys.provider(id), GenAiKeys.REQUEST_MODEL, GenAiKeys.model(id));
  }

  private void count(LmEvent.CallAnswered answered) {
    Tags model = model(answered.modelId());
    Counter.builder("hone.replies")
        .description("Replies, of a model or a cache.")
        .tags(model.and(GenAiKeys.CACHED, String.valueOf(answered.cached())))
        .register(registry)
        .increment();
    if (answered.cached()) {
      return;
    }
    if (answered.response().usage().known()) {
      tokens(model.and(GenAiKeys.TOKEN_TYPE, "input"), answered.response().usage().promptTokens());
      tokens(
          model.and(GenAiKeys.TOKEN_TYPE, "output"),
          answered.response().usage().completionTokens());
    }
    Money cost = answered.spend().money();
    if (!cost.known() && cost.leastUsd().signum() == 0) {
      return;
    }
    Counter.builder("hone.cost")
        .description("What calls cost, where the price of the model is known.")
        .baseUnit("USD")
        .tags(model)
        .register(registry)
        .increment(cost.leastUsd().doubleValue());
  }

  private void tokens(Tags tags, long count) {
    DistributionSummary.builder("hone.tokens")
        .description("Tokens of calls that a model answered.")
        .baseUnit("tokens")
        .tags(tags)
        .register(registry)
        .record(count);
  }
}
