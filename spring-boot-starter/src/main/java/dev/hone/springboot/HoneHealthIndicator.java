package dev.hone.springboot;

import dev.hone.context.Context;
import dev.hone.context.LmEvent;
import dev.hone.context.MissingModelException;
import dev.hone.lm.LmException;
import dev.hone.observe.Event;
import dev.hone.observe.EventListener;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * The health of Hone in an application: its programs, and the last call of its model. Makes no
 * call.
 *
 * <ul>
 *   <li>{@code DOWN}: there is no model, or it refused the credential at the last call.
 *   <li>{@code DEGRADED}, which answers as {@code UP} does: a program runs, but its newest version
 *       cannot be used, or the last call failed.
 *   <li>{@code UP}: else.
 * </ul>
 */
public final class HoneHealthIndicator implements HealthIndicator {
  /** It works, but not with all that is newest, or not at the last call. */
  public static final Status DEGRADED =
      new Status("DEGRADED", "it works, but a program or the model has a problem");

  private final Context context;
  private final LivePrograms programs;
  private final LastCall lastCall;

  HoneHealthIndicator(Context context, LivePrograms programs, LastCall lastCall) {
    this.context = context;
    this.programs = programs;
    this.lastCall = lastCall;
    lastCall.modelId = model();
  }

  /**
   * Remembers how the last call of the context's model ended, with its fallback: not of a model of
   * another name, such as a judge's, nor what a cache answers. Thread-safe.
   */
  static final class LastCall implements EventListener {
    private volatile Ending last = new Ending("", false);
    private volatile String modelId = "";

    /**
     * By the ids of their stamps: a call that a fallback answers ends under the fallback's name.
     */
    private final Set<Long> underWay = ConcurrentHashMap.newKeySet();

    /**
     * How a call ended.
     *
     * @param failure the class of its exception; empty if it was answered
     * @param refused whether the credential was refused
     */
    private record Ending(String failure, boolean refused) {}

    @Override
    public void onEvent(Event event, Map<String, String> metadata) {
      String own = modelId;
      if (event instanceof LmEvent.CallStarted started) {
        if (own.isEmpty() || started.modelId().equals(own)) {
          underWay.add(started.stamp().id());
        }
      } else if (event instanceof LmEvent.CallAnswered answered) {
        if (underWay.remove(answered.stamp().id()) && !answered.cached()) {
          last = new Ending("", false);
        }
      } else if (event instanceof LmEvent.CallFailed failed
          && underWay.remove(failed.stamp().id())) {
        last =
            new Ending(
                failed.error().getClass().getSimpleName(),
                failed.error() instanceof LmException.Unauthorized);
      }
    }
  }

  @Override
  public Health health() {
    LastCall.Ending last = lastCall.last;
    String failure = last.failure();
    Status status = failure.isEmpty() ? Status.UP : DEGRADED;
    Health.Builder health = new Health.Builder();
    Map<String, Object> details = new LinkedHashMap<>();
    for (LiveProgram<?, ?> program : programs.all()) {
      details.put(program.name(), program(program));
      status = program.problem().isPresent() ? DEGRADED : status;
    }
    String model = model();
    boolean down = model.isEmpty() || last.refused();
    health
        .status(down ? Status.DOWN : status)
        .withDetail("model", model.isEmpty() ? "none" : model);
    if (!failure.isEmpty()) {
      health.withDetail("lastCall", failure);
    }
    return health.withDetail("programs", details).build();
  }

  private String model() {
    try {
      return context.lm().id();
    } catch (MissingModelException e) {
      return "";
    }
  }

  private static Map<String, Object> program(LiveProgram<?, ?> program) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("from", program.place());
    details.put("since", program.since().toString());
    program.problem().ifPresent(problem -> details.put("problem", problem));
    return details;
  }
}
