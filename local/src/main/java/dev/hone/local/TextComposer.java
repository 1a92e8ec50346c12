package dev.hone.local;

import dev.hone.embed.Embedding;
import dev.hone.text.Excerpt;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Writes text by extracting and recombining what the prompt holds. Where its input has labelled
 * records, or notes on values, the text says what each value means by quoting the most typical
 * ones, after the part of the input that is most like what is asked for. Otherwise it is the
 * sentences of the input that are nearest to what is asked for.
 *
 * <p>Complexity: at most 200 sentences of each input and 200 phrases of each value are looked at.
 */
final class TextComposer {
  private static final int FEWEST_QUOTES = 3;
  private static final int MOST_QUOTES = 9;
  private static final int LEAD_SENTENCES = 2;
  private static final int LONGEST = 14_000;
  private static final int MOST_COMPARED = 200;

  private final SentenceEmbedder embedder;

  TextComposer(SentenceEmbedder embedder) {
    this.embedder = embedder;
  }

  /** A text of at most 14,000 characters; empty if the input is. */
  String compose(ParsedField field, ParsedPrompt prompt, SamplingNoise noise) {
    PromptNotes said = PromptNotes.of(prompt);
    Map<String, List<ValueDescription>> notes = said.byField();
    String lead = lead(field, prompt, said, noise);
    if (notes.values().stream().allMatch(List::isEmpty)) {
      return Excerpt.prefix(lead, LONGEST);
    }
    SplittableRandom random = noise.random();
    int quotes =
        noise.temperature() > 0
            ? FEWEST_QUOTES + random.nextInt(MOST_QUOTES - FEWEST_QUOTES + 1)
            : MOST_QUOTES;
    List<String> lines = new ArrayList<>(lead.isEmpty() ? List.of() : List.of(lead));
    notes.forEach(
        (name, ofField) -> {
          lines.addAll(name.isEmpty() ? List.of() : List.of(name + ":"));
          ofField.forEach(
              note ->
                  lines.add(note.value() + ": " + typical(note.phrases(), quotes, noise, random)));
        });
    return Excerpt.prefix(String.join("\n", lines), LONGEST);
  }

  /** The phrases nearest to all the others; noise may prefer others. */
  private String typical(
      List<String> all, int count, SamplingNoise noise, SplittableRandom random) {
    List<String> phrases = all.stream().limit(MOST_COMPARED).toList();
    return ranked(phrases, phrase -> meanCosine(phrase, phrases) + noise.disturbance(random))
        .stream()
        .limit(count)
        .collect(Collectors.joining("; "));
  }

  private double meanCosine(String phrase, List<String> others) {
    double sum = 0;
    for (String other : others) {
      sum += embedder.embed(phrase).dot(embedder.embed(other));
    }
    return sum / others.size();
  }

  /**
   * Texts by their rank, highest first, the first of equals first; each is ranked once, in order.
   */
  private static List<String> ranked(List<String> texts, ToDoubleFunction<String> rank) {
    Map<String, Double> ranks = new LinkedHashMap<>();
    for (String text : texts) {
      ranks.put(text, rank.applyAsDouble(text));
    }
    return ranks.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The part of the input that is most like what is asked for. */
  private String lead(
      ParsedField field, ParsedPrompt prompt, PromptNotes notes, SamplingNoise noise) {
    String named = notes.ownWords(sameName(field, prompt.input()));
    if (!named.isEmpty()) {
      return named;
    }
    List<String> sentences = new ArrayList<>();
    prompt
        .input()
        .values()
        .forEach(
            text ->
                TextTokens.sentences(notes.plain(text)).stream()
                    .limit(MOST_COMPARED)
                    .forEach(sentences::add));
    Embedding target = embedder.embed(TextTokens.ofName(field.name()) + ". " + field.description());
    Embedding task = embedder.embed(prompt.context().instructions());
    SplittableRandom random = noise.random();
    ToDoubleFunction<String> rank =
        sentence -> {
          Embedding vector = embedder.embed(sentence);
          return vector.dot(target) + vector.dot(task) + noise.disturbance(random);
        };
    return ranked(sentences, rank).stream().limit(LEAD_SENTENCES).collect(Collectors.joining(" "));
  }

  /** The input whose name shares a word with the field's, such as an earlier version of it. */
  private static String sameName(ParsedField field, Map<String, String> inputs) {
    Set<String> words =
        TextTokens.content(TextTokens.ofName(field.name())).collect(Collectors.toSet());
    return inputs.entrySet().stream()
        .filter(e -> TextTokens.content(TextTokens.ofName(e.getKey())).anyMatch(words::contains))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }
}
