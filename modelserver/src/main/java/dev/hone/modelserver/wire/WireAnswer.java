package dev.hone.modelserver.wire;

import dev.hone.json.Json;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What goes back over the wire: a whole body, or a stream of events.
 *
 * @param events what a stream consists of; null for a body
 */
public record WireAnswer(
    int status, Map<String, String> headers, String body, @Nullable List<StreamEvent> events) {

  /** One server-sent event; without a name where it is empty. */
  public record StreamEvent(String name, String data) {
    /** An event whose data is an object. */
    public static StreamEvent of(String name, ObjectNode data) {
      return new StreamEvent(name, Json.write(data));
    }

    /** The event as it goes over the wire. */
    public String text() {
      return (name.isEmpty() ? "" : "event: " + name + "\n") + "data: " + data + "\n\n";
    }
  }

  /** A body of JSON. */
  public static WireAnswer of(int status, String body) {
    return new WireAnswer(status, Map.of("Content-Type", "application/json"), body, null);
  }

  /** A good body. */
  public static WireAnswer of(ObjectNode body) {
    return of(200, Json.write(body));
  }

  /** A stream of server-sent events. */
  public static WireAnswer stream(List<StreamEvent> events) {
    return new WireAnswer(200, Map.of("Content-Type", "text/event-stream"), "", events);
  }

  /** A copy with more headers, or others of these names. */
  public WireAnswer withHeaders(Map<String, String> more) {
    Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.putAll(headers);
    all.putAll(more);
    return new WireAnswer(status, all, body, events);
  }

  /** A copy with another body, and no events. */
  public WireAnswer withBody(String value) {
    return new WireAnswer(status, headers, value, null);
  }
}
