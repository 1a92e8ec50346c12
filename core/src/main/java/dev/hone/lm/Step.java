package dev.hone.lm;

/** One step of the pipeline: answers by itself, or through the step after it. Thread-safe. */
@FunctionalInterface
interface Step {
  /**
   * Answers a request.
   *
   * @throws LmException if no answer could be had
   */
  LmResponse call(LmRequest request, AttemptWatch watch);
}
