package dev.hone.springboot;

import dev.hone.context.LmEvent;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmResponse;
import dev.hone.lm.ResponseFormat;
import dev.hone.observe.Event;
import dev.hone.observe.EventListener;
import dev.hone.observe.EventStamp;
import dev.hone.program.ProgramEvent;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Observations of predictors ({@code hone.predict}) and model calls ({@code hone.call}), each
 * within the nearest one around it; where there is none, within the one that is current where Hone
 * is called, such as {@code hone.run}, on whatever thread it works. Keys are named by
 * OpenTelemetry's conventions for generative AI; those of low cardinality are the same ones for
 * every observation of a name. Prompts and replies, and the words of errors, which quote them, are
 * left out unless they were asked for. Thread-safe.
 */
final class HoneObservations implements EventListener {
  /**
   * More pieces of work under way than this are not observed, so that no memory is lost to them.
   */
  private static final int MOST = 100_000;

  private static final String NONE = "none";

  private final ObservationRegistry registry;
  private final boolean content;
  private final ConcurrentMap<Long, Observation> open = new ConcurrentHashMap<>();

  HoneObservations(ObservationRegistry registry, boolean content) {
    this.registry = registry;
    this.content = content;
  }

  @Override
  public void onEvent(Event event, Map<String, String> metadata) {
    if (event instanceof LmEvent.CallStarted started) {
      start(started);
    } else if (event instanceof LmEvent.CallAnswered answered) {
      end(answered);
    } else if (event instanceof LmEvent.CallFailed failed) {
      end(failed.stamp(), failed.error());
    } else if (event instanceof LmEvent.AttemptFailed failed) {
      note(failed);
    } else if (event instanceof ProgramEvent.PredictorStarted started) {
      String name = started.predictor().isEmpty() ? NONE : started.predictor();
      start(
          started.stamp(),
          observation("hone.predict", "predict " + started.predictor())
              .lowCardinalityKeyValue(GenAiKeys.PREDICTOR, name));
    } else if (event instanceof ProgramEvent.PredictorAnswered answered) {
      end(answered.stamp(), null);
    } else if (event instanceof ProgramEvent.PredictorFailed failed) {
      end(failed.stamp(), failed.error());
    }
  }

  /** The observation that is current on this thread. */
  @Override
  public Supplier<? extends AutoCloseable> carried() {
    Observation current = registry.getCurrentObservation();
    return current == null ? EventListener.super.carried() : current::openScope;
  }

  private Observation observation(String name, String says) {
    return Observation.createNotStarted(name, registry)
        .contextualName(says.strip())
        .lowCardinalityKeyValue(GenAiKeys.ERROR_TYPE, NONE);
  }

  private void start(EventStamp stamp, Observation observation) {
    if (open.size() >= MOST) {
      return;
    }
    // Agents, tools and rollouts are not observed.
    stamp.nearest(open::get).ifPresent(observation::parentObservation);
    open.put(stamp.id(), observation.start());
  }

  private void end(EventStamp stamp, @Nullable Throwable error) {
    Observation observation = open.remove(stamp.id());
    if (observation != null) {
      if (error != null) {
        observation
            .lowCardinalityKeyValue(GenAiKeys.ERROR_TYPE, ObservedFailure.type(error))
            .error(ObservedFailure.of(error, content));
      }
      observation.stop();
    }
  }

  private void start(LmEvent.CallStarted event) {
    LmOptions options = event.request().options();
    boolean json = event.request().format() instanceof ResponseFormat.JsonSchema;
    String model = GenAiKeys.model(event.modelId());
    Observation observation =
        observation("hone.call", "chat " + model)
            .lowCardinalityKeyValue(GenAiKeys.OPERATION, "chat")
            .lowCardinalityKeyValue(GenAiKeys.PROVIDER, GenAiKeys.provider(event.modelId()))
            .lowCardinalityKeyValue(GenAiKeys.REQUEST_MODEL, model)
            .lowCardinalityKeyValue(GenAiKeys.RESPONSE_MODEL, NONE)
            .lowCardinalityKeyValue(GenAiKeys.CACHED, "false")
            .lowCardinalityKeyValue(GenAiKeys.OUTPUT_TYPE, json ? "json" : "text");
    if (options.temperature() != null) {
      high(observation, GenAiKeys.TEMPERATURE, options.temperature());
    }
    if (options.maxTokens() != null) {
      high(observation, GenAiKeys.MAX_TOKENS, options.maxTokens());
    }
    if (content) {
      high(observation, GenAiKeys.INPUT_MESSAGES, event.request().toText());
    }
    start(event.stamp(), observation);
  }

  private void end(LmEvent.CallAnswered event) {
    Observation observation = open.get(event.stamp().id());
    if (observation != null) {
      LmResponse response = event.response();
      observation
          .lowCardinalityKeyValue(GenAiKeys.RESPONSE_MODEL, response.modelId())
          .lowCardinalityKeyValue(GenAiKeys.CACHED, String.valueOf(event.cached()));
      high(
          observation,
          GenAiKeys.FINISH_REASONS,
          response.stopReason().name().toLowerCase(Locale.ROOT));
      if (response.usage().known()) {
        high(observation, GenAiKeys.INPUT_TOKENS, response.usage().promptTokens());
        high(observation, GenAiKeys.OUTPUT_TOKENS, response.usage().completionTokens());
        high(observation, GenAiKeys.CACHED_TOKENS, response.usage().cachedPromptTokens());
      }
      if (content) {
        high(observation, GenAiKeys.OUTPUT_MESSAGES, response.text());
      }
    }
    end(event.stamp(), null);
  }

  private static void high(Observation observation, String key, Object value) {
    observation.highCardinalityKeyValue(key, value.toString());
  }

  private void note(LmEvent.AttemptFailed event) {
    Observation observation = open.get(event.stamp().parentId());
    if (observation != null) {
      String type = event.error().getClass().getSimpleName();
      observation.event(Observation.Event.of("hone.attempt.failed", "attempt failed: " + type));
    }
  }

  /** The pieces of work that are under way. */
  int open() {
    return open.size();
  }
}
