package dev.hone.lm;

import dev.hone.observe.Event;
import java.time.Duration;

/** What happens to calls of language models. */
public sealed interface LmEvent extends Event {

  /**
   * A call was answered.
   *
   * @param modelId the model that was called, see {@link LanguageModel#id()}
   * @param request what was asked
   * @param response the reply; its {@code cached} says whether it cost a call
   * @param duration the time it took, waiting and retries included
   */
  record CallAnswered(String modelId, LmRequest request, LmResponse response, Duration duration)
      implements LmEvent {}

  /**
   * A call brought no reply, after all retries.
   *
   * @param modelId the model that was called
   * @param request what was asked
   * @param error why there is no reply
   * @param duration the time it took, waiting and retries included
   */
  record CallFailed(String modelId, LmRequest request, LmException error, Duration duration)
      implements LmEvent {}

  /**
   * One attempt of a call brought no reply; the pipeline may try again. The calls that a provider
   * was sent are those that were answered and not cached, and these.
   *
   * @param modelId the model that was called
   * @param request what was asked
   * @param error why there is no reply
   */
  record AttemptFailed(String modelId, LmRequest request, LmException error) implements LmEvent {}
}
