package dev.hone.langchain4j.wire;

import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.PushbackInputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

  /** The last event of a stream of completions. */
  static final String DONE = "[DONE]";

  private final ServerSentEventListener listener;
  private final URI uri;
  private final BodyReader reader;
  private final UnaryOperator<String> plain;
  private boolean ended;
  private boolean failed;

  EventStream(URI uri, BodyReader reader, ServerSentEventListener listener) {
    this.uri = uri;
    this.reader = reader;
    this.plain = reader.events();
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
      parser.parse(events(new PushbackInputStream(body.unpacked())), this);
    } catch (IOException | RuntimeException e) {
      onError(e);
      return;
    }
    close();
  }

  /**
   * The events of a body from its first one on. A whole reply becomes the one event that tells it,
   * lines of JSON, as some servers and proxies send them, become one each.
   */
  private InputStream events(PushbackInputStream body) throws IOException {
    int first = body.read();
    while (first >= 0 && Character.isWhitespace(first)) {
      first = body.read();
    }
    if (first >= 0) {
      body.unread(first);
    }
    if (!reader.isWhole(first)) {
      return body;
    }
    String whole = new String(ReplyBody.limited(body), StandardCharsets.UTF_8).strip();
    Stream<String> data =
        whole.contains("\n{") ? whole.lines() : Stream.of(reader.read(uri, whole), DONE);
    String told = data.map(each -> "data: " + each + "\n\n").collect(Collectors.joining());
    return new ByteArrayInputStream(told.getBytes(StandardCharsets.UTF_8));
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
    ofReply(event).ifPresent(listener::onEvent);
  }

  @Override
  public void onEvent(ServerSentEvent event, ServerSentEventContext context) {
    ofReply(event).ifPresent(told -> listener.onEvent(told, context));
  }

  /** The event as it is handed on; empty if the reply has failed. */
  private Optional<ServerSentEvent> ofReply(ServerSentEvent event) {
    String data = event.data();
    if (failed || data == null) {
      return failed ? Optional.empty() : Optional.of(event);
    }
    boolean isLast = END.matcher(data).find();
    ended |= isLast || data.equals(DONE);
    try {
      if (isLast || data.contains("\"error\"")) {
        ForeignReply.inEvent(data).ifPresent(this::fail);
      }
      return failed
          ? Optional.empty()
          : Optional.of(new ServerSentEvent(event.event(), plain.apply(data)));
    } catch (RuntimeException e) {
      fail(e);
      return Optional.empty();
    }
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
