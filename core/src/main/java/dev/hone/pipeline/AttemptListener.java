package dev.hone.pipeline;

import dev.hone.lm.LmException;
import dev.hone.lm.LmResponse;

/**
 * Is notified of every attempt that one call makes at the provider: the first and each retry, but
 * not what the cache answers. After {@link #beforeAttempt} returns, exactly one of {@link
 * #afterReply} and {@link #afterFailure} follows. Budgets and journals hang here. Called on the
 * calling thread.
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
   * The attempt gave a reply.
   *
   * @param response the reply, with the tokens that it cost
   */
  default void afterReply(LmResponse response) {}

  /**
   * The attempt gave no reply; the pipeline may try again.
   *
   * @param error why; an {@link Error} of the provider, which itself passes on, is the cause of a
   *     {@link LmException.ProviderFailed}
   */
  default void afterFailure(LmException error) {}
}
