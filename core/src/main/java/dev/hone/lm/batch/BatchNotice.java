package dev.hone.lm.batch;

import java.time.Duration;
import java.time.Instant;

/**
 * What there is to say of a batch. Immutable.
 *
 * @param kind what happened
 * @param modelId the model that is asked
 * @param batchId the provider's id of the batch; empty while it has none
 * @param requests how many it has
 * @param answered how many of them are answered or have failed, as far as the provider says
 * @param since when it was handed in, or was to be
 * @param nextLook how long it is until the provider is asked again; zero where it is not
 * @param detail what is wrong, for {@link Kind#TROUBLE} and {@link Kind#ENDED}; may be empty
 */
public record BatchNotice(
    Kind kind,
    String modelId,
    String batchId,
    int requests,
    long answered,
    Instant since,
    Duration nextLook,
    String detail) {
  /** What happened to a batch. */
  public enum Kind {
    /** It was handed in. */
    SUBMITTED,
    /** It was handed in earlier, as by a process that was killed; its answers are waited for. */
    RESUMED,
    /** It was looked at, and goes on. */
    WAITING,
    /** The provider refused to be asked, or could not be reached; it is asked again. */
    TROUBLE,
    /** It ended, and its answers are there; or it failed. */
    ENDED
  }

  /** Is told of batches, on a thread of the batched model; must return soon. */
  @FunctionalInterface
  public interface Listener {
    /** Tells nobody. */
    Listener NONE = notice -> {};

    /** Something happened. */
    void onBatch(BatchNotice notice);
  }
}
