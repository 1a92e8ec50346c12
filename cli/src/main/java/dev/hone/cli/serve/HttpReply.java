package dev.hone.cli.serve;

import dev.hone.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * A reply of the server.
 *
 * @param status the status
 * @param type the media type of the body
 * @param body the body
 * @param headers further headers
 */
record HttpReply(int status, String type, String body, Map<String, String> headers) {
  /** Stands for a reply that was sent already, part by part. */
  static final HttpReply SENT = new HttpReply(200, "", "", Map.of());

  HttpReply {
    headers = Map.copyOf(headers);
  }

  static HttpReply json(int status, ObjectNode body) {
    return new HttpReply(status, "application/json", Json.write(body) + "\n", Map.of());
  }

  /** An error as JSON: what is wrong, in a sentence. */
  static HttpReply error(int status, String problem) {
    return json(status, Json.object().put("error", problem));
  }

  /** Whether it stands for one that was sent already. */
  boolean isSent() {
    return type.isEmpty();
  }

  HttpReply with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new HttpReply(status, type, body, more);
  }

  byte[] bytes() {
    return body.getBytes(StandardCharsets.UTF_8);
  }
}
