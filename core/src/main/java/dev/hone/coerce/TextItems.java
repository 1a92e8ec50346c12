package dev.hone.coerce;

import dev.hone.coerce.ItemText.Cut;
import dev.hone.json.Json;
import dev.hone.type.FieldType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.StringNode;

/**
 * Finds the texts of a list that was written as a text and not as JSON. The rule:
 *
 * <ul>
 *   <li>lines that begin with bullets or numbers, quoted texts with separators between them, and
 *       such texts in the brackets of a program ({@code ('a', 'b')}, {@code {'a', 'b'}}, {@code
 *       ['a' 'b']}) are the items;
 *   <li>what semicolons, bars or tabs separate is the items, if each has at most {@value
 *       #MAX_WORDS} words and does not end like a sentence;
 *   <li>what commas separate, with "and" before the last perhaps, is the items, if each is one
 *       word: {@code java, sql and bash};
 *   <li>a line without any separator is one item;
 *   <li>everything else can be read in two ways and is refused with both: a sentence with commas,
 *       several words between commas, a pair such as {@code Paris, France} that begins with a
 *       capital or a digit, short parts with only "and", "or", "&amp;" or a slash between them,
 *       several kinds of separators, numbering within a line.
 * </ul>
 *
 * <p>Separators within brackets and double quotes, and those of thousands, separate nothing. Time
 * grows with the length of the text.
 */
final class TextItems {
  private static final int MAX_WORDS = 4;
  private static final int MAX_JOINED_WORDS = 2;
  private static final int MAX_ITEM_CHARS = 80;
  private static final int SHOWN_ITEMS = 5;
  private static final Pattern LINES = Pattern.compile("\\R");
  private static final Pattern LAST_AND = Pattern.compile("(?i)(\\S+)\\s+(?:and|&)\\s+(\\S+)");
  private static final Pattern LEADING_AND = Pattern.compile("(?i)(?:and|&)\\s+");
  private static final Pattern JOINER =
      Pattern.compile("(?iu)\\s(?:and|or|und|oder|et|ou|y|o|e|и|или|[&/•·+–-]|->|→)\\s");
  private static final Pattern TAGS =
      Pattern.compile("[#@][\\p{L}\\p{N}_]+(?:\\s+[#@][\\p{L}\\p{N}_]+)+");
  private static final Pattern NO_ITEMS =
      Pattern.compile(
          "(?i)(?:new\\s)?[\\w.]{0,40}(?:set|list|tuple|array)(?:\\.of)?(?:<\\w*>)?\\(\\)");
  private static final int MAX_PREFIX_CHARS = 40;
  private static final String QUOTES = "'‘’`«‹„‚「『《";
  private static final Pattern DASH = Pattern.compile("\\s[-*–]\\s");
  private static final Pattern NUMBERING = Pattern.compile("(?:^|\\s)\\(?\\d{1,2}[.)]\\s");
  private static final Pattern ELEMENTS = Pattern.compile("</(\\w{1,40})>\\s*<\\1>");
  private static final Pattern WORDS = Pattern.compile("\\s+");

  private final FieldType type;
  private final String raw;
  private final String path;

  private TextItems(FieldType type, String raw, String path) {
    this.type = type;
    this.raw = raw;
    this.path = path;
  }

  /**
   * The texts of a list.
   *
   * @throws TypeMismatchException with both readings, if there are two
   */
  static List<String> of(FieldType type, String raw, String path) {
    return new TextItems(type, raw.strip(), path).items();
  }

  private List<String> items() {
    List<String> lines = LINES.splitAsStream(raw).filter(line -> !line.isBlank()).toList();
    if (lines.size() > 1 && lines.stream().allMatch(ItemText::isBulleted)) {
      return lines.stream().map(ItemText::withoutBullet).toList();
    }
    List<String> quoted = QuotedText.sequence(raw);
    if (!quoted.isEmpty()) {
      return quoted;
    }
    if (lines.size() > 1 || ELEMENTS.matcher(raw).find()) {
      throw ItemCoercion.mismatch(type, raw, path);
    }
    return ItemText.isBulleted(raw) ? bulleted() : line(raw);
  }

  /** The only line with a bullet: one item, unless it could be several without the bullet. */
  private List<String> bulleted() {
    String item = ItemText.withoutBullet(raw);
    if (RawText.saysEmpty(new FieldType.Text(), item)) {
      return List.of();
    }
    boolean quoted = raw.strip().endsWith("\"" + item + "\"");
    if (quoted) {
      return List.of(item);
    }
    List<String> sequence = QuotedText.sequence(item);
    if (sequence.size() > 1) {
      throw unclear(sequence);
    }
    if (NUMBERING.matcher(item).find()) {
      throw unclear(List.of(NUMBERING.split(item)));
    }
    requireNotJoined(item, DASH);
    Optional<List<String>> several = plain(new Cut(item));
    if (several.isPresent()) {
      throw unclear(several.get());
    }
    return List.of(item);
  }

  private List<String> line(String text) {
    Matcher program = QuotedText.PROGRAM.matcher(text);
    if (program.lookingAt() && QuotedText.isBracketed(text.substring(program.end() - 1))) {
      requireNoList(text.substring(program.end(), text.length() - 1).strip(), program.end() > 1);
    }
    requireNoProgram(text);
    Cut cut = new Cut(text);
    if (cut.separators == 0) {
      requireNotJoined(text, JOINER);
      if (TAGS.matcher(text).matches()) {
        throw unclear(List.of(WORDS.split(text)));
      }
      if (NUMBERING.matcher(text).results().count() > 1) {
        throw unclear(List.of(NUMBERING.split(text)));
      }
      return List.of(text);
    }
    return plain(cut).orElseThrow(() -> unclear(cut.parts));
  }

  /** Refuses what stands in the brackets of a program, if that is a list. */
  private void requireNoList(String inside, boolean call) {
    Cut cut = new Cut(inside);
    boolean list =
        call ? !inside.isEmpty() && "([{".indexOf(inside.charAt(0)) >= 0 : cut.separators > 0;
    if (list) {
      throw call ? ItemCoercion.mismatch(type, raw, path) : unclear(cut.parts);
    }
  }

  /** Refuses quoted texts in brackets after signs of a program, and its empty lists. */
  private void requireNoProgram(String text) {
    if (NO_ITEMS.matcher(text).matches()) {
      throw ItemCoercion.mismatch(type, raw, path);
    }
    int at = 0;
    while (at < Math.min(text.length(), MAX_PREFIX_CHARS) && "([{".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String inside = at < text.length() - 1 ? text.substring(at) : "";
    if (inside.length() > 2 && QuotedText.isBracketed(inside)) {
      List<String> items = QuotedText.sequence(inside.substring(1, inside.length() - 1));
      if (items.size() > 1 && !WORDS.matcher(text.substring(0, at).strip()).find()) {
        throw unclear(items);
      }
    }
  }

  /** Refuses what may be one item or short ones with a word or sign between them. */
  private void requireNotJoined(String text, Pattern joiner) {
    String[] sides = text.length() > MAX_ITEM_CHARS ? new String[0] : joiner.split(text);
    if (sides.length < 2) {
      return;
    }
    for (String side : sides) {
      if (side.isBlank()
          || words(side) > MAX_JOINED_WORDS
          || !Character.isLetterOrDigit(side.strip().codePointAt(0))
          || endsSentence(side)) {
        return;
      }
    }
    throw unclear(List.of(sides));
  }

  /** The parts of a text if it is plain that they are items; at least two. */
  private static Optional<List<String>> plain(Cut cut) {
    List<String> parts = new ArrayList<>(cut.parts);
    boolean trailing = parts.get(parts.size() - 1).isEmpty();
    if (trailing) {
      parts.remove(parts.size() - 1);
    }
    if (cut.mixed || parts.size() < 2 && !cut.weak || parts.stream().anyMatch(String::isEmpty)) {
      return Optional.empty();
    }
    boolean and = cut.weak && !trailing && splitLast(parts);
    boolean words = parts.stream().allMatch(part -> words(part) == 1);
    boolean shortItems = parts.stream().allMatch(TextItems::isItem);
    boolean pair = cut.weak && !and && parts.size() == 2 && !cut.beginsSmall();
    boolean clear = words || !cut.weak && !trailing;
    return clear && shortItems && !pair && parts.size() > 1 ? Optional.of(parts) : Optional.empty();
  }

  /** Takes the last part at its "and" apart, or the word from its beginning; false if none. */
  private static boolean splitLast(List<String> parts) {
    int last = parts.size() - 1;
    String part = parts.get(last);
    Matcher leading = LEADING_AND.matcher(part);
    Matcher between = LAST_AND.matcher(part);
    if (leading.lookingAt()) {
      parts.set(last, part.substring(leading.end()));
      return true;
    }
    if (between.matches()) {
      parts.set(last, between.group(1));
      parts.add(between.group(2));
      return true;
    }
    return false;
  }

  private static boolean isItem(String part) {
    return part.length() <= MAX_ITEM_CHARS
        && words(part) <= MAX_WORDS
        && !endsSentence(part)
        && !part.contains(": ")
        && part.chars().noneMatch(c -> "\"“”".indexOf(c) >= 0)
        && QUOTES.indexOf(part.charAt(0)) < 0
        && (part.indexOf('<') < 0) == (part.indexOf('>') < 0)
        && part.chars().anyMatch(Character::isLetterOrDigit);
  }

  private static boolean endsSentence(String part) {
    return !part.isEmpty() && ".!?:…。".indexOf(part.charAt(part.length() - 1)) >= 0;
  }

  private static int words(String text) {
    return WORDS.split(text.strip()).length;
  }

  private TypeMismatchException unclear(List<String> parts) {
    ArrayNode several = Json.array();
    parts.stream()
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .limit(SHOWN_ITEMS)
        .map(RawText::shortened)
        .forEach(several::add);
    String found = Json.write(StringNode.valueOf(RawText.shortened(raw)));
    return new TypeMismatchException(
        path,
        "found %s, which may be one item, [%s], or several, %s%s; expected %s as a JSON array"
            .formatted(
                found,
                found,
                Json.write(several),
                parts.size() > SHOWN_ITEMS ? " and more" : "",
                type.label()));
  }
}
