package dev.hone.adapter.xml;

import dev.hone.adapter.frame.HeaderNames;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts inside of tags. They stand there as they are; only where a text has a tag of one of the
 * signature's fields, or what begins a CDATA section, a backslash stands behind the angle bracket,
 * {@code <\/answer>}, and reading takes one away. A text that would not be read back so is a CDATA
 * section. Inside of JSON the angle bracket is {@code \u005cu003c}, which JSON itself reads back.
 */
public final class XmlText {
  private static final Pattern ENTITY =
      Pattern.compile(
          "&(?:(?<name>amp|lt|gt|quot|apos)|#(?<code>\\d{1,7})|#x(?<hex>[0-9a-fA-F]{1,6}));");
  private static final Pattern PLAIN_SIGN = Pattern.compile("<|&(?!#?[A-Za-z0-9]{1,31};)");

  /** A sign that JSON has only as an escape. */
  private static final char IN_NO_JSON = '\u0001';

  private XmlText() {}

  /** A text whose tags and CDATA sections are disguised. */
  public static String disguise(String text, HeaderNames names) {
    return changed(text, names, true);
  }

  /** Takes the disguise off. */
  public static String reveal(String text, HeaderNames names) {
    return text.indexOf("<\\") < 0 ? text : changed(text, names, false);
  }

  private static String changed(String text, HeaderNames names, boolean more) {
    int at = text.indexOf('<');
    if (at < 0) {
      return text;
    }
    StringBuilder result = new StringBuilder(text.length() + 8);
    int from = 0;
    for (; at >= 0; at = text.indexOf('<', at + 1)) {
      int rest = at + 1;
      while (rest < text.length() && text.charAt(rest) == '\\') {
        rest++;
      }
      if ((more || rest > at + 1) && isLive(text, at, rest, names)) {
        result.append(text, from, at + 1).append(more ? "\\" : "");
        from = more ? at + 1 : at + 2;
      }
    }
    return result.append(text, from, text.length()).toString();
  }

  private static boolean isLive(String text, int at, int rest, HeaderNames names) {
    if (text.regionMatches(true, rest, XmlTag.CDATA, 1, XmlTag.CDATA.length() - 1)) {
      return true;
    }
    XmlTag tag = XmlTag.at(text, at, rest, names);
    return tag != null && tag.name() != null;
  }

  /** JSON in which no angle bracket begins a field's tag, and no sign an entity in doubt. */
  public static String disguiseJson(String json, HeaderNames names) {
    String plain = json.indexOf('<') < 0 ? json : withoutTags(json, names);
    return inDoubt(plain) ? ENTITY.matcher(plain).replaceAll(XmlText::escaped) : plain;
  }

  /** From the end, since a tag without the one that begins within it may be one. */
  private static String withoutTags(String json, HeaderNames names) {
    StringBuilder changed = new StringBuilder(json);
    for (int at = json.lastIndexOf('<'); at >= 0; at = json.lastIndexOf('<', at - 1)) {
      int end = Math.min(changed.length(), at + XmlTag.MOST_CHARS);
      if (isLive(changed.substring(at, end), 0, 1, names)) {
        changed.setCharAt(at, IN_NO_JSON);
      }
    }
    return changed.toString().replace(String.valueOf(IN_NO_JSON), "\\u003c");
  }

  private static String escaped(MatchResult entity) {
    return Matcher.quoteReplacement("\\u0026" + entity.group().substring(1));
  }

  /** A CDATA section that holds a text; where the text has an end of one, several. */
  public static String cdata(String text) {
    return XmlTag.CDATA + text.replace("]]>", "]]]]><![CDATA[>") + XmlTag.CDATA_END;
  }

  /** Whether a text has entities, and nothing in it says whether they are meant as their signs. */
  static boolean inDoubt(String text) {
    return text.indexOf('&') >= 0
        && !PLAIN_SIGN.matcher(text).find()
        && ENTITY.matcher(text).find();
  }

  /** A text in which entities are the signs they stand for. */
  static String decoded(String text) {
    return text.indexOf('&') < 0
        ? text
        : ENTITY.matcher(text).replaceAll(found -> Matcher.quoteReplacement(sign(found.group())));
  }

  private static String sign(String entity) {
    return switch (entity) {
      case "&amp;" -> "&";
      case "&lt;" -> "<";
      case "&gt;" -> ">";
      case "&quot;" -> "\"";
      case "&apos;" -> "'";
      default -> numbered(entity);
    };
  }

  private static String numbered(String entity) {
    boolean hex = Character.toLowerCase(entity.charAt(2)) == 'x';
    int code = Integer.parseInt(entity.substring(hex ? 3 : 2, entity.length() - 1), hex ? 16 : 10);
    return Character.isValidCodePoint(code) && code > 0 && !(code >= 0xD800 && code < 0xE000)
        ? Character.toString(code)
        : entity;
  }

  /** Whether a text has entities. */
  public static boolean hasEntities(String text) {
    return text.indexOf('&') >= 0 && ENTITY.matcher(text).find();
  }
}
