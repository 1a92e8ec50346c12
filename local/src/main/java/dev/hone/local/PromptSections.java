package dev.hone.local;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sections of a message: what stands below headers such as {@code [[ ## name ## ]]}, or between
 * tags.
 */
final class PromptSections {
  private static final Pattern HEADER =
      Pattern.compile("(?m)^\\[\\[ ## ([\\p{L}\\p{N}_]{1,200}) ## ]]\\h*$");

  /** What asks for the form of an answer. No value has a header, or a tag of a field. */
  private static final String FORM =
      "(?:sections? `\\[\\[ ## |tags? `<[\\p{L}_]|JSON object only\\.)";

  /** What may follow the input, the last first. */
  private static final List<Pattern> ENDINGS =
      List.of(
          Pattern.compile(
              "\\n\\n(?:Call the tool `[^`\\n]*` now\\. )?Answer with the " + FORM + "[^\\n]*\\z"),
          Pattern.compile("\\n\\n(?:Call a tool\\.|Call the tool `[^`\\n]*` now\\.)\\z"),
          Pattern.compile("\\n\\nAdvice for this try: (?s:.*)\\z"),
          Pattern.compile("\\n\\n\\(\\d+ earlier turns? left out here\\.\\)\\z"));

  private PromptSections() {}

  /** The stripped text of every section by name, in order; the first of a name counts. */
  static Map<String, String> in(String text) {
    Map<String, String> sections = new LinkedHashMap<>(TagSections.in(text));
    if (!sections.isEmpty()) {
      return sections;
    }
    Matcher header = HEADER.matcher(text);
    String name = "";
    int start = 0;
    while (header.find()) {
      put(sections, name, text.substring(start, header.start()));
      name = header.group(1);
      start = header.end();
    }
    put(sections, name, text.substring(start));
    return sections;
  }

  private static void put(Map<String, String> sections, String name, String text) {
    if (!name.isEmpty()) {
      sections.putIfAbsent(name, text.strip());
    }
  }

  /** A question without what may follow its input: turns left out, advice, how to answer. */
  static String withoutAsk(String question) {
    String rest = question.stripTrailing();
    for (Pattern ending : ENDINGS) {
      Matcher end = ending.matcher(rest);
      rest = end.find() ? rest.substring(0, end.start()) : rest;
    }
    return rest;
  }

  /** The name of the last header; what stands for one where tags are asked for, else empty. */
  static String last(String text) {
    Matcher header = HEADER.matcher(text);
    String name = "";
    while (header.find()) {
      name = header.group(1);
    }
    return name.isEmpty() && TagSections.isLayout(text) ? TagSections.MARKER : name;
  }
}
