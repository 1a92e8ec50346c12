package dev.hone.pipeline;

import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;

/** One step of the pipeline: answers by itself, or through the step after it. Thread-safe. */
@FunctionalInterface
interface PipelineStep {
  /**
   * Answers a request.
   *
   * @throws LmException if there is no answer
   */
  LmResponse call(LmRequest request, AttemptListener listener);
}
