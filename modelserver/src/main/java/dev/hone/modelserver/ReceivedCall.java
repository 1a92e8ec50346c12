package dev.hone.modelserver;

import dev.hone.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A call that reached the server. Immutable, but for the body, which nobody may change. */
public final class ReceivedCall {
  private final int number;
  private final int attempt;
  private final String path;
  private final ObjectNode body;
  private final String authorization;

  ReceivedCall(int number, int attempt, String path, ObjectNode body, String authorization) {
    this.number = number;
    this.attempt = attempt;
    this.path = path;
    this.body = body;
    this.authorization = authorization;
  }

  /** Its place among all calls, from 1. */
  public int number() {
    return number;
  }

  /** How often this very body was sent, from 1. */
  public int attempt() {
    return attempt;
  }

  /** The path, such as {@code /v1/chat/completions}. */
  public String path() {
    return path;
  }

  /** The body as it came; never change it. */
  public ObjectNode body() {
    return body;
  }

  /** The Authorization or x-api-key header; empty if there was none. */
  public String authorization() {
    return authorization;
  }

  /** The text that the call ends with: the last message's, or the input of an embedding. */
  public String text() {
    JsonNode items = body.has("messages") ? body.path("messages") : body.path("input");
    JsonNode last = items.isArray() && !items.isEmpty() ? items.get(items.size() - 1) : items;
    JsonNode content = last.has("content") ? last.path("content") : last;
    return content.isString() ? content.asString() : Json.write(content);
  }

  /** Whether the reply is wanted as a stream. */
  public boolean isStream() {
    return body.path("stream").asBoolean(false);
  }

  /** One line, without what the call says and without its key. */
  @Override
  public String toString() {
    return "ReceivedCall[%d, attempt %d, %s]".formatted(number, attempt, path);
  }
}
