package dev.hone.langchain4j.wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a reply, at most 64 MB of them, compressed or not. Some servers and proxies compress
 * though nobody asked for it. A body that is not complete in time fails with {@link
 * HttpTimeoutException}, and its connection is closed. Used once, by one reply.
 */
final class ReplyBody implements BodySubscriber<byte[]> {
  private static final int MAX_BYTES = 64 << 20;
  private static final Pattern CHARSET = Pattern.compile("charset=\"?([\\w.:-]+)");
  private static final int GZIP_MAGIC = 0x1f;

  /** One thread for the timeouts of all replies. */
  private static final ScheduledThreadPoolExecutor TIMER = timer();

  private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
  private final Future<?> timeout;
  private volatile @Nullable Subscription subscription;

  /** A body that must be complete within a time from now on. */
  ReplyBody(long nanos) {
    timeout = TIMER.schedule(this::timeOut, nanos, TimeUnit.NANOSECONDS);
  }

  private static ScheduledThreadPoolExecutor timer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            1,
            code -> {
              Thread thread = new Thread(code, "hone-reply-timeout");
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  private void timeOut() {
    fail(new HttpTimeoutException("the reply began, and was not complete in time"));
  }

  private void fail(IOException error) {
    whole.completeExceptionally(error);
    Subscription given = subscription;
    if (given != null) {
      given.cancel();
    }
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return whole;
  }

  @Override
  public void onSubscribe(Subscription given) {
    subscription = given;
    if (whole.isDone()) {
      given.cancel();
    } else {
      given.request(Long.MAX_VALUE);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      byte[] chunk = new byte[buffer.remaining()];
      buffer.get(chunk);
      if (bytes.size() + chunk.length > MAX_BYTES) {
        timeout.cancel(false);
        fail(tooLarge());
        return;
      }
      bytes.writeBytes(chunk);
    }
  }

  @Override
  public void onError(Throwable error) {
    timeout.cancel(false);
    whole.completeExceptionally(error);
  }

  @Override
  public void onComplete() {
    timeout.cancel(false);
    whole.complete(bytes.toByteArray());
  }

  private static IOException tooLarge() {
    return new IOException("the reply has more than " + (MAX_BYTES >> 20) + " MB");
  }

  /** The text of a reply without a byte order mark. */
  static String text(URI uri, HttpResponse<byte[]> response) {
    try {
      byte[] plain = unpacked(response.headers(), response.body());
      String text = new String(plain, charset(response.headers()));
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (IOException e) {
      throw ConnectionFailure.of(uri, e);
    }
  }

  private static byte[] unpacked(HttpHeaders headers, byte[] body) throws IOException {
    String encoding =
        headers.firstValue("Content-Encoding").orElse("").strip().toLowerCase(Locale.ROOT);
    if (body.length > 1 && (body[0] & 0xff) == GZIP_MAGIC && (body[1] & 0xff) == 0x8b) {
      return limited(new GZIPInputStream(new ByteArrayInputStream(body)));
    }
    return encoding.equals("deflate")
        ? limited(new InflaterInputStream(new ByteArrayInputStream(body)))
        : body;
  }

  /** All bytes that are left, at most as many as a reply may have. */
  static byte[] limited(InputStream in) throws IOException {
    byte[] plain = in.readNBytes(MAX_BYTES + 1);
    if (plain.length > MAX_BYTES) {
      throw tooLarge();
    }
    return plain;
  }

  private static Charset charset(HttpHeaders headers) {
    Matcher named = CHARSET.matcher(headers.firstValue("Content-Type").orElse(""));
    try {
      return named.find() ? Charset.forName(named.group(1)) : StandardCharsets.UTF_8;
    } catch (IllegalArgumentException e) {
      return StandardCharsets.UTF_8;
    }
  }
}
