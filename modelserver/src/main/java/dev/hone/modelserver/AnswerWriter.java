package dev.hone.modelserver;

import com.sun.net.httpserver.HttpExchange;
import dev.hone.modelserver.wire.WireAnswer;
import dev.hone.modelserver.wire.WireAnswer.StreamEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Writes answers, or what faults leave of them. */
final class AnswerWriter {
  private static final String PAGE =
      "<!DOCTYPE html><html><body><h1>Welcome</h1><p>Please log in.</p></body></html>";

  private AnswerWriter() {}

  static void write(HttpExchange exchange, WireAnswer answer) throws IOException {
    write(exchange, answer, WireFault.none());
  }

  static void write(HttpExchange exchange, WireAnswer answer, WireFault fault) throws IOException {
    boolean half = fault.kind() == WireFault.Kind.HALF;
    WireAnswer sent = answer.status() == 200 ? spoilt(answer, fault) : answer;
    sent.headers().forEach(exchange.getResponseHeaders()::set);
    if (fault.kind() == WireFault.Kind.CUT_OFF) {
      return; // closing the exchange ends the connection
    }
    List<StreamEvent> events = sent.events();
    if (events == null) {
      body(exchange, sent, half);
    } else if (half) {
      halfStream(exchange, events);
    } else {
      stream(exchange, events);
    }
  }

  private static void body(HttpExchange exchange, WireAnswer sent, boolean half)
      throws IOException {
    byte[] bytes = sent.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(sent.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes, 0, half ? bytes.length / 2 : bytes.length);
    exchange.getResponseBody().flush();
  }

  private static WireAnswer spoilt(WireAnswer answer, WireFault fault) {
    return switch (fault.kind()) {
      case BROKEN_JSON -> answer.withBody(body(answer).substring(0, body(answer).length() / 2));
      case EMPTY_BODY -> answer.withBody("");
      case WRONG_CONTENT_TYPE ->
          answer.withBody(PAGE).withHeaders(Map.of("Content-Type", "text/html"));
      default -> answer;
    };
  }

  private static String body(WireAnswer answer) {
    List<StreamEvent> events = answer.events();
    return events == null ? answer.body() : events.get(0).text();
  }

  private static void stream(HttpExchange exchange, List<StreamEvent> events) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      for (StreamEvent event : events) {
        out.write(event.text().getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
    }
  }

  /** With its length: without, the JDK's server would end it as if it were whole. */
  private static void halfStream(HttpExchange exchange, List<StreamEvent> events)
      throws IOException {
    List<byte[]> all =
        events.stream().map(event -> event.text().getBytes(StandardCharsets.UTF_8)).toList();
    exchange.sendResponseHeaders(200, all.stream().mapToLong(bytes -> bytes.length).sum());
    for (byte[] bytes : all.subList(0, all.size() / 2)) {
      exchange.getResponseBody().write(bytes);
      exchange.getResponseBody().flush();
    }
  }
}
