package dev.hone.opentelemetry;

import dev.hone.context.LmEvent;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmResponse;
import dev.hone.lm.ResponseFormat;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongHistogram;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.util.List;

/** Model calls as spans and metrics; attempts that fail are events of their call. */
final class CallSpans implements LmEvent.Visitor<Boolean> {
  private static final List<Double> SECONDS =
      List.of(
          0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92);
  private static final List<Long> TOKENS =
      List.of(
          1L, 4L, 16L, 64L, 256L, 1024L, 4096L, 16384L, 65536L, 262144L, 1048576L, 4194304L,
          16777216L, 67108864L);

  private final SpanTree spans;
  private final boolean content;
  private final DoubleHistogram durations;
  private final LongHistogram tokens;

  CallSpans(SpanTree spans, Meter meter, boolean content) {
    this.spans = spans;
    this.content = content;
    this.durations =
        meter
            .histogramBuilder(GenAi.DURATION_METRIC)
            .setUnit("s")
            .setDescription("How long model calls take, with all retries and waiting.")
            .setExplicitBucketBoundariesAdvice(SECONDS)
            .build();
    this.tokens =
        meter
            .histogramBuilder(GenAi.TOKEN_METRIC)
            .setUnit("{token}")
            .setDescription("The tokens of model calls that a provider answered.")
            .ofLongs()
            .setExplicitBucketBoundariesAdvice(TOKENS)
            .build();
  }

  @Override
  public Boolean otherwise(LmEvent event) {
    return false;
  }

  private static AttributesBuilder common(LmEvent event) {
    return Attributes.builder()
        .put(GenAi.OPERATION, "chat")
        .put(GenAi.PROVIDER, GenAi.provider(event.modelId()))
        .put(GenAi.REQUEST_MODEL, GenAi.model(event.modelId()));
  }

  @Override
  public Boolean visit(LmEvent.CallStarted event) {
    LmOptions options = event.request().options();
    AttributesBuilder attributes = common(event);
    boolean json = event.request().format() instanceof ResponseFormat.JsonSchema;
    attributes.put(GenAi.OUTPUT_TYPE, json ? "json" : "text");
    if (options.temperature() != null) {
      attributes.put(GenAi.TEMPERATURE, options.temperature());
    }
    if (options.topP() != null) {
      attributes.put(GenAi.TOP_P, options.topP());
    }
    if (options.maxTokens() != null) {
      attributes.put(GenAi.MAX_TOKENS, options.maxTokens().longValue());
    }
    if (!options.stop().isEmpty()) {
      attributes.put(GenAi.STOP_SEQUENCES, options.stop());
    }
    if (content) {
      attributes.put(GenAi.INPUT_MESSAGES, CallContent.of(event.request()));
    }
    String name = "chat " + GenAi.model(event.modelId());
    spans.start(event.stamp(), name, SpanKind.CLIENT, attributes.build());
    return true;
  }

  @Override
  public Boolean visit(LmEvent.CallAnswered event) {
    LmResponse response = event.response();
    AttributesBuilder attributes =
        Attributes.builder()
            .put(GenAi.RESPONSE_MODEL, response.modelId())
            .put(GenAi.FINISH_REASONS, List.of(CallContent.finishReason(response)))
            .put(GenAi.CACHED, event.cached());
    if (response.usage().known()) {
      attributes
          .put(GenAi.INPUT_TOKENS, response.usage().promptTokens())
          .put(GenAi.OUTPUT_TOKENS, response.usage().completionTokens())
          .put(GenAi.CACHED_TOKENS, response.usage().cachedPromptTokens());
    }
    if (content) {
      attributes.put(GenAi.OUTPUT_MESSAGES, CallContent.of(response));
    }
    measure(event, event.duration(), common(event));
    spans.end(event.stamp(), attributes.build(), null);
    return true;
  }

  private void measure(LmEvent.CallAnswered event, Duration duration, AttributesBuilder common) {
    if (event.cached()) {
      return;
    }
    Context context = spans.context(event.stamp().id());
    LmResponse response = event.response();
    Attributes attributes = common.put(GenAi.RESPONSE_MODEL, response.modelId()).build();
    durations.record(duration.toNanos() / 1e9, attributes, context);
    if (response.usage().known()) {
      tokens.record(response.usage().promptTokens(), of("input", attributes), context);
      tokens.record(response.usage().completionTokens(), of("output", attributes), context);
    }
  }

  private static Attributes of(String type, Attributes attributes) {
    return attributes.toBuilder().put(GenAi.TOKEN_TYPE, type).build();
  }

  @Override
  public Boolean visit(LmEvent.CallFailed event) {
    String type = event.error().getClass().getSimpleName();
    Context context = spans.context(event.stamp().id());
    Attributes attributes = common(event).put(GenAi.ERROR_TYPE, type).build();
    durations.record(event.duration().toNanos() / 1e9, attributes, context);
    spans.end(event.stamp(), Attributes.empty(), event.error());
    return true;
  }

  @Override
  public Boolean visit(LmEvent.AttemptFailed event) {
    String type = event.error().getClass().getSimpleName();
    spans.note(
        event.stamp().parentId(),
        "hone.attempt.failed",
        event.stamp(),
        Attributes.of(GenAi.ERROR_TYPE, type));
    return true;
  }
}
