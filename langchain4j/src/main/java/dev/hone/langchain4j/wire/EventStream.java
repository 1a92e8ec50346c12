package dev.hone.langchain4j.wire;

import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The events of one streamed reply, read on the thread that made the call. A stream that ends
 * without saying that the reply is whole, or with an error of the server, is one that broke: a
 * proxy that gives up closes it like that. Used once.
 */
final class EventStream implements ServerSentEventListener {
  /** How the protocols that are spoken here say why a reply ended. */
  private static final Pattern END =
      Pattern.compile(
          "(?<!\\\\)\"(?:finish_reason|finishReason)\"\\s*:\\s*\"|\"message_stop\""
              + "|(?<!\\\\)\"done\"\\s*:\\s*true|\"response\\.(?:completed|incomplete)\"");

  private final ServerSentEventListener listener;
  private final URI uri;
  private boolean ended;
  private boolean failed;

  EventStream(URI uri, ServerSentEventListener listener) {
    this.uri = uri;
    this.listener = listener;
  }

  /** Reads all events. */
  void read(HttpResponse<ReplyStream> response, ServerSentEventParser parser) {
    try (ReplyStream body = response.body()) {
      listener.onOpen(
          SuccessfulHttpResponse.builder()
              .statusCode(response.statusCode())
              .headers(response.headers().map())
              .build());
      parser.parse(body.unpacked(), this);
    } catch (IOException e) {
      onError(e);
      return;
    }
    close();
  }

  private void close() {
    if (!ended) {
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
    boolean isLast = END.matcher(data).find();
    ended |= isLast || data.equals("[DONE]");
    if (isLast || data.contains("\"error\"")) {
      ForeignReply.inEvent(data).ifPresent(this::fail);
    }
    return !failed;
  }

  /** Of an error whose kind is not known the server is at fault, as it had begun to answer. */
  private void fail(RuntimeException said) {
    failed = true;
    boolean unknown = said instanceof ForeignReply reply && !reply.cutOff();
    listener.onError(
        unknown ? new HttpFailure(500, 200, String.valueOf(said.getMessage()), null) : said);
  }

  @Override
  public void onError(Throwable error) {
    if (failed) {
      return;
    }
    failed = true;
    if (error instanceof InterruptedIOException) {
      listener.onError(new IllegalStateException("Interrupted while reading a reply", error));
    } else if (error instanceof HttpTimeoutException) {
      listener.onError(new TimeoutException(error));
    } else if (error instanceof IOException broken) {
      listener.onError(ConnectionFailure.of(uri, broken));
    } else {
      listener.onError(error);
    }
  }
}
