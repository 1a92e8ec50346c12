package dev.hone.local;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * Writes text by extracting and recombining what the prompt holds. Where its input has labelled
 * records, or notes on values, the text says what each value means by quoting the most typical
 * ones, after the part of the input that is most like what is asked for. Otherwise it is the
 * sentences of the input that are nearest to what is asked for.
 */
final class TextComposer {
  private static final int MOST_QUOTES = 9;
  private static final int LONGEST = 14_000;

  private final SentenceEmbedder embedder;

  TextComposer(SentenceEmbedder embedder) {
    this.embedder = embedder;
  }

  String compose(ReadField field, ReadPrompt prompt, Chance chance) {
    Map<String, List<String>> notes = notes(prompt);
    String lead = lead(field, prompt, chance);
    if (notes.isEmpty()) {
      return lead;
    }
    SplittableRandom random = chance.random();
    int quotes = chance.temperature() > 0 ? 3 + random.nextInt(MOST_QUOTES - 2) : MOST_QUOTES;
    String lines =
        notes.entrySet().stream()
            .map(e -> e.getKey() + ": " + typical(e.getValue(), quotes, chance, random))
            .collect(Collectors.joining("\n"));
    String text = lead.isEmpty() ? lines : lead + "\n" + lines;
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }

  /** What the input says of values: in records, and in notes made earlier. */
  private static Map<String, List<String>> notes(ReadPrompt prompt) {
    Map<String, LinkedHashSet<String>> all = new LinkedHashMap<>();
    for (String text : prompt.input().values()) {
      Map<String, List<String>> quotes = RecordNotes.in(text).quotes();
      Map<String, List<String>> found = quotes.isEmpty() ? repeated(ValueNotes.in(text)) : quotes;
      found.forEach(
          (value, said) -> all.computeIfAbsent(value, v -> new LinkedHashSet<>()).addAll(said));
    }
    Map<String, List<String>> result = new LinkedHashMap<>();
    all.forEach((value, said) -> result.put(value, List.copyOf(said)));
    return result;
  }

  /** Notes come in several; a single line with a colon is just a sentence. */
  private static Map<String, List<String>> repeated(Map<String, List<String>> notes) {
    return notes.size() > 1 ? notes : Map.of();
  }

  /** The phrases nearest to all the others; chance may prefer others. */
  private String typical(List<String> phrases, int count, Chance chance, SplittableRandom random) {
    Map<String, Double> ranks = new LinkedHashMap<>();
    for (String phrase : phrases) {
      double sum = 0;
      for (String other : phrases) {
        sum += SentenceEmbedder.cosine(embedder.embed(phrase), embedder.embed(other));
      }
      double disturbed = sum / phrases.size() + chance.temperature() * 0.1 * random.nextGaussian();
      ranks.put(phrase, disturbed);
    }
    return ranks.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()))
        .limit(count)
        .map(Map.Entry::getKey)
        .collect(Collectors.joining("; "));
  }

  /** The part of the input that is most like what is asked for. */
  private String lead(ReadField field, ReadPrompt prompt, Chance chance) {
    String wanted = Words.ofName(field.name()) + ". " + field.description();
    float[] target = embedder.embed(wanted);
    Map<String, String> plain = new LinkedHashMap<>();
    prompt.input().forEach((name, text) -> plain.put(name, withoutNotes(text)));
    String named = sameName(field, plain);
    if (!named.isEmpty()) {
      return named;
    }
    List<String> sentences = new ArrayList<>();
    plain.values().forEach(text -> sentences.addAll(Words.sentences(text)));
    float[] task = embedder.embed(prompt.instructions());
    SplittableRandom random = chance.random();
    Map<String, Double> ranks = new LinkedHashMap<>();
    for (String sentence : sentences) {
      float[] vector = embedder.embed(sentence);
      ranks.put(
          sentence,
          SentenceEmbedder.cosine(vector, target)
              + SentenceEmbedder.cosine(vector, task)
              + chance.temperature() * 0.1 * random.nextGaussian());
    }
    return sentences.stream()
        .distinct()
        .sorted(Comparator.comparingDouble((String s) -> -ranks.getOrDefault(s, 0.0)))
        .limit(2)
        .collect(Collectors.joining(" "));
  }

  /** A text without its records, and without its lines that are notes. */
  private static String withoutNotes(String text) {
    if (!RecordNotes.in(text).quotes().isEmpty()) {
      return "";
    }
    return ValueNotes.in(text).size() < 2
        ? text
        : text.lines()
            .filter(line -> ValueNotes.in(line).isEmpty())
            .collect(Collectors.joining("\n"));
  }

  /** The input whose name holds a word of the field's name, such as an earlier version of it. */
  private static String sameName(ReadField field, Map<String, String> inputs) {
    List<String> words = List.of(Words.ofName(field.name()).split(" "));
    return inputs.entrySet().stream()
        .filter(
            e -> List.of(Words.ofName(e.getKey()).split(" ")).stream().anyMatch(words::contains))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }
}
