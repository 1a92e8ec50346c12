package dev.hone.optimize.journal;

import dev.hone.json.Json;
import dev.hone.lm.LmException;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmResponse.StopReason;
import dev.hone.lm.LmUsage;
import dev.hone.replay.CallOutcome;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Outcomes of calls as JSON and back. What is read is looked up in tables, never made by name. */
final class OutcomeCodec {
  private static final Map<String, BiFunction<String, @Nullable Throwable, LmException>> KINDS =
      Map.of(
          "RateLimited", (message, cause) -> new LmException.RateLimited(message, null, cause),
          "TimedOut", LmException.TimedOut::new,
          "Unavailable", (message, cause) -> new LmException.Unavailable(message, null, cause),
          "StreamBroken", OutcomeCodec::streamBroken,
          "Unauthorized", LmException.Unauthorized::new,
          "PaymentRequired", LmException.PaymentRequired::new,
          "ContextWindowExceeded", LmException.ContextWindowExceeded::new,
          "ContentRefused", LmException.ContentRefused::new,
          "InvalidRequest", LmException.InvalidRequest::new,
          "ProviderFailed", LmException.ProviderFailed::new);

  private OutcomeCodec() {}

  /** Whether a failure belongs to the request itself, so that it would be the same again. */
  static boolean isOfRequest(LmException error) {
    return error instanceof LmException.ContextWindowExceeded
        || error instanceof LmException.ContentRefused
        || error instanceof LmException.InvalidRequest;
  }

  /** Whether a call gave no reply for a reason that may be gone the next time. */
  static boolean isOutage(LmException error) {
    return error instanceof LmException.Retriable || error instanceof LmException.ProviderFailed;
  }

  static void write(CallOutcome outcome, ObjectNode node) {
    outcome.response().ifPresent(response -> node.set("response", response(response)));
    outcome.error().ifPresent(error -> node.set("error", error(error)));
    if (!outcome.failedAttempts().isEmpty()) {
      ArrayNode attempts = node.putArray("failedAttempts");
      outcome.failedAttempts().forEach(error -> attempts.add(error(error)));
    }
    if (outcome.paidUsd().signum() > 0) {
      node.put("usd", outcome.paidUsd().toPlainString());
    }
    outcome.fallbackId().ifPresent(id -> node.put("fallback", id));
    node.put("nanos", outcome.duration().toNanos());
  }

  static CallOutcome read(ObjectNode node) {
    List<LmException> attempts = new ArrayList<>();
    node.path("failedAttempts").forEach(error -> attempts.add(error(error)));
    Duration duration = Duration.ofNanos(node.path("nanos").longValue());
    CallOutcome outcome =
        node.has("response")
            ? CallOutcome.answered(response(node.path("response")), attempts, duration)
                .withPaidUsd(usd(node))
            : CallOutcome.failed(error(node.path("error")), attempts, duration);
    return node.has("fallback")
        ? outcome.withFallback(node.path("fallback").stringValue(""))
        : outcome;
  }

  /** Nothing where it is not said, as in journals of earlier versions, or cannot be read. */
  private static BigDecimal usd(ObjectNode node) {
    try {
      return new BigDecimal(node.path("usd").stringValue("0"));
    } catch (NumberFormatException e) {
      return BigDecimal.ZERO;
    }
  }

  private static ObjectNode error(LmException error) {
    Throwable said = error instanceof LmException.StreamBroken ? error.getCause() : error;
    return Json.object()
        .put("kind", error.getClass().getSimpleName())
        .put("message", said == null ? "" : said.getMessage());
  }

  /** A message is that of what broke the reply off; the rest is the same for all. */
  private static LmException streamBroken(String message, @Nullable Throwable cause) {
    return new LmException.StreamBroken(new LmException.Unavailable(message, null, cause));
  }

  private static LmException error(JsonNode node) {
    String message = node.path("message").stringValue("");
    var kind = KINDS.get(node.path("kind").stringValue(""));
    return kind == null ? new LmException.ProviderFailed(message, null) : kind.apply(message, null);
  }

  private static ObjectNode response(LmResponse response) {
    ObjectNode node = Json.object();
    ArrayNode parts = node.putArray("parts");
    response.parts().forEach(part -> parts.add(part.accept(PartCodec.WRITER)));
    node.put("stopReason", response.stopReason().name());
    node.set("usage", usage(response.usage()));
    if (response.cached()) {
      node.put("cached", true);
      node.set("paidUsage", usage(response.paidUsage()));
    }
    return node.put("modelId", response.modelId());
  }

  static LmResponse response(JsonNode node) {
    LmResponse.Builder builder =
        LmResponse.builder()
            .parts(PartCodec.read(node.path("parts")))
            .stopReason(stopReason(node.path("stopReason").stringValue("")))
            .usage(usage(node.path("usage")))
            .modelId(node.path("modelId").stringValue(""));
    return node.path("cached").booleanValue(false)
        ? builder.cached(true).paidUsage(usage(node.path("paidUsage"))).build()
        : builder.build();
  }

  private static StopReason stopReason(String name) {
    for (StopReason reason : StopReason.values()) {
      if (reason.name().equals(name)) {
        return reason;
      }
    }
    return StopReason.OTHER;
  }

  private static ObjectNode usage(LmUsage usage) {
    ObjectNode node =
        Json.object()
            .put("prompt", usage.promptTokens())
            .put("completion", usage.completionTokens());
    if (usage.cachedPromptTokens() != 0) {
      node.put("cachedPrompt", usage.cachedPromptTokens());
    }
    return usage.known() ? node : node.put("known", false);
  }

  private static LmUsage usage(JsonNode node) {
    return LmUsage.builder()
        .promptTokens(node.path("prompt").longValue(0))
        .completionTokens(node.path("completion").longValue(0))
        .cachedPromptTokens(node.path("cachedPrompt").longValue(0))
        .known(node.path("known").booleanValue(true))
        .build();
  }
}
