package dev.hone.local;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hone.embed.Embedding;
import dev.hone.local.AgentEpisode.Step;
import dev.hone.local.TextSpan.Form;
import dev.hone.local.TextSpan.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What is known of a text that an agent could pass to a tool, beside where it comes from.
 *
 * @param span the text
 * @param left the vector of the words before it
 * @param right the vector of the words after it
 * @param anchored whether its line has a name that the newest call asked for
 * @param heads whether such a name begins its line
 * @param asked whether the input has it too
 */
record SpanFeatures(
    TextSpan span,
    Embedding left,
    Embedding right,
    boolean anchored,
    boolean heads,
    boolean asked) {

  /** How alike two texts are in their place, from 0 to 1. */
  double likeness(SpanFeatures other) {
    double words = Math.min(1, Math.abs(span.words() - other.span.words()) / 2.0);
    return 0.25 * (span.source() == other.span.source() ? 1 : 0)
        + 0.15 * (span.form() == other.span.form() ? 1 : 0)
        + 0.1 * (1 - words)
        + 0.1 * (anchored == other.anchored ? 1 : 0)
        + 0.05 * (heads == other.heads ? 1 : 0)
        + 0.05 * (asked == other.asked ? 1 : 0)
        + 0.3 * placeLikeness(other);
  }

  private double placeLikeness(SpanFeatures other) {
    boolean whole = span.left().isEmpty();
    if (whole || other.span.left().isEmpty()) {
      return whole == other.span.left().isEmpty() ? 1 : 0;
    }
    return (stretched(left.dot(other.left)) + stretched(right.dot(other.right))) / 2;
  }

  private static double stretched(double cosine) {
    return Math.max(0, (cosine - 0.2) / 0.8);
  }

  /** Makes features; vectors of words are kept. */
  static final class Maker {
    private final SentenceEmbedder embedder;
    private final Cache<List<String>, Embedding> sides =
        Caffeine.newBuilder().maximumSize(50_000).build();
    private final Cache<String, float[]> numbers =
        Caffeine.newBuilder().maximumSize(20_000).build();

    Maker(SentenceEmbedder embedder) {
      this.embedder = embedder;
    }

    /** The features of all texts that the next call of a run could have. */
    List<SpanFeatures> of(AgentEpisode episode) {
      Set<String> names = namesOfNewestCall(episode);
      String input = lower(episode.inputText());
      List<SpanFeatures> all = new ArrayList<>();
      for (TextSpan span : SpanFinder.candidates(episode)) {
        String line = lower(span.line());
        boolean result = span.source() == Source.RESULT;
        all.add(
            new SpanFeatures(
                span,
                side(span.left()),
                side(span.right()),
                names.stream().anyMatch(line::contains),
                names.stream().anyMatch(line::startsWith),
                result && span.form() != Form.SENTENCE && input.contains(span.key())));
      }
      return all;
    }

    private static Set<String> namesOfNewestCall(AgentEpisode episode) {
      if (episode.steps().isEmpty()) {
        return Set.of();
      }
      Step newest = episode.steps().get(episode.steps().size() - 1);
      StringBuilder said = new StringBuilder();
      for (JsonNode value : newest.arguments()) {
        said.append(value.asString("")).append('\n');
      }
      return Set.copyOf(
          SpanFinder.names(said.toString()).stream().map(SpanFeatures.Maker::lower).toList());
    }

    private static String lower(String text) {
      return text.toLowerCase(Locale.ROOT);
    }

    /** The mean of the words' vectors, nearer words first, those of meaning twice. */
    private Embedding side(List<String> words) {
      return sides.get(words, this::mean);
    }

    private Embedding mean(List<String> words) {
      double[] sum = new double[SentenceEmbedder.SIZE];
      for (int i = 0; i < words.size(); i++) {
        double weight = (TextTokens.isCommon(words.get(i)) ? 1.0 : 2.0) / (1 + i);
        float[] word = numbers.get(words.get(i), embedder::numbers);
        for (int j = 0; j < sum.length; j++) {
          sum[j] += weight * word[j];
        }
      }
      double squares = 0;
      for (double value : sum) {
        squares += value * value;
      }
      float[] unit = new float[sum.length];
      for (int i = 0; i < unit.length && squares > 0; i++) {
        unit[i] = (float) (sum[i] / Math.sqrt(squares));
      }
      return Embedding.of(unit);
    }
  }
}
