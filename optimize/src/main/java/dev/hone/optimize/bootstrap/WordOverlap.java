package dev.hone.optimize.bootstrap;

import dev.hone.prompt.Demo;
import dev.hone.text.LowerCase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * How like the inputs of demos are, by the words they share: the cosine of their sets of words, a
 * word weighted by how few demos have it. Words are runs of letters and digits without case; an
 * ideograph is a word of its own. Immutable.
 *
 * <p>Source: Salton and Buckley, Term-weighting approaches in automatic text retrieval (1988), with
 * binary term frequency.
 */
final class WordOverlap {
  /** Of longer inputs only the beginning counts. */
  private static final int MOST_WORDS = 300;

  private static final double HALF = 0.5;

  private final List<int[]> wordsOf = new ArrayList<>();
  private final double[] squaredWeight;
  private final double[] length;

  WordOverlap(List<Demo> demos) {
    Map<String, Integer> ids = new HashMap<>();
    for (Demo demo : demos) {
      Set<String> words = new LinkedHashSet<>();
      collect(demo.inputs(), words);
      wordsOf.add(
          words.stream()
              .mapToInt(word -> ids.computeIfAbsent(word, unseen -> ids.size()))
              .sorted()
              .toArray());
    }
    squaredWeight = squaredWeights(ids.size());
    length = new double[demos.size()];
    for (int i = 0; i < length.length; i++) {
      double sum = 0;
      for (int word : wordsOf.get(i)) {
        sum += squaredWeight[word];
      }
      length[i] = Math.sqrt(sum);
    }
  }

  private double[] squaredWeights(int words) {
    double[] weights = new double[words];
    for (int[] ofDemo : wordsOf) {
      for (int word : ofDemo) {
        weights[word]++;
      }
    }
    for (int word = 0; word < words; word++) {
      double weight = Math.log((wordsOf.size() + 1) / (weights[word] + HALF));
      weights[word] = weight * weight;
    }
    return weights;
  }

  private static void collect(JsonNode value, Set<String> words) {
    if (value.isContainer()) {
      value.forEach(inner -> collect(inner, words));
    } else {
      addWords(value.asString(), words);
    }
  }

  private static void addWords(String text, Set<String> words) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < text.length() && words.size() < MOST_WORDS; ) {
      int sign = text.codePointAt(i);
      i += Character.charCount(sign);
      boolean alone = Character.isIdeographic(sign);
      if (alone || !Character.isLetterOrDigit(sign)) {
        end(word, words);
      }
      if (Character.isLetterOrDigit(sign)) {
        word.appendCodePoint(sign);
      }
      if (alone) {
        end(word, words);
      }
    }
    end(word, words);
  }

  private static void end(StringBuilder word, Set<String> words) {
    if (!word.isEmpty() && words.size() < MOST_WORDS) {
      words.add(LowerCase.of(word.toString()));
    }
    word.setLength(0);
  }

  /** From 0, no word in common, to 1, the same words. */
  double of(int one, int other) {
    int[] a = wordsOf.get(one);
    int[] b = wordsOf.get(other);
    double common = 0;
    for (int i = 0, j = 0; i < a.length && j < b.length; ) {
      if (a[i] == b[j]) {
        common += squaredWeight[a[i]];
      }
      int next = a[i];
      i += next <= b[j] ? 1 : 0;
      j += b[j] <= next ? 1 : 0;
    }
    return common == 0 ? 0 : common / (length[one] * length[other]);
  }
}
