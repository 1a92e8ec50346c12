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

/** Finds all texts that the next call of a run could have, with what is known of each. */
final class SpanReader {
  private final SentenceEmbedder embedder;
  private final Cache<List<String>, Embedding> sides =
      Caffeine.newBuilder().maximumSize(50_000).build();
  private final Cache<String, float[]> numbers = Caffeine.newBuilder().maximumSize(20_000).build();

  SpanReader(SentenceEmbedder embedder) {
    this.embedder = embedder;
  }

  /** The texts, in order. */
  List<SpanFeatures> read(AgentEpisode episode) {
    Set<String> names = namesOfNewestCall(episode);
    String newest = episode.steps().isEmpty() ? "" : newest(episode).returned();
    WordFit fit = WordFit.of(episode, embedder);
    List<SpanFeatures> all = new ArrayList<>();
    for (TextSpan span : SpanFinder.candidates(episode)) {
      String line = lower(span.line());
      boolean result = span.source() == Source.RESULT;
      double asked = result && span.form() != Form.SENTENCE ? fit.asked(span) : 0;
      all.add(
          new SpanFeatures(
              span,
              side(span.left()),
              side(span.right()),
              names.stream().anyMatch(line::contains),
              names.stream().anyMatch(line::startsWith),
              asked,
              !span.line().isEmpty() && newest.contains(span.line()),
              result ? (1 - asked) * fit.own(span) : 0,
              result ? (1 - asked) * fit.near(span) : 0));
    }
    return all;
  }

  private static Step newest(AgentEpisode episode) {
    return episode.steps().get(episode.steps().size() - 1);
  }

  private static Set<String> namesOfNewestCall(AgentEpisode episode) {
    if (episode.steps().isEmpty()) {
      return Set.of();
    }
    StringBuilder said = new StringBuilder();
    for (JsonNode value : newest(episode).arguments()) {
      said.append(value.asString("")).append('\n');
    }
    return Set.copyOf(SpanFinder.names(said.toString()).stream().map(SpanReader::lower).toList());
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** The mean of the words' vectors: the nearer ones count more, and those of meaning twice. */
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
