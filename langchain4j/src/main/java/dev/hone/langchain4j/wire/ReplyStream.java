package dev.hone.langchain4j.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a reply, read while they arrive. Unlike the JDK's own stream, which on Java 17 goes
 * on waiting, it ends with an interrupt of the thread that reads, and when its time is over. Used
 * once, and read by one thread.
 */
final class ReplyStream extends InputStream implements BodySubscriber<ReplyStream> {
  private static final int GZIP_MAGIC = 0x8b1f;

  private final long endNanos;
  private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
  private final Deque<ByteBuffer> buffers = new ArrayDeque<>();
  private final CompletableFuture<Subscription> subscribed = new CompletableFuture<>();
  private volatile boolean closed;
  private boolean ended;

  /** Bytes; or the end, which an error may have made. */
  private record Arrival(List<ByteBuffer> bytes, boolean isLast, @Nullable Throwable error) {}

  /** A reply that must be complete by a time of {@link System#nanoTime}. */
  ReplyStream(long endNanos) {
    this.endNanos = endNanos;
  }

  /** This, or what it is when unpacked: some proxies compress though nobody asked for it. */
  InputStream unpacked() throws IOException {
    ByteBuffer first = next();
    boolean packed =
        first != null
            && first.remaining() > 1
            && (first.get(first.position()) & 0xff | (first.get(first.position() + 1) & 0xff) << 8)
                == GZIP_MAGIC;
    return packed ? new GZIPInputStream(this) : this;
  }

  @Override
  public CompletionStage<ReplyStream> getBody() {
    return CompletableFuture.completedFuture(this);
  }

  @Override
  public void onSubscribe(Subscription given) {
    subscribed.complete(given);
    if (closed) {
      given.cancel();
    } else {
      given.request(1);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> bytes) {
    arrivals.add(new Arrival(bytes, false, null));
  }

  @Override
  public void onError(Throwable error) {
    arrivals.add(new Arrival(List.of(), true, error));
  }

  @Override
  public void onComplete() {
    arrivals.add(new Arrival(List.of(), true, null));
  }

  @Override
  public int read() throws IOException {
    ByteBuffer buffer = next();
    return buffer == null ? -1 : buffer.get() & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    ByteBuffer buffer = next();
    if (buffer == null) {
      return -1;
    }
    int count = Math.min(length, buffer.remaining());
    buffer.get(bytes, offset, count);
    return count;
  }

  @Override
  public int available() {
    ByteBuffer buffer = buffers.peek();
    return buffer == null ? 0 : buffer.remaining();
  }

  /** The buffer with the next bytes; null at the end. */
  private @Nullable ByteBuffer next() throws IOException {
    while (true) {
      ByteBuffer buffer = buffers.peek();
      if (buffer != null && buffer.hasRemaining()) {
        return buffer;
      } else if (buffer != null) {
        buffers.remove();
      } else if (ended) {
        return null;
      } else {
        take(arrival());
      }
    }
  }

  private Arrival arrival() throws IOException {
    if (closed) {
      throw new IOException("The reply was closed");
    }
    try {
      Arrival arrival =
          arrivals.poll(Math.max(0, endNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
      if (arrival != null) {
        return arrival;
      }
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw (IOException)
          new InterruptedIOException("Interrupted while reading a reply").initCause(e);
    }
    close();
    throw new HttpTimeoutException("the reply began, and was not complete in time");
  }

  private void take(Arrival arrival) throws IOException {
    Throwable error = arrival.error();
    if (arrival.isLast()) {
      ended = true;
      if (error != null) {
        throw error instanceof IOException broken ? broken : new IOException(error);
      }
    } else {
      buffers.addAll(arrival.bytes());
      subscribed.join().request(1);
    }
  }

  /** Lets the connection go; one whose reply was not read to its end is closed. */
  @Override
  public void close() {
    closed = true;
    Subscription subscription = subscribed.getNow(null);
    if (!ended && subscription != null) {
      subscription.cancel();
    }
  }
}
