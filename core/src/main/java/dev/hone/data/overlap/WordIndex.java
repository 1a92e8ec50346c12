package dev.hone.data.overlap;

import dev.hone.data.Example;
import dev.hone.data.overlap.DatasetOverlap.Pair;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Examples by the words of their inputs. Two sets of words that share a share t of their union have
 * one of the rarest (1 - t) n + 1 words of either in common, n its size (the prefix filter of S.
 * Chaudhuri et al., 2006), so few examples are compared.
 */
final class WordIndex {
  private static final int LEAST_WORDS = 5;

  private final List<? extends Example<?, ?>> examples;
  private final List<Set<String>> words = new ArrayList<>();
  private final Map<String, List<Integer>> byWord = new HashMap<>();
  private final Map<List<String>, Integer> byText = new HashMap<>();

  WordIndex(List<? extends Example<?, ?>> examples) {
    this.examples = examples;
    for (int i = 0; i < examples.size(); i++) {
      List<String> text = split(examples.get(i));
      Set<String> distinct = new TreeSet<>(text);
      byText.putIfAbsent(text, i);
      words.add(distinct);
      for (String word : distinct) {
        byWord.computeIfAbsent(word, added -> new ArrayList<>()).add(i);
      }
    }
  }

  /** The most similar example, if it is similar enough; an equal one before all. */
  Optional<Pair> nearest(Example<?, ?> example, double least) {
    for (Example<?, ?> other : candidates(example)) {
      if (other.inputJson().equals(example.inputJson())) {
        return Optional.of(new Pair(example, other, 1));
      }
    }
    List<String> text = split(example);
    Integer same = text.isEmpty() ? null : byText.get(text);
    if (same != null) {
      return Optional.of(new Pair(example, examples.get(same), 1));
    }
    Set<String> own = new TreeSet<>(text);
    return own.size() < LEAST_WORDS ? Optional.empty() : bySharedWords(example, own, least);
  }

  /** Those that an equal one is among: of the same text. */
  private List<? extends Example<?, ?>> candidates(Example<?, ?> example) {
    List<String> text = split(example);
    Integer first = byText.get(text);
    return first == null
        ? List.of()
        : examples.subList(first, examples.size()).stream()
            .filter(other -> split(other).equals(text))
            .toList();
  }

  private Optional<Pair> bySharedWords(Example<?, ?> example, Set<String> own, double least) {
    List<String> rarest = new ArrayList<>(own);
    rarest.sort(Comparator.comparingInt((String word) -> frequency(word)).thenComparing(w -> w));
    int probes = own.size() - (int) Math.ceil(least * own.size()) + 1;
    Set<Integer> found = new LinkedHashSet<>();
    rarest.subList(0, probes).forEach(word -> found.addAll(byWord.getOrDefault(word, List.of())));
    return found.stream()
        .map(i -> new Pair(example, examples.get(i), shared(own, words.get(i))))
        .filter(pair -> pair.similarity() >= least)
        .max(Comparator.comparingDouble(Pair::similarity));
  }

  private int frequency(String word) {
    return byWord.getOrDefault(word, List.of()).size();
  }

  private static double shared(Set<String> one, Set<String> other) {
    if (other.size() < LEAST_WORDS || !numbers(one).equals(numbers(other))) {
      return 0;
    }
    Set<String> common = new HashSet<>(one);
    common.retainAll(other);
    return common.size() / (double) (one.size() + other.size() - common.size());
  }

  /** Words with digits: two sums of one template are two tasks. */
  private static Set<String> numbers(Set<String> words) {
    Set<String> numbers = new HashSet<>(words);
    numbers.removeIf(word -> word.chars().noneMatch(Character::isDigit));
    return numbers;
  }

  /** Whether the two inputs are the same to the letter. */
  static boolean equal(Pair pair) {
    return pair.example().inputJson().equals(pair.like().inputJson());
  }

  /** The values of an input as one text. */
  static String text(Example<?, ?> example) {
    StringBuilder text = new StringBuilder();
    append(example.inputJson(), text);
    return text.toString().strip();
  }

  private static void append(JsonNode node, StringBuilder text) {
    if (node.isContainer()) {
      node.values().forEach(value -> append(value, text));
    } else if (!node.isNull()) {
      text.append(node.asString()).append(' ');
    }
  }

  private static List<String> split(Example<?, ?> example) {
    List<String> words = new ArrayList<>();
    for (String word : text(example).toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+", -1)) {
      if (!word.isEmpty()) {
        words.add(word);
      }
    }
    return words;
  }
}
