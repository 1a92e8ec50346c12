package dev.hone.lm.batch;

import dev.hone.lm.LmRequest;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A call that waits for its batch: first to be handed in, then to end. */
final class WaitingCall {
  private final LmRequest request;
  private final String key;
  private final long bytes;
  private final CompletableFuture<BatchedReply> reply = new CompletableFuture<>();

  /** Where it is answered, guarded by the lock of the book; null while it is gathered. */
  private @Nullable OpenBatch batch;

  private int index;

  WaitingCall(LmRequest request, String key, long bytes) {
    this.request = request;
    this.key = key;
    this.bytes = bytes;
  }

  LmRequest request() {
    return request;
  }

  /** What identifies the request, in every process. */
  String key() {
    return key;
  }

  long bytes() {
    return bytes;
  }

  CompletableFuture<BatchedReply> reply() {
    return reply;
  }

  @Nullable OpenBatch batch() {
    return batch;
  }

  /** Its place in the batch. */
  int index() {
    return index;
  }

  void joins(@Nullable OpenBatch value, int place) {
    batch = value;
    index = place;
  }
}
