package dev.hone.local;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The limits of a number that a prompt states in words: in the field's description, and in its
 * instructions after the field's name, such as {@code 1 to 5}, {@code 1-5}, {@code between 1 and
 * 5}, {@code at most 5} or {@code minimum 1}. Of several ranges, all that they span counts.
 */
final class StatedLimits {
  private static final String NUMBER = "([-−]?\\d{1,15}(?:\\.\\d{1,15})?)";
  private static final String BEFORE = "(?<![\\p{L}\\p{N}_.,:/-])";
  private static final String AFTER = "(?![\\p{L}\\p{N}_:/-]|[.,]\\d)";

  /** Two numbers with a word or a dash between; the first may be explained in brackets. */
  private static final Pattern RANGE =
      Pattern.compile(
          BEFORE
              + NUMBER
              + "(?:\\s?\\([^()]{0,80}\\))?(?:\\s+(?:to|through|until)\\s+|\\s?(?:\\.{2,3}|…|[-–—])\\s?)"
              + NUMBER
              + AFTER,
          Pattern.CASE_INSENSITIVE);

  private static final Pattern BETWEEN =
      Pattern.compile(
          "\\bbetween\\s+" + NUMBER + "\\s+and\\s+" + NUMBER + AFTER, Pattern.CASE_INSENSITIVE);

  private static final Pattern LEAST =
      bound("at least|(?:no|not) less than|not below|(?<!\\d )\\bmin(?:imum)?", ">=|≥");

  private static final Pattern MOST =
      bound("at most|(?:no|not) more than|not above|up to|(?<!\\d )\\bmax(?:imum)?", "<=|≤");

  private StatedLimits() {}

  private static Pattern bound(String words, String signs) {
    return Pattern.compile(
        "(?:\\b(?:" + words + ")(?: value)?(?: of| is)?[.:=]?|" + signs + ")\\s?" + NUMBER + AFTER,
        Pattern.CASE_INSENSITIVE);
  }

  /** The limits of a field by its constraints and by what is said of it. */
  static ParsedLimits of(ParsedField field, PromptContext context) {
    List<String> texts = new ArrayList<>(List.of(field.description()));
    for (String line : context.instructions().lines().toList()) {
      List<ValueDescription> notes = ValueNotes.in(line);
      if (notes.isEmpty()) {
        TextTokens.sentences(line).forEach(sentence -> texts.add(about(field, sentence, context)));
      } else if (new ValueDescription(notes.get(0).value(), "", List.of()).isOn(field.name())) {
        texts.add(line);
      }
    }
    return field.limits().narrowedTo(read(String.join("\n", texts)));
  }

  /** What a sentence states after the field's name, up to the name of another field. */
  private static String about(ParsedField field, String sentence, PromptContext context) {
    Matcher name = TextTokens.mention(field.name()).matcher(sentence);
    if (!name.find()) {
      return "";
    }
    int end = sentence.length();
    for (ParsedField other : context.outputs()) {
      Matcher next = TextTokens.mention(other.name()).matcher(sentence);
      if (!other.name().equals(field.name()) && next.find(name.end())) {
        end = Math.min(end, next.start());
      }
    }
    return sentence.substring(name.end(), end);
  }

  /** The limits in a text; none if there are none. */
  static ParsedLimits read(String text) {
    List<Double> least = new ArrayList<>();
    List<Double> most = new ArrayList<>();
    for (Pattern pattern : List.of(RANGE, BETWEEN)) {
      pattern
          .matcher(text)
          .results()
          .filter(range -> number(range.group(1)) < number(range.group(2)))
          .forEach(
              range -> {
                least.add(number(range.group(1)));
                most.add(number(range.group(2)));
              });
    }
    LEAST.matcher(text).results().forEach(bound -> least.add(number(bound.group(1))));
    MOST.matcher(text).results().forEach(bound -> most.add(number(bound.group(1))));
    return ParsedLimits.NONE.narrowedTo(
        new ParsedLimits(
            least.stream().mapToDouble(n -> n).min().orElse(Double.NEGATIVE_INFINITY),
            most.stream().mapToDouble(n -> n).max().orElse(Double.POSITIVE_INFINITY),
            0,
            Integer.MAX_VALUE));
  }

  private static double number(String text) {
    return Double.parseDouble(text.replace('−', '-'));
  }
}
