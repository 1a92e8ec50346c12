package dev.hone.adapter.partial;

import dev.hone.lm.LmResponse;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the whole replies to a request, each once: the cache asks whether it can be read, too. Used
 * on one thread.
 *
 * @param <T> what is read out of a reply
 */
public final class ReplyReader<T> {
  private final Function<LmResponse, T> reading;
  private @Nullable LmResponse last;
  private @Nullable T read;
  private @Nullable RuntimeException problem;

  /**
   * A reader.
   *
   * @param reading reads one reply, or throws
   */
  public ReplyReader(Function<LmResponse, T> reading) {
    this.reading = reading;
  }

  /** Whether a reply can be read. */
  public boolean isAnswer(LmResponse reply) {
    last = reply;
    problem = null;
    try {
      read = reading.apply(reply);
    } catch (RuntimeException e) {
      problem = e;
    }
    return problem == null;
  }

  /** What came of a reply, which a cache may have marked since it was read. */
  public T read(LmResponse reply) {
    if (last == null
        || last.stopReason() != reply.stopReason()
        || !last.parts().equals(reply.parts())) {
      isAnswer(reply);
    }
    if (problem != null) {
      throw problem;
    }
    return Objects.requireNonNull(read);
  }
}
