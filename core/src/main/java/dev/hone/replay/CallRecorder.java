package dev.hone.replay;

import dev.hone.lm.LmException;
import dev.hone.lm.LmResponse;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Records the calls of a run, and knows those of earlier times that the run was made. Bound to a
 * context as a value, it is asked for every call of a model under that context, and under every
 * other that is bound within. Thread-safe.
 */
public interface CallRecorder {
  /**
   * Opens the record of a call that is about to be made.
   *
   * @param requestKey what identifies the request to the model
   * @param place the piece of work that makes it
   * @throws LmException.JournalFailed if nothing can be recorded any more
   */
  Entry open(String requestKey, CallPlace place);

  /** The attempts of earlier times that were paid for. */
  long earlierCalls();

  /** The tokens that the replies of earlier times cost. */
  long earlierTokens();

  /** The US dollars that they cost, by the prices of their time, as far as these were known. */
  BigDecimal earlierUsd();

  /** The record of one call. Exactly one of known, end and drop says what became of it. */
  interface Entry {
    /** What became of this call in an earlier time; if it is known, the call is not made. */
    Optional<CallOutcome> known();

    /** A reply that the same request was paid for elsewhere in the run, in an earlier time. */
    Optional<LmResponse> paidElsewhere();

    /**
     * Records what became of the call.
     *
     * @throws LmException.JournalFailed if it cannot be recorded
     */
    void end(CallOutcome outcome);

    /** The call came to no end that is to be recorded. */
    void drop();
  }
}
