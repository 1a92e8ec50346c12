package dev.hone.pipeline;

import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.ResponseFormat;
import dev.hone.lm.ResponseFormat.JsonSchema;
import dev.hone.lm.bridge.Causes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks once more without a part of the request that a model does not take, and leaves that part out
 * from then on: whether a model takes a JSON schema, or a temperature, is known by trying only.
 *
 * <p>A request that is refused as invalid is asked again without its temperature if the refusal
 * names that, else without its schema, whatever the refusal says, since providers have no common
 * words for it; a prompt says the same as its schema. What is remembered once the plainer request
 * is answered: of temperatures the value, as some models take a part of the range; of schemas that
 * the model takes none, or this one if it took another before; nothing if the provider says that
 * the model failed at the schema in this reply. If no plainer request is answered, the last refusal
 * is thrown, with the earlier ones suppressed. Says in the log, once, what it leaves out.
 *
 * <p>Cost: one more attempt for each part that is refused. Keys of caches are those of the requests
 * as they came.
 */
final class FallbackStep implements PipelineStep {
  private static final Logger LOG = LoggerFactory.getLogger(FallbackStep.class);

  /** How providers say that a schema is fine and the model's reply did not follow it. */
  private static final Pattern REPLY_FAILED =
      Pattern.compile(
          "fail(ed|ure) to (generate|produce)|failed_generation|json_validate|did not (match|follow)");

  private final PipelineStep next;
  private final String modelId;
  private final Set<Double> refusedTemperatures = ConcurrentHashMap.newKeySet();
  private final Set<JsonSchema> refusedSchemas = ConcurrentHashMap.newKeySet();
  private volatile boolean takesNoSchema;
  private volatile boolean tookSchema;

  FallbackStep(PipelineStep next, String modelId) {
    this.next = next;
    this.modelId = modelId;
  }

  /** A request that was refused, and the plainer one that is asked in its place. */
  private record Refusal(LmRequest asked, LmRequest plainer, LmException error) {}

  @Override
  public LmResponse call(LmRequest request, AttemptListener listener) {
    List<Refusal> refusals = new ArrayList<>(0);
    LmRequest asked = withoutRefused(request);
    while (true) {
      try {
        LmResponse response = next.call(asked, listener);
        if (asked.format() instanceof JsonSchema) {
          tookSchema = true;
        }
        refusals.forEach(this::remember);
        return response;
      } catch (LmException.InvalidRequest e) {
        Optional<LmRequest> plainer = plainer(asked, e);
        if (plainer.isEmpty()) {
          refusals.forEach(refusal -> Causes.suppress(e, refusal.error()));
          throw e;
        }
        refusals.add(new Refusal(asked, plainer.get(), e));
        asked = plainer.get();
      }
    }
  }

  private LmRequest withoutRefused(LmRequest request) {
    LmRequest asked = request;
    @Nullable Double temperature = asked.options().temperature();
    if (temperature != null && refusedTemperatures.contains(temperature)) {
      asked = withoutTemperature(asked);
    }
    if (asked.format() instanceof JsonSchema schema
        && (takesNoSchema || !refusedSchemas.isEmpty() && refusedSchemas.contains(schema))) {
      asked = withoutSchema(asked);
    }
    return asked;
  }

  private static Optional<LmRequest> plainer(LmRequest asked, LmException error) {
    if (asked.options().temperature() != null && words(error).contains("temperature")) {
      return Optional.of(withoutTemperature(asked));
    }
    return asked.format() instanceof JsonSchema
        ? Optional.of(withoutSchema(asked))
        : Optional.empty();
  }

  private static LmRequest withoutTemperature(LmRequest request) {
    return request.withOptions(request.options().withTemperature(null));
  }

  private static LmRequest withoutSchema(LmRequest request) {
    return request.toBuilder().format(ResponseFormat.TEXT).build();
  }

  private void remember(Refusal refusal) {
    @Nullable Double temperature = refusal.asked().options().temperature();
    if (temperature != null && refusal.plainer().options().temperature() == null) {
      if (refusedTemperatures.add(temperature)) {
        say("the temperature " + temperature, refusal);
      }
    } else if (refusal.asked().format() instanceof JsonSchema schema
        && !REPLY_FAILED.matcher(words(refusal.error())).find()) {
      remember(schema, refusal);
    }
  }

  private void remember(JsonSchema schema, Refusal refusal) {
    if (tookSchema) {
      if (refusedSchemas.add(schema)) {
        say("the JSON schema " + schema.name(), refusal);
      }
    } else if (!takesNoSchema) {
      takesNoSchema = true;
      say("a JSON schema", refusal);
    }
  }

  private void say(String part, Refusal refusal) {
    LOG.warn(
        "The model {} does not take {}, which is left out from now on: {}",
        modelId,
        part,
        refusal.error().getMessage());
  }

  private static String words(LmException error) {
    return String.valueOf(error.getMessage()).toLowerCase(Locale.ROOT);
  }
}
