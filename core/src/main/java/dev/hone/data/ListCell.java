package dev.hone.data;

import dev.hone.coerce.RawText;
import dev.hone.coerce.TypeMismatchException;
import dev.hone.json.Json;
import dev.hone.text.Excerpt;
import dev.hone.type.FieldType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;

/**
 * The items of a list or set of texts that a file has as one text and not as JSON.
 *
 * <p>The rule: one kind of separator, a semicolon, an upright stroke, a tab, a line break or a
 * comma, those of Chinese and Japanese too, separates the items; a text without any is one item,
 * and a word for nothing, or the empty list of Python or R, is none. What can be read in two ways
 * is refused: two kinds of separators, an "and" or "or" beside commas, a comma in what reads like a
 * sentence or a number, and a dot or stroke with spaces around it.
 */
final class ListCell {
  private static final Pattern LINE = Pattern.compile("\\R");
  private static final Pattern CONJUNCTION = Pattern.compile("(?i)(?<=\\s)(?:and|or|&)(?=\\s)");
  private static final Pattern NUMBER = Pattern.compile("\\d,\\d");
  private static final Pattern BULLET = Pattern.compile("\\s*(?:[-*•–]|\\d{1,3}[.)])\\s.*");
  private static final Pattern CALL =
      Pattern.compile("[A-Za-z_][\\w.]{0,60}[(\\[{].*[)\\]}]", Pattern.DOTALL);
  private static final Pattern NONE =
      Pattern.compile("(?:set|frozenset|list|tuple|c)\\(\\)|character\\(0\\)");
  private static final Pattern SIGN = Pattern.compile("(?<=\\S )[•·/](?= \\S)");
  private static final Set<String> COMMAS = Set.of(",", "，");
  private static final String OPENING = "[{(\"'“‘«";
  private static final int SHOWN_CHARS = 80;
  private static final int WORDS_OF_AN_ITEM = 4;

  private ListCell() {}

  /**
   * The items of a text where a list or set of texts is expected; empty where another type is, or
   * where it is written in brackets, as a call of a program ({@code c("a", "b")}), in quotes or in
   * lines with bullets, which are read as in replies.
   *
   * @throws TypeMismatchException if there are two readings
   */
  static Optional<ArrayNode> items(FieldType type, String cell, String path) {
    String text = cell.strip();
    if (!isListOfTexts(type) || text.isEmpty() || OPENING.indexOf(text.charAt(0)) >= 0) {
      return Optional.empty();
    }
    if (RawText.isNothingInFiles(text) || NONE.matcher(text).matches()) {
      return Optional.of(Json.array());
    }
    if (text.equals("-") || CALL.matcher(text).matches()) {
      return Optional.empty();
    }
    List<String> lines = LINE.splitAsStream(text).filter(line -> !line.isBlank()).toList();
    if (lines.stream().allMatch(line -> BULLET.matcher(line).matches())) {
      return Optional.empty();
    }
    List<String> kinds =
        Stream.of(";", "|", "\t", ",", "\n", "；", "｜", "、", "，")
            .filter(kind -> kind.equals("\n") ? lines.size() > 1 : text.contains(kind))
            .toList();
    if (kinds.size() > 1) {
      throw refused(type, text, path, "it has more than one kind of separator");
    }
    List<String> items = kinds.isEmpty() ? List.of(text) : split(text, kinds.get(0));
    if (kinds.isEmpty() && SIGN.matcher(text).find()) {
      throw refused(type, text, path, "it has a sign that may separate");
    }
    if (kinds.size() == 1 && COMMAS.contains(kinds.get(0))) {
      requireOneReading(type, text, items, path);
    }
    ArrayNode array = Json.array();
    items.forEach(array::add);
    return Optional.of(array);
  }

  private static boolean isListOfTexts(FieldType type) {
    FieldType present = type instanceof FieldType.OptionalOf optional ? optional.type() : type;
    return (present instanceof FieldType.ListOf list && list.item() instanceof FieldType.Text)
        || (present instanceof FieldType.SetOf set && set.item() instanceof FieldType.Text);
  }

  private static List<String> split(String text, String separator) {
    Stream<String> parts =
        separator.equals("\n")
            ? LINE.splitAsStream(text)
            : Arrays.stream(text.split(Pattern.quote(separator)));
    List<String> items = new ArrayList<>();
    parts.map(String::strip).filter(part -> !part.isEmpty()).forEach(items::add);
    return items;
  }

  private static void requireOneReading(
      FieldType type, String text, List<String> items, String path) {
    if (CONJUNCTION.matcher(text).find()) {
      throw refused(type, text, path, "it has commas and another word that separates");
    }
    boolean sentence =
        text.endsWith(".") || text.endsWith("。") || items.stream().anyMatch(ListCell::hasManyWords);
    if (sentence || NUMBER.matcher(text).find()) {
      throw refused(type, text, path, "its commas may be part of the text");
    }
  }

  private static boolean hasManyWords(String item) {
    return item.chars().filter(Character::isWhitespace).count() >= WORDS_OF_AN_ITEM;
  }

  private static TypeMismatchException refused(
      FieldType type, String text, String path, String why) {
    return new TypeMismatchException(
        path,
        "found %s, expected %s, and it can be read in more than one way: %s. Maybe write it as JSON, such as [\"a\", \"b\"]"
            .formatted(
                Json.write(Json.array().add(Excerpt.ofLine(text, SHOWN_CHARS)).get(0)),
                type.label(),
                why));
  }
}
