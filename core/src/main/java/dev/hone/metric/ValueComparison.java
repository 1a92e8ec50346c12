package dev.hone.metric;

import dev.hone.InvalidInputException;
import dev.hone.text.Excerpt;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Ways of comparing an expected value with the actual one, plain Java or JSON. */
enum ValueComparison {
  /** Equality. */
  EXACT {
    @Override
    Score compare(@Nullable Object expected, @Nullable Object actual) {
      boolean equal = Objects.equals(PlainValue.of(expected), PlainValue.of(actual));
      return equal ? Score.of(1) : Score.of(0, expectedButFound(expected, actual));
    }
  },

  /** Shared items among all items. */
  JACCARD {
    @Override
    Score compare(@Nullable Object expected, @Nullable Object actual) {
      return ofSets(items(expected), items(actual), false);
    }
  },

  /** The expected text within the actual one. */
  CONTAINS {
    @Override
    Score compare(@Nullable Object expected, @Nullable Object actual) {
      AnswerTokens.Pair words = AnswerTokens.of(text(expected), text(actual));
      boolean contained =
          words.expected().isEmpty()
              ? words.actual().isEmpty()
              : isWithin(words.expected(), words.actual());
      return contained
          ? Score.of(1)
          : Score.of(
              0, "expected a text with %s, found %s".formatted(show(expected), show(actual)));
    }
  },

  /** Equality after SQuAD's normalization. */
  ANSWER_EXACT_MATCH {
    @Override
    Score compare(@Nullable Object expected, @Nullable Object actual) {
      return AnswerText.normalized(text(expected)).equals(AnswerText.normalized(text(actual)))
          ? Score.of(1)
          : Score.of(0, expectedButFound(expected, actual));
    }
  },

  /** Harmonic mean of precision and recall. */
  F1 {
    @Override
    Score compare(@Nullable Object expected, @Nullable Object actual) {
      if (isCollection(expected) || isCollection(actual)) {
        return ofSets(items(expected), items(actual), true);
      }
      AnswerTokens.Pair words = AnswerTokens.of(text(expected), text(actual));
      double score = f1(words.expected(), words.actual());
      return score == 1 ? Score.of(1) : Score.of(score, expectedButFound(expected, actual));
    }
  };

  private static final int SHOWN_CHARACTERS = 200;

  /** Scores the actual value, 0 to 1; the feedback says what differs. */
  abstract Score compare(@Nullable Object expected, @Nullable Object actual);

  private static double f1(Collection<?> expected, Collection<?> actual) {
    if (expected.isEmpty() && actual.isEmpty()) {
      return 1;
    }
    Map<Object, Integer> unmatched = new HashMap<>();
    actual.forEach(item -> unmatched.merge(item, 1, Integer::sum));
    long shared =
        expected.stream().filter(item -> unmatched.merge(item, -1, Integer::sum) >= 0).count();
    return 2.0 * shared / (expected.size() + actual.size());
  }

  /**
   * Whether the words of a text are side by side in another; by the search of Knuth, Morris and
   * Pratt, since both may be long.
   */
  private static boolean isWithin(List<String> part, List<String> whole) {
    int[] borders = new int[part.size() + 1];
    int length = 0;
    for (int i = 1; i < part.size(); i++) {
      length = next(part, borders, length, part.get(i));
      borders[i + 1] = length;
    }
    length = 0;
    for (String word : whole) {
      length = next(part, borders, length, word);
      if (length == part.size()) {
        return true;
      }
    }
    return false;
  }

  /** How many of the first words end at a word, where a number of them ended before it. */
  private static int next(List<String> part, int[] borders, int before, String word) {
    int length = before;
    while (length > 0 && !part.get(length).equals(word)) {
      length = borders[length];
    }
    return part.get(length).equals(word) ? length + 1 : 0;
  }

  private static Score ofSets(Set<Object> expected, Set<Object> actual, boolean f1) {
    Set<Object> union = new LinkedHashSet<>(expected);
    union.addAll(actual);
    Set<Object> missing = new LinkedHashSet<>(expected);
    missing.removeAll(actual);
    Set<Object> extra = new LinkedHashSet<>(actual);
    extra.removeAll(expected);
    if (missing.isEmpty() && extra.isEmpty()) {
      return Score.of(1);
    }
    double shared = union.size() - missing.size() - extra.size();
    double score = f1 ? f1(expected, actual) : shared / union.size();
    List<String> feedback = new ArrayList<>();
    if (!missing.isEmpty()) {
      feedback.add("missing " + list(missing));
    }
    if (!extra.isEmpty()) {
      feedback.add("not expected " + list(extra));
    }
    return Score.of(score, String.join("; ", feedback));
  }

  private static boolean isCollection(@Nullable Object value) {
    return PlainValue.of(value) instanceof Collection<?>;
  }

  private static Set<Object> items(@Nullable Object value) {
    Object plain = PlainValue.of(value);
    if (plain instanceof Collection<?> collection) {
      return new LinkedHashSet<>(collection);
    }
    if (plain == null && (value instanceof Optional<?> || value instanceof JsonNode)) {
      return Set.of();
    }
    throw InvalidInputException.of(
        "The metric found %s, expected a list or set".formatted(show(value)),
        "use Metric.exact for a single value");
  }

  private static String text(@Nullable Object value) {
    Object plain = PlainValue.of(value);
    if (plain == null && !(value instanceof Optional<?> || value instanceof JsonNode)) {
      throw InvalidInputException.of(
          "The metric found null, expected a text",
          "use an Optional for a value that may be absent");
    }
    return plain == null ? "" : plain.toString();
  }

  private static String expectedButFound(@Nullable Object expected, @Nullable Object actual) {
    return "expected %s, found %s".formatted(show(expected), show(actual));
  }

  private static String list(Set<Object> items) {
    return items.stream().map(ValueComparison::show).collect(Collectors.joining(", "));
  }

  private static String show(@Nullable Object value) {
    Object plain = PlainValue.of(value);
    String text = plain == null ? "nothing" : plain.toString();
    String shown = Excerpt.beginning(text, SHOWN_CHARACTERS);
    return plain instanceof String ? "\"" + shown + "\"" : shown;
  }
}
