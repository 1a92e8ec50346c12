package dev.hone.lm.batch;

import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;

/** What became of one request of a batch, which is read when somebody asks for it. Thread-safe. */
@FunctionalInterface
public interface BatchedReply {
  /**
   * The reply.
   *
   * @param request the request that it is to
   * @throws LmException if the request failed; the type is that of a single call that fails so
   */
  LmResponse read(LmRequest request);

  /** One that is an error. */
  static BatchedReply failed(LmException error) {
    return request -> {
      throw error;
    };
  }
}
