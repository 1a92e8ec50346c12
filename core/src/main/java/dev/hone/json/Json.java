package dev.hone.json;

import dev.hone.InvalidInputException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.ValueNode;

/**
 * Reads and writes JSON trees. Numbers keep their exact decimal value; duplicate keys, trailing
 * text, more than {@value #MAX_DEPTH} levels and numbers with more than 1,000 characters or places
 * are errors. What can be read can be written, within a file of Hone's own too. Thread-safe.
 */
public final class Json {
  /** The most levels of objects and arrays in a value, in replies, data and inputs: 500. */
  public static final int MAX_DEPTH = 500;

  /** The most levels in a file of Hone's own, where values stand some levels deep. */
  private static final int MAX_FILE_DEPTH = MAX_DEPTH + 100;

  private static final JsonMapper MAPPER = mapper(MAX_DEPTH);
  private static final JsonMapper FILE_MAPPER = mapper(MAX_FILE_DEPTH);

  private Json() {}

  private static JsonMapper mapper(int readDepth) {
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder().maxNestingDepth(readDepth).build())
            .streamWriteConstraints(
                StreamWriteConstraints.builder().maxNestingDepth(MAX_FILE_DEPTH).build())
            .build();
    return JsonMapper.builder(factory)
        .nodeFactory(new BoundedNumbers())
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
        .build();
  }

  /**
   * Reads one JSON value.
   *
   * @throws tools.jackson.core.JacksonException if the text is not exactly one JSON value, or is
   *     one beyond the limits
   */
  public static JsonNode parse(String text) {
    return parse(MAPPER, text);
  }

  /**
   * Reads the JSON of a file that Hone wrote, whose values may stand {@value #MAX_DEPTH} levels
   * below those of the file.
   *
   * @throws tools.jackson.core.JacksonException if the text is not exactly one JSON value, or is
   *     one beyond the limits
   */
  public static JsonNode parseFile(String text) {
    return parse(FILE_MAPPER, text);
  }

  private static JsonNode parse(JsonMapper mapper, String text) {
    try {
      return mapper.readTree(text);
    } catch (NumberFormatException e) {
      throw new StreamReadException(null, BoundedNumbers.PROBLEM, e);
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

  /**
   * Writes a tree on one line, keys in the tree's own order.
   *
   * @throws InvalidInputException if the tree has more levels than a file may have
   */
  public static String write(JsonNode node) {
    return write(MAPPER.writer(), node);
  }

  /**
   * Writes a tree over several lines for people to read, keys in the tree's own order.
   *
   * @throws InvalidInputException if the tree has more levels than a file may have
   */
  public static String pretty(JsonNode node) {
    return write(MAPPER.writerWithDefaultPrettyPrinter(), node);
  }

  /**
   * Writes a tree on one line with the keys of every object sorted: equal values, equal text.
   *
   * @throws InvalidInputException if the tree has more levels than a file may have
   */
  public static String canonical(JsonNode node) {
    return write(sorted(node, 0));
  }

  private static String write(ObjectWriter writer, JsonNode node) {
    try {
      return writer.writeValueAsString(node);
    } catch (StreamConstraintsException e) {
      throw tooDeep();
    }
  }

  private static InvalidInputException tooDeep() {
    return InvalidInputException.of(
        "A JSON value has more levels of objects and arrays than can be saved (%d)"
            .formatted(MAX_DEPTH),
        "it holds itself, or is to be a text");
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

  private static JsonNode sorted(JsonNode node, int depth) {
    if (depth > MAX_FILE_DEPTH) {
      throw tooDeep();
    }
    if (node instanceof ObjectNode object) {
      ObjectNode result = object();
      object.propertyNames().stream()
          .sorted()
          .forEach(name -> result.set(name, sorted(object.get(name), depth + 1)));
      return result;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode result = array();
      array.forEach(item -> result.add(sorted(item, depth + 1)));
      return result;
    }
    return node;
  }

  /** Refuses numbers with so many places that reckoning with them would take minutes. */
  private static final class BoundedNumbers extends JsonNodeFactory {
    private static final long serialVersionUID = 1L;
    private static final String PROBLEM = "a number in it is too large or too long";

    @Override
    public ValueNode numberNode(@Nullable BigDecimal value) {
      if (value != null && !JsonNumber.isWithinLimits(value)) {
        throw new StreamReadException(null, PROBLEM);
      }
      return super.numberNode(value);
    }
  }
}
