package dev.hone.json;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads and writes JSON trees. Numbers keep their exact decimal value; duplicate keys and trailing
 * text are errors. Thread-safe.
 */
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
          .build();

  private Json() {}

  /**
   * Reads one JSON value.
   *
   * @throws tools.jackson.core.JacksonException if the text is not exactly one JSON value
   */
  public static JsonNode parse(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (NumberFormatException e) {
      throw new StreamReadException(null, "a number in it is too large or too long", e);
    }
  }

  /** What the parser found wrong, without the names of its classes and settings. */
  public static String problem(JacksonException error) {
    String message = error.getOriginalMessage();
    if (message == null) {
      return "it cannot be read";
    } else if (message.contains("FAIL_ON_TRAILING_TOKENS")) {
      return "there is more after the end of the value";
    } else if (message.startsWith("Unexpected end-of-input")) {
      return "the text ends in the middle of the value";
    }
    return message
        .replaceAll(", from `[^`]*`", "")
        .replaceAll("(?s)\\s*\\(start marker at .*", "")
        .replaceAll("\\s+", " ");
  }

  /** Writes a tree on one line, keys in the tree's own order. */
  public static String write(JsonNode node) {
    return MAPPER.writeValueAsString(node);
  }

  /** Writes a tree over several lines for people to read, keys in the tree's own order. */
  public static String pretty(JsonNode node) {
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node);
  }

  /** Writes a tree on one line with the keys of every object sorted: equal values, equal text. */
  public static String canonical(JsonNode node) {
    return write(sorted(node));
  }

  /** The SHA-256 of a tree's canonical text, in 64 hexadecimal digits. */
  public static String fingerprint(JsonNode node) {
    return sha256(canonical(node));
  }

  /** The SHA-256 of a text's UTF-8 bytes, in 64 hexadecimal digits. */
  public static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** Makes an empty object. */
  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** Makes an empty array. */
  public static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  private static JsonNode sorted(JsonNode node) {
    if (node instanceof ObjectNode object) {
      ObjectNode result = object();
      object.propertyNames().stream()
          .sorted()
          .forEach(name -> result.set(name, sorted(object.get(name))));
      return result;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode result = array();
      array.forEach(item -> result.add(sorted(item)));
      return result;
    }
    return node;
  }
}
