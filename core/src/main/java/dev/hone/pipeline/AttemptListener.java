package dev.hone.pipeline;

import dev.hone.lm.LmException;

/**
 * Is told of every attempt that one call makes at the provider: the first and each retry, but not
 * what the cache answers. Budgets and journals hang here. Called on the calling thread.
 */
public interface AttemptListener {
  /** Lets every attempt pass. */
  AttemptListener NONE = new AttemptListener() {};

  /**
   * An attempt is about to go to the provider.
   *
   * @throws LmException to stop the call, fatally
   */
  default void beforeAttempt() {}

  /**
   * The attempt brought no reply; the pipeline may try again.
   *
   * @param error why
   */
  default void afterFailure(LmException error) {}
}
