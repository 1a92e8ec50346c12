package dev.hone.cli.serve;

import com.sun.net.httpserver.HttpExchange;
import dev.hone.json.Json;
import dev.hone.stream.ProgramStream;
import dev.hone.stream.StreamPart;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The answer to one request as server-sent events, while it is made. What can no longer be said by
 * a status, since the answer has begun, is the event {@code error}. A client that leaves ends the
 * run at its next part; one that does not read keeps waiting what is written to it, and no call of
 * a model: the run goes on beside it, on a thread of its own.
 */
final class ServedEvents {
  private final HttpExchange exchange;
  private final OutputStream body;

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
    Arrivals arrivals = new Arrivals();
    program
        .context()
        .call(() -> ProgramStream.of(program.program()).publish(input))
        .subscribe(arrivals);
    try (exchange) {
      Optional<StreamPart> part = arrivals.next();
      while (part.isPresent()) {
        send(part.get());
        part = arrivals.next();
      }
      Throwable error = arrivals.error;
      if (error != null) {
        event("error", (ObjectNode) Json.parse(ErrorReplies.of(error).body()));
      }
    } finally {
      arrivals.cancel();
    }
  }

  /** What the run told, which is no more than its replies hold, until it is sent. */
  private static final class Arrivals implements Flow.Subscriber<StreamPart> {
    private final BlockingQueue<Optional<StreamPart>> parts = new LinkedBlockingQueue<>();
    private volatile Flow.@Nullable Subscription subscription;
    private volatile @Nullable Throwable error;

    /** The next part, once it is there; empty at the end. */
    Optional<StreamPart> next() throws InterruptedIOException {
      try {
        return parts.take();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("Interrupted while an answer is made");
      }
    }

    void cancel() {
      Flow.Subscription begun = subscription;
      if (begun != null) {
        begun.cancel();
      }
    }

    @Override
    public void onSubscribe(Flow.Subscription begun) {
      subscription = begun;
      begun.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(StreamPart part) {
      parts.add(Optional.of(part));
    }

    @Override
    public void onError(Throwable failure) {
      error = failure;
      parts.add(Optional.empty());
    }

    @Override
    public void onComplete() {
      parts.add(Optional.empty());
    }
  }

  private void send(StreamPart part) throws IOException {
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

  private void event(String name, ObjectNode data) throws IOException {
    String event = "event: " + name + "\ndata: " + Json.write(data) + "\n\n";
    body.write(event.getBytes(StandardCharsets.UTF_8));
    body.flush();
  }
}
