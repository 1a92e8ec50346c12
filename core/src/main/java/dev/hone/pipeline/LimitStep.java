package dev.hone.pipeline;

import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.pipeline.flow.Deadline;
import dev.hone.pipeline.flow.FlowTime;
import dev.hone.pipeline.flow.InFlightLimit;
import dev.hone.pipeline.flow.Places;

/**
 * Limits the number of calls that pass at once, and a minute. A call holds its place until the
 * provider has answered.
 */
final class LimitStep implements PipelineStep {
  private final PipelineStep next;
  private final PipelineStep timed;
  private final Places places;

  LimitStep(PipelineStep next, InFlightLimit limit) {
    this(next, next, Places.of(limit, null, FlowTime.SYSTEM, "the model"));
  }

  /**
   * Steps within limits.
   *
   * @param timed the step for calls that have to be over by a time
   */
  LimitStep(PipelineStep next, PipelineStep timed, Places places) {
    this.next = next;
    this.timed = timed;
    this.places = places;
  }

  /** Calls of a provider, watched where the traffic settings want that, within its limits. */
  static LimitStep around(
      LanguageModel provider, int maxInFlight, TrafficSettings traffic, FlowTime time) {
    Places places = Places.opening(maxInFlight, traffic.rates(time), time, provider);
    ProviderStep step = new ProviderStep(provider);
    PipelineStep watched = new WatchedStep(step, places, traffic);
    return new LimitStep(traffic.isWatched() ? watched : step, watched, places);
  }

  @Override
  public LmResponse call(LmRequest request, AttemptListener listener) {
    Deadline deadline = DeadlineStep.of(listener);
    Places.Place place = places.take(request, deadline);
    LmResponse response;
    try {
      response = (deadline.isNever() ? next : timed).call(request, listener);
    } catch (Throwable e) {
      place.failed(e);
      throw e;
    }
    place.answered(response);
    return response;
  }
}
