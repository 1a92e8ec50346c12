package dev.hone.local;

import dev.hone.local.TextSpan.Form;
import dev.hone.local.TextSpan.Source;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds the texts that an agent could pass to a tool: whole inputs, names in them, and the names,
 * numbers, words and sentences of results.
 *
 * <p>Complexity: linear in the input and the newest results, of which 100 lines are read.
 */
final class SpanFinder {
  private static final int MOST_LINES = 100;
  private static final int WINDOW = 5;
  private static final Pattern WORD =
      Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}'’-]*|[.,;:!?()]");
  private static final Pattern NAME =
      Pattern.compile(
          "\\p{Lu}%1$s*(?:\\h(?:(?:and|of|the|de|la|van|von)\\h){0,2}\\p{Lu}%1$s*)*"
              .formatted("(?:[\\p{L}-]|['’](?!s\\b))"));
  private static final Pattern NUMBER =
      Pattern.compile("(?<![\\p{L}\\p{N}.,])\\d+(?:[.,]\\d+)*(?![\\p{L}\\p{N}])");
  private static final Set<String> ARTICLES = Set.of("the", "a", "an");

  private SpanFinder() {}

  /**
   * Where texts are looked for.
   *
   * @param sentence what is searched
   * @param source what it is part of
   * @param line the line of a result that it is part of; empty for an input
   * @param rank which line of its result that is, from 0
   */
  private record Place(String sentence, Source source, String line, int rank) {
    TextSpan whole() {
      return new TextSpan(sentence, source, Form.SENTENCE, List.of(), List.of(), line, rank);
    }

    TextSpan span(int start, int end, Form form) {
      List<String> left = tokens(sentence.substring(0, start));
      Collections.reverse(left);
      List<String> right = tokens(sentence.substring(end));
      String text = sentence.substring(start, end);
      return new TextSpan(text, source, form, near(left), near(right), line, rank);
    }
  }

  /** All texts that the next call could have, in order. */
  static List<TextSpan> candidates(AgentEpisode episode) {
    List<TextSpan> all = new ArrayList<>();
    for (String text : episode.input().values()) {
      all.add(new Place(text, Source.INPUT, "", 0).whole());
      names(new Place(text, Source.INPUT_NAME, "", 0), text, all);
    }
    episode.steps().forEach(step -> inResult(step.returned(), all));
    String rest = TextTokens.content(masked(episode.inputText())).collect(Collectors.joining(" "));
    if (!rest.isEmpty()) {
      List.copyOf(all).stream()
          .filter(span -> span.form() == Form.NAME)
          .forEach(name -> all.add(name.composedWith(rest)));
    }
    return all;
  }

  private static void inResult(String returned, List<TextSpan> into) {
    List<String> lines = returned.lines().limit(MOST_LINES).toList();
    for (int i = 0; i < lines.size(); i++) {
      for (String part : lines.get(i).split("\\h[|–—]\\h")) {
        for (String sentence : TextTokens.sentences(part)) {
          inSentence(new Place(sentence, Source.RESULT, lines.get(i), i), into);
        }
      }
    }
  }

  /** The names in a text, each once, without the words before that are only capital by place. */
  static Set<String> names(String text) {
    List<TextSpan> found = new ArrayList<>();
    names(new Place(text, Source.INPUT_NAME, "", 0), "", found);
    return found.stream().map(TextSpan::text).collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** A text with "it" for every name, so that texts are alike which ask alike of others. */
  static String masked(String text) {
    Matcher name = NAME.matcher(text);
    StringBuilder masked = new StringBuilder();
    while (name.find()) {
      String run = name.group();
      String bare = withoutCommon(run);
      String kept = run.substring(0, run.length() - bare.length());
      name.appendReplacement(masked, Matcher.quoteReplacement(kept + (bare.isEmpty() ? "" : "it")));
    }
    return name.appendTail(masked).toString();
  }

  /** A run of capital words without those at its beginning that every sentence may begin with. */
  private static String withoutCommon(String run) {
    int space = run.indexOf(' ');
    String first = space < 0 ? run : run.substring(0, space);
    if (!TextTokens.isCommon(first) || ARTICLES.contains(TextSpan.key(first)) && space > 0) {
      return run;
    }
    return space < 0 ? "" : withoutCommon(run.substring(space + 1));
  }

  /** The names in a sentence of a text. */
  private static void names(Place place, String text, List<TextSpan> into) {
    Matcher name = NAME.matcher(place.sentence());
    while (name.find()) {
      String run = withoutCommon(name.group());
      int start = name.end() - run.length();
      if (!run.isEmpty() && (start > 0 || isName(run, text))) {
        into.add(place.span(start, name.end(), Form.NAME));
      }
    }
  }

  /** Whether the first words of a sentence are a name: several, or a word that comes again. */
  private static boolean isName(String run, String line) {
    int first = line.indexOf(run);
    return run.indexOf(' ') > 0 || line.indexOf(run, first + 1) > first || line.equals(run);
  }

  private static void inSentence(Place place, List<TextSpan> into) {
    into.add(place.whole());
    names(place, place.line(), into);
    Matcher name = NAME.matcher(place.sentence());
    while (name.find()) {
      int space = name.group().indexOf(' ');
      if (space > 0) {
        into.add(place.span(name.start() + space + 1, name.end(), Form.WORDS));
      }
    }
    Matcher number = NUMBER.matcher(place.sentence());
    while (number.find()) {
      into.add(place.span(number.start(), number.end(), Form.NUMBER));
    }
    words(place, into);
  }

  /** Words that carry meaning and are no names, alone and two by two. */
  private static void words(Place place, List<TextSpan> into) {
    Matcher word = WORD.matcher(place.sentence());
    int before = -1;
    int beforeEnd = -1;
    while (word.find()) {
      String text = word.group();
      boolean plain =
          text.length() > 1 && Character.isLowerCase(text.charAt(0)) && !TextTokens.isCommon(text);
      if (plain) {
        into.add(place.span(word.start(), word.end(), Form.WORDS));
        if (before >= 0 && word.start() == beforeEnd + 1) {
          into.add(place.span(before, word.end(), Form.WORDS));
        }
      }
      before = plain ? word.start() : -1;
      beforeEnd = word.end();
    }
  }

  /** The nearest words; the end of the sentence is one of them. */
  private static List<String> near(List<String> tokens) {
    List<String> near = new ArrayList<>(tokens.subList(0, Math.min(WINDOW, tokens.size())));
    if (near.size() < WINDOW) {
      near.add(".");
    }
    return near;
  }

  /** Words, with "it" for a name and "0" for a number. */
  private static List<String> tokens(String text) {
    List<String> tokens = new ArrayList<>();
    Matcher word = WORD.matcher(masked(text));
    while (word.find()) {
      boolean number = Character.isDigit(word.group().charAt(0));
      tokens.add(number ? "0" : TextSpan.key(word.group()));
    }
    return tokens;
  }
}
