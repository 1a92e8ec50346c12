package dev.hone.lm.batch;

import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The batch API of a provider, for one model. Every method is one or a few quick calls, throws
 * {@link LmException} if it fails, and does not try again. Implementations are thread-safe.
 */
public interface BatchApi {
  /**
   * How large a batch may be.
   *
   * @param requests the most requests
   * @param bytes the most bytes that {@link #sizeOf} counts of them
   */
  record Limits(int requests, long bytes) {}

  /**
   * A request within a batch.
   *
   * @param id tells it from the others: 1 to 64 letters, digits and hyphens
   * @param request what is asked
   */
  record Item(String id, LmRequest request) {}

  /** How large a batch may be at this provider. */
  Limits limits();

  /** The bytes that a request takes in a batch. Makes no call. */
  long sizeOf(LmRequest request);

  /**
   * Makes sure, by a call that costs nothing, that the provider has batches and takes the
   * credential.
   *
   * @throws LmException if it does not
   */
  void check();

  /**
   * Hands a batch in. From then on it is paid for.
   *
   * @param mark tells this batch from all others, see {@link #find}; up to 16 letters and digits
   * @param items at least one, and within the limits; their ids begin with the mark
   * @return the provider's id of the batch
   */
  String submit(String mark, List<Item> items);

  /**
   * Looks for a batch of which it is not known whether it was handed in, as after a kill.
   *
   * @param mark that of {@link #submit}
   * @param requests how many it has
   * @param since the time before it was handed in
   * @return the provider's id of it; empty if there is none
   */
  Optional<String> find(String mark, int requests, Instant since);

  /**
   * Where a batch is.
   *
   * @param id the provider's id
   * @return empty if the provider knows no such batch, or not any more
   */
  Optional<BatchState> look(String id);

  /**
   * What became of the requests of a batch that has ended, by their ids. One that was not answered
   * for the end of the batch, such as its expiry, may be missing.
   *
   * @param id the provider's id
   * @throws LmException.Retriable if the results are not there yet
   */
  Map<String, BatchedReply> results(String id);
}
