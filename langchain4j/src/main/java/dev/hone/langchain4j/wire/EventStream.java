package dev.hone.langchain4j.wire;

import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The events of one streamed reply, read on the thread that made the call. A stream that ends
 * without saying that the reply is whole, or with an error of the server, is one that broke: a
 * proxy that gives up closes it like that. One that is not complete in time is closed. Used once.
 */
final class EventStream implements ServerSentEventListener {
  /** How the protocols that are spoken here say why a reply ended. */
  private static final Pattern END =
      Pattern.compile(
          "(?<!\\\\)\"(?:finish_reason|finishReason|stop_reason)\"\\s*:\\s*\"|\"message_stop\""
              + "|(?<!\\\\)\"done\"\\s*:\\s*true|\"response\\.(?:completed|incomplete)\"");

  private static final Pattern ERROR = Pattern.compile("\\s*\\{\\s*\"error\"\\s*:\\s*[{\"]");

  /** One thread for the timeouts of all streams. */
  private static final ScheduledThreadPoolExecutor TIMER = timer();

  private final ServerSentEventListener listener;
  private final URI uri;
  private boolean ended;
  private boolean failed;
  private volatile boolean late;

  EventStream(URI uri, ServerSentEventListener listener) {
    this.uri = uri;
    this.listener = listener;
  }

  private static ScheduledThreadPoolExecutor timer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            1,
            code -> {
              Thread thread = new Thread(code, "hone-stream-timeout");
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  /** Reads all events, within what is left of the time. */
  void read(HttpResponse<InputStream> response, ServerSentEventParser parser, Duration left) {
    try (InputStream body = response.body()) {
      Future<?> timeout =
          TIMER.schedule(() -> tooLate(body), Math.max(0, left.toNanos()), TimeUnit.NANOSECONDS);
      try {
        listener.onOpen(
            SuccessfulHttpResponse.builder()
                .statusCode(response.statusCode())
                .headers(response.headers().map())
                .build());
        parser.parse(body, this);
      } finally {
        timeout.cancel(false);
      }
    } catch (IOException e) {
      onError(e);
      return;
    }
    close();
  }

  private void tooLate(InputStream body) {
    late = true;
    try {
      body.close();
    } catch (IOException e) {
      // It is given up anyway.
    }
  }

  private void close() {
    if (late || !ended) {
      onError(new EOFException("the stream ended within the reply"));
    } else if (!failed) {
      listener.onClose();
    }
  }

  @Override
  public void onEvent(ServerSentEvent event) {
    if (isOfReply(event.data())) {
      listener.onEvent(event);
    }
  }

  @Override
  public void onEvent(ServerSentEvent event, ServerSentEventContext context) {
    if (isOfReply(event.data())) {
      listener.onEvent(event, context);
    }
  }

  private boolean isOfReply(@Nullable String data) {
    if (failed || data == null) {
      return !failed;
    }
    ended |= data.equals("[DONE]") || END.matcher(data).find();
    if (ERROR.matcher(data).lookingAt()) {
      failed = true;
      listener.onError(new HttpFailure(500, 200, data, null));
    }
    return !failed;
  }

  @Override
  public void onError(Throwable error) {
    if (failed) {
      return;
    }
    failed = true;
    if (late) {
      listener.onError(
          new TimeoutException(
              new HttpTimeoutException("the reply began, and was not complete in time")));
    } else if (error instanceof IOException broken) {
      listener.onError(ConnectionFailure.of(uri, broken));
    } else {
      listener.onError(error);
    }
  }
}
