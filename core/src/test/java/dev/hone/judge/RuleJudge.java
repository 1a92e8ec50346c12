package dev.hone.judge;

import dev.hone.lm.FakeModel;
import dev.hone.lm.LmRequest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A model that judges by a rule of its own from the texts in the prompt, and knows no gold: a
 * statement is a sentence; it is covered by a sentence of the source that has most of its words,
 * all of its numbers, and denies as often. Of two answers it prefers the one with more words of the
 * question and fewer others. It knows no synonyms, and so is wrong at times.
 */
final class RuleJudge {
  private static final Set<String> SMALL =
      Set.of(
          ("a an the is are was were be been it its of to in on at by for and or with from as that"
                  + " this you your we our i they their he she his her has have had do does did can"
                  + " will what which who when where how why")
              .split(" "));
  private static final Set<String> DENIALS = Set.of("not", "no", "never", "cannot", "without");

  private RuleJudge() {}

  /** Answers the calls of all ready judges. */
  static FakeModel model() {
    return FakeModel.answering(RuleJudge::reply);
  }

  private static String reply(LmRequest request) {
    String prompt = FakeModel.last(request);
    return prompt.contains("[[ ## first ## ]]") ? preference(prompt) : statements(prompt);
  }

  /** The value of a field in a prompt. */
  static String field(String prompt, String name) {
    Matcher matcher =
        Pattern.compile("(?s)\\[\\[ ## " + name + " ## ]]\\n(.*?)\\n*(?=\\[\\[ ## |Answer |$)")
            .matcher(prompt);
    return matcher.find() ? matcher.group(1).strip() : "";
  }

  private static String statements(String prompt) {
    String source = field(prompt, "source");
    List<String> items = new ArrayList<>();
    for (String sentence : sentences(field(prompt, "text"))) {
      items.add(
          "{\"statement\": \"%s\", \"covered\": %s}"
              .formatted(sentence.replace("\"", "'"), isCovered(sentence, source)));
    }
    return FakeModel.chat("statements", "[" + String.join(", ", items) + "]");
  }

  private static List<String> sentences(String text) {
    return List.of(text.split("(?<=[.!?])\\s+"));
  }

  private static boolean isCovered(String sentence, String source) {
    Set<String> words = words(sentence);
    return sentences(source).stream().map(RuleJudge::words).anyMatch(other -> covers(other, words));
  }

  private static boolean covers(Set<String> source, Set<String> words) {
    Set<String> shared = new LinkedHashSet<>(words);
    shared.retainAll(source);
    boolean numbers =
        words.stream().filter(word -> word.matches("\\d+")).allMatch(source::contains);
    return numbers && denials(words) == denials(source) && 5 * shared.size() >= 3 * words.size();
  }

  private static long denials(Set<String> words) {
    return words.stream().filter(DENIALS::contains).count();
  }

  private static Set<String> words(String text) {
    return Pattern.compile("[^a-z0-9]+")
        .splitAsStream(text.toLowerCase(Locale.ROOT))
        .filter(word -> !word.isEmpty() && !SMALL.contains(word))
        .map(word -> word.matches("\\d+") ? word : word.replaceFirst("(ing|ed|es|s)$", ""))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static String preference(String prompt) {
    Set<String> asked = words(field(prompt, "question"));
    double first = fit(words(field(prompt, "first")), asked);
    double second = fit(words(field(prompt, "second")), asked);
    String better = Math.abs(first - second) < 0.1 ? "TIE" : first > second ? "FIRST" : "SECOND";
    return FakeModel.chat("reasons", "words of the question", "better", better);
  }

  private static double fit(Set<String> answer, Set<String> asked) {
    long shared = asked.stream().filter(answer::contains).count();
    return 2.0 * shared / (asked.size() + answer.size());
  }
}
