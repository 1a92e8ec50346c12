package dev.hone.cli.serve;

import com.sun.net.httpserver.HttpExchange;
import dev.hone.json.Json;
import dev.hone.stream.ProgramStream;
import dev.hone.stream.StreamPart;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The answer to one request as server-sent events, while it is made. What can no longer be said by
 * a status, since the answer has begun, is the event {@code error}. A client that leaves ends the
 * run at its next part.
 */
final class ServedEvents {
  private final HttpExchange exchange;
  private final OutputStream body;

  /** How it was found that the client has left. */
  private volatile @Nullable IOException left;

  private ServedEvents(HttpExchange exchange) {
    this.exchange = exchange;
    this.body = exchange.getResponseBody();
  }

  /** Whether a request asks for events. */
  static boolean areWanted(HttpExchange exchange) {
    String accept = exchange.getRequestHeaders().getFirst("Accept");
    return accept != null && accept.toLowerCase(Locale.ROOT).contains("text/event-stream");
  }

  /** Runs the program and sends its parts; the status is 200 from the beginning. */
  static void send(HttpExchange exchange, ServedProgram program, ObjectNode input)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
    exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(200, 0);
    new ServedEvents(exchange).run(program, input);
  }

  private void run(ServedProgram program, ObjectNode input) throws IOException {
    try {
      program.context().call(() -> ProgramStream.of(program.program()).run(input, this::send));
    } catch (RuntimeException | Error e) {
      IOException gone = left;
      if (gone != null) {
        throw gone;
      }
      event("error", (ObjectNode) Json.parse(ErrorReplies.of(e).body()));
    } finally {
      exchange.close();
    }
  }

  private void send(StreamPart part) {
    ObjectNode data = Json.object();
    if (!(part instanceof StreamPart.Finished)) {
      data.put("predictor", part.predictor()).put("call", part.call());
    }
    if (part instanceof StreamPart.FieldText text) {
      event("text", data.put("field", text.field()).put("delta", text.delta()));
    } else if (part instanceof StreamPart.FieldValue value) {
      event("value", data.put("field", value.field()).set("value", value.json()));
    } else if (part instanceof StreamPart.Withdrawn withdrawn) {
      withdrawn.fields().forEach(data.putArray("fields")::add);
      event("withdrawn", data);
    } else if (part instanceof StreamPart.Answered answered) {
      event("answered", data.set("outputs", answered.outputs()));
    } else if (part instanceof StreamPart.Finished finished) {
      event("finished", (ObjectNode) finished.output());
    }
  }

  private void event(String name, ObjectNode data) {
    String event = "event: " + name + "\ndata: " + Json.write(data) + "\n\n";
    try {
      body.write(event.getBytes(StandardCharsets.UTF_8));
      body.flush();
    } catch (IOException e) {
      left = e;
      throw new UncheckedIOException(e);
    }
  }
}
