package dev.hone.adapter.xml;

import dev.hone.adapter.frame.HeaderNames;
import dev.hone.coerce.Coercion;
import dev.hone.coerce.TypeMismatchException;
import dev.hone.json.Json;
import dev.hone.text.Excerpt;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import dev.hone.type.FieldType.Any;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

/**
 * Reads what tags hold as values. A text is taken as it is, a CDATA section as what it holds, a tag
 * that is empty as null; lists, maps and records are JSON, or tags within tags. Where entities may
 * be meant as they stand or as the signs they stand for, only what fits the type is read.
 *
 * @param names the fields of the signature
 * @param literal whether the prompt has entities in its values, so that they are meant as they
 *     stand
 */
public record XmlValue(HeaderNames names, boolean literal) {
  private static final int SHOWN_CHARS = 60;

  /**
   * A value of a field.
   *
   * @param raw what its tags hold, without white space at the ends; an empty tag itself
   * @throws TypeMismatchException if it does not fit, or may be read in two ways
   */
  public JsonNode read(Field field, String raw) {
    String cdata = cdata(raw);
    if (cdata != null) {
      return isText(field.type())
          ? present(field, cdata)
          : Coercion.text(field, cdata, field.name());
    }
    if (isEmptyTag(raw, field)) {
      return nothing(field);
    }
    if (raw.isEmpty() && isText(field.type())) {
      return present(field, "");
    }
    if (raw.startsWith("<") && isContainer(field.type())) {
      Optional<JsonNode> tree = XmlTree.read(raw, field.type());
      if (tree.isPresent()) {
        return Coercion.value(field, tree.get(), field.name());
      }
    }
    refuseCdataWithin(field, raw);
    return isText(field.type()) ? text(field, raw) : other(field, raw);
  }

  /** A text that is there, whatever it says. */
  private static JsonNode present(Field field, String text) {
    Field required =
        new Field(
            field.name(), field.type().withoutOptional(), field.description(), field.constraints());
    return Coercion.value(required, StringNode.valueOf(text), field.name());
  }

  private static JsonNode nothing(Field field) {
    try {
      return Coercion.value(field, NullNode.getInstance(), field.name());
    } catch (TypeMismatchException e) {
      throw new TypeMismatchException(
          e.path(),
          "found the empty tag <%s/>, which is null, expected %s"
              .formatted(field.name(), field.type().label()));
    }
  }

  private boolean isEmptyTag(String raw, Field field) {
    if (!raw.startsWith("<") || !raw.endsWith("/>")) {
      return false;
    }
    XmlTag tag = XmlTag.at(raw, 0, 1, names);
    return tag != null
        && tag.kind() == XmlTag.Kind.EMPTY
        && tag.end() == raw.length()
        && field.name().equals(tag.name());
  }

  private JsonNode text(Field field, String raw) {
    if (!literal && XmlText.inDoubt(raw)) {
      throw twoReadings(field, raw, XmlText.decoded(raw));
    }
    return Coercion.text(field, XmlText.reveal(raw, names), field.name());
  }

  private JsonNode other(Field field, String raw) {
    boolean json = isContainer(field.type()) || field.type().withoutOptional() instanceof Any;
    String plain = json ? raw : XmlText.reveal(raw, names);
    if (!XmlText.inDoubt(raw)) {
      return Coercion.text(field, plain, field.name());
    }
    String decoded = XmlText.decoded(raw);
    JsonNode signs = fitting(field, decoded);
    if (signs == null || literal) {
      return Coercion.text(field, plain, field.name());
    }
    boolean onlyDecoded = json && !isStrict(plain) && isStrict(decoded);
    JsonNode asItStands = onlyDecoded ? null : fitting(field, plain);
    if (asItStands == null || asItStands.equals(signs)) {
      return signs;
    }
    throw twoReadings(field, plain, decoded);
  }

  private static boolean isStrict(String text) {
    try {
      return Json.parse(text).isContainer();
    } catch (JacksonException e) {
      return false;
    }
  }

  private static @Nullable JsonNode fitting(Field field, String raw) {
    try {
      return Coercion.text(field, raw, field.name());
    } catch (TypeMismatchException e) {
      return null;
    }
  }

  private static void refuseCdataWithin(Field field, String raw) {
    int start = raw.indexOf(XmlTag.CDATA);
    if (start >= 0 && raw.indexOf(XmlTag.CDATA_END, start) >= 0) {
      throw twoReadings(field, raw, raw.replace(XmlTag.CDATA, "").replace(XmlTag.CDATA_END, ""));
    }
  }

  private static TypeMismatchException twoReadings(Field field, String one, String other) {
    return new TypeMismatchException(
        field.name(),
        "can be read in two ways: \"%s\", or \"%s\"; write the text as it is, or in <![CDATA[…]]>"
            .formatted(Excerpt.ofLine(one, SHOWN_CHARS), Excerpt.ofLine(other, SHOWN_CHARS)));
  }

  /** What a value holds: a CDATA section's text, or the value as it stands. */
  public static String bare(String raw) {
    String cdata = cdata(raw);
    return cdata == null ? raw : cdata.strip();
  }

  /** The text of a value that is nothing but CDATA sections; null if it is anything else. */
  static @Nullable String cdata(String raw) {
    if (!XmlTag.isCdata(raw, 0)) {
      return null;
    }
    StringBuilder text = new StringBuilder(raw.length());
    int at = 0;
    while (XmlTag.isCdata(raw, at)) {
      int end = raw.indexOf(XmlTag.CDATA_END, at);
      if (end < 0) {
        return null;
      }
      text.append(raw, at + XmlTag.CDATA.length(), end);
      at = end + XmlTag.CDATA_END.length();
      while (at < raw.length() && Character.isWhitespace(raw.charAt(at))) {
        at++;
      }
    }
    return at == raw.length() ? text.toString() : null;
  }

  static boolean isText(FieldType type) {
    return type.withoutOptional() instanceof FieldType.Text;
  }

  private static boolean isContainer(FieldType type) {
    FieldType inner = type.withoutOptional();
    return inner instanceof FieldType.ListOf
        || inner instanceof FieldType.SetOf
        || inner instanceof FieldType.MapOf
        || inner instanceof FieldType.ObjectOf;
  }
}
