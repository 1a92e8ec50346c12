package dev.hone.coerce;

import dev.hone.json.Json;
import dev.hone.text.Excerpt;
import dev.hone.text.FoldedName;
import dev.hone.text.LowerCase;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import dev.hone.type.FieldType.Any;
import dev.hone.type.FieldType.Bool;
import dev.hone.type.FieldType.Choice;
import dev.hone.type.FieldType.Decimal;
import dev.hone.type.FieldType.ListOf;
import dev.hone.type.FieldType.MapOf;
import dev.hone.type.FieldType.Message;
import dev.hone.type.FieldType.ObjectOf;
import dev.hone.type.FieldType.OptionalOf;
import dev.hone.type.FieldType.SetOf;
import dev.hone.type.FieldType.Temporal;
import dev.hone.type.FieldType.Text;
import dev.hone.type.FieldType.Whole;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Converts values to their fields' types: tolerant of how models and files write them, strict about
 * what it returns. The results are canonical, so that equal values are equal nodes:
 *
 * <ul>
 *   <li>a text, a choice (its exact name), a date or time (ISO-8601 with seconds) is a {@link
 *       StringNode};
 *   <li>a whole number is a {@code LongNode}, or a {@code BigIntegerNode} if it has no limits;
 *   <li>a number with a fraction is a finite {@code DoubleNode}, or a {@code DecimalNode} if exact;
 *   <li>a list or set is an array (a set without repeats, in the order in which values came);
 *   <li>a map or nested record is an object, a record's keys in declared order;
 *   <li>an absent optional is a {@link NullNode}; the words that say so are in {@link RawText}.
 * </ul>
 *
 * <p>A bare item is read as a list of one, and a list of one where a single value is expected that
 * is no text; a value one object too deep is taken out of it ({@link Wrappers}), and what stands
 * beside a value without adding to it is left out ({@link Beside}). Where more is found than can be
 * distinguished or taken, or where two readings are possible, it is refused: nothing else is left
 * out but the text around JSON values and the keys that a record does not have.
 *
 * <p>Values that are canonical already are returned as they are, at little cost. Nothing that was
 * given is changed. Thread-safe; never throws anything but {@link TypeMismatchException}.
 */
public final class Coercion {
  /** More than a message shows of a value, so that the rest need not be looked at. */
  private static final int SHOWN_CHARS = 1000;

  private static final Set<String> YES = Set.of("true", "yes", "1", "y", "t");
  private static final Set<String> NO = Set.of("false", "no", "0", "n", "f");

  private Coercion() {}

  /**
   * Converts an object to its fields: exactly those, in their order, within their limits. Keys are
   * found in any case, with any spaces, underscores and hyphens; other keys are left out; an
   * optional may be missing.
   *
   * @param path the path of names and indices to the object; empty for the whole value
   * @throws TypeMismatchException if a value is missing or does not fit
   */
  public static ObjectNode object(List<Field> fields, JsonNode node, String path) {
    if (!(node instanceof ObjectNode object)) {
      throw mismatch(path, node, new ObjectOf("", fields).label());
    }
    ObjectNode result = Json.object();
    for (Field field : fields) {
      String child = path.isEmpty() ? field.name() : path + "." + field.name();
      JsonNode value = object.get(field.name());
      if (value == null) {
        value = lookup(object, field.name(), fields);
      }
      if (value == null && !(field.type() instanceof OptionalOf)) {
        throw new TypeMismatchException(
            child, "the value is missing, expected " + field.type().label());
      }
      result.set(field.name(), value(field, value == null ? NullNode.getInstance() : value, child));
    }
    return result;
  }

  /** The value of a key that is written in another way, unless it is the key of another field. */
  private static @Nullable JsonNode lookup(ObjectNode object, String name, List<Field> fields) {
    String wanted = FoldedName.keepingEdges(name);
    for (var entry : object.properties()) {
      String key = entry.getKey();
      if (FoldedName.keepingEdges(key.strip()).equals(wanted)
          && fields.stream().noneMatch(field -> field.name().equals(key))) {
        return entry.getValue();
      }
    }
    return null;
  }

  /**
   * Converts one value to a field's type and limits.
   *
   * @throws TypeMismatchException if it does not fit
   */
  public static JsonNode value(Field field, JsonNode node, String path) {
    JsonNode value = value(field.type(), node, path);
    LimitCheck.check(field, value, path);
    return value;
  }

  /**
   * Converts a raw text, such as a section of a reply or a cell of a table, to a field's type and
   * limits.
   *
   * @throws TypeMismatchException if it does not fit
   */
  public static JsonNode text(Field field, String raw, String path) {
    JsonNode value = text(field.type(), raw, path);
    LimitCheck.check(field, value, path);
    return value;
  }

  /**
   * Converts one value to a type.
   *
   * @throws TypeMismatchException if it does not fit
   */
  public static JsonNode value(FieldType type, JsonNode node, String path) {
    JsonNode result;
    if (type instanceof Any) {
      result = node;
    } else if (type instanceof OptionalOf optional) {
      return optional(optional, node, path);
    } else if (type instanceof Text) {
      result = asText(node, path);
    } else if (type instanceof Message message) {
      result = message.kind().isMedia() ^ node.isArray() ? node : null;
    } else if (type instanceof ListOf list) {
      return ItemCoercion.array(list.item(), false, type, node, path);
    } else if (type instanceof SetOf set) {
      return ItemCoercion.array(set.item(), true, type, node, path);
    } else if (type instanceof MapOf map) {
      return ItemCoercion.map(map, node, path);
    } else if (type instanceof ObjectOf object) {
      return ItemCoercion.record(object, node, path);
    } else {
      result = single(type, node, path);
    }
    if (result == null) {
      throw mismatch(path, node, expected(type, node), type);
    }
    return result;
  }

  /**
   * Converts a raw text to a type. A text type takes it as it is, and what is JSON in the prompt
   * may be JSON here.
   *
   * @throws TypeMismatchException if it does not fit
   */
  public static JsonNode text(FieldType type, String raw, String path) {
    if (type instanceof OptionalOf optional) {
      return optional(optional, StringNode.valueOf(raw), path);
    }
    if (type instanceof ListOf
        || type instanceof SetOf
        || type instanceof MapOf
        || type instanceof ObjectOf
        || type instanceof Message
        || type instanceof Any) {
      return ItemCoercion.fromText(type, raw, path);
    }
    return value(type, StringNode.valueOf(raw), path);
  }

  private static JsonNode optional(OptionalOf optional, JsonNode node, String path) {
    FieldType type = optional.type();
    boolean wrapped = isSingle(type) && scalar(type, only(node)) == null;
    JsonNode inner = wrapped ? Wrappers.single(type, node, path) : node;
    if (inner.isNull() || inner.isMissingNode()) {
      return NullNode.getInstance();
    }
    if (!inner.isString()) {
      return value(type, inner, path);
    }
    String text = inner.stringValue();
    return RawText.saysAbsent(type, text) ? NullNode.getInstance() : text(type, text, path);
  }

  /** Whether a type is neither text nor made of parts. */
  static boolean isSingle(FieldType type) {
    return type instanceof Whole
        || type instanceof Decimal
        || type instanceof Bool
        || type instanceof Choice
        || type instanceof Temporal;
  }

  private static JsonNode only(JsonNode node) {
    return node.isArray() && node.size() == 1 ? node.get(0) : node;
  }

  private static @Nullable JsonNode asText(JsonNode node, String path) {
    JsonNode inner = Wrappers.underOwnName(node, path);
    JsonNode text = inner != null && inner.isString() ? inner : node;
    if (text instanceof StringNode) {
      return text;
    }
    return text.isNull() || text.isMissingNode() ? null : StringNode.valueOf(Json.write(text));
  }

  /** A value as {@link #scalar} reads it, in an object, or with something beside it; else null. */
  private static @Nullable JsonNode single(FieldType type, JsonNode node, String path) {
    JsonNode plain = only(node);
    JsonNode found = scalar(type, plain);
    if (found != null) {
      return found;
    }
    JsonNode inner = only(Wrappers.single(type, plain, path));
    found = scalar(type, inner);
    return found == null && inner.isString()
        ? Beside.read(type, inner.stringValue(), Wrappers.nameIn(path))
        : found;
  }

  /** Whether a text is one value of a type that is neither text nor made of parts. */
  static boolean isOne(FieldType type, String text, String path) {
    return single(type, StringNode.valueOf(text), path) != null;
  }

  /** A value of a type that is neither text nor made of parts, or null if it does not fit. */
  static @Nullable JsonNode scalar(FieldType type, JsonNode node) {
    if (type instanceof Whole whole) {
      return Numbers.whole(whole.bits(), node);
    }
    if (type instanceof Decimal decimal) {
      return Numbers.decimal(decimal.exact(), node);
    }
    if (type instanceof Bool) {
      return bool(node);
    }
    String text = node.isString() || node.isNumber() || node.isBoolean() ? node.asString() : null;
    if (text == null) {
      return null;
    }
    String found =
        type instanceof Choice choice
            ? ChoiceNames.find(choice, text)
            : TemporalForm.canonical(((Temporal) type).kind(), text);
    if (found == null) {
      return null;
    }
    return node.isString() && found.equals(text) ? node : StringNode.valueOf(found);
  }

  private static @Nullable JsonNode bool(JsonNode node) {
    if (node.isBoolean()) {
      return node;
    }
    if (!node.isString() && !node.isIntegralNumber()) {
      return null;
    }
    String text = LowerCase.of(RawText.bare(node.asString()));
    return YES.contains(text) ? BooleanNode.TRUE : NO.contains(text) ? BooleanNode.FALSE : null;
  }

  /**
   * What an error states that a type expects: its label, and its range if that is what a number
   * misses.
   */
  private static String expected(FieldType type, JsonNode found) {
    if (type instanceof Whole whole && whole.bits() > 0 && Numbers.whole(0, found) != null) {
      long max = Long.MAX_VALUE >> (64 - whole.bits());
      return "%s from %d to %d".formatted(type.label(), -max - 1, max);
    }
    return type.label();
  }

  /** The error for a value that is not of its type. */
  public static TypeMismatchException mismatch(String path, JsonNode found, String expected) {
    return mismatch(path, found, expected, null);
  }

  private static TypeMismatchException mismatch(
      String path, JsonNode found, String expected, @Nullable FieldType type) {
    boolean huge = found.isString() && found.stringValue().length() > SHOWN_CHARS;
    JsonNode shown =
        huge ? StringNode.valueOf(Excerpt.prefix(found.stringValue(), SHOWN_CHARS)) : found;
    return new TypeMismatchException(
        path,
        "found " + RawText.shortened(Json.write(shown)) + ", expected " + expected,
        shown.isString() ? shown.stringValue() : null,
        type);
  }
}
