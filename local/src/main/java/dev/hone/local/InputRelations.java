package dev.hone.local;

import dev.hone.embed.Embedding;
import dev.hone.local.PromptContext.ParsedDemo;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * How alike the inputs of a prompt are to each other, against what is usual among its demos: the
 * cosine of each two of them, less the demos' mean. Whether a text fits another one is seen in no
 * vector of both.
 */
final class InputRelations {
  /** By what a difference of cosines is multiplied, so that it counts beside the vectors. */
  static final double SCALE = 3;

  private final SentenceEmbedder embedder;
  private final double[] usual;

  private InputRelations(SentenceEmbedder embedder, double[] usual) {
    this.embedder = embedder;
    this.usual = usual;
  }

  /** The relations that demos show; none if they have one input each. */
  static InputRelations among(List<ParsedDemo> demos, SentenceEmbedder embedder) {
    double[] sum = {};
    for (ParsedDemo demo : demos) {
      double[] cosines = cosines(demo.input(), embedder);
      sum = sum.length == 0 ? new double[cosines.length] : sum;
      for (int i = 0; i < Math.min(sum.length, cosines.length); i++) {
        sum[i] += cosines[i];
      }
    }
    return new InputRelations(
        embedder, Arrays.stream(sum).map(cosine -> cosine / demos.size()).toArray());
  }

  /** What is known of an input. */
  TextFeatures features(Map<String, String> input) {
    Embedding vector = embedder.embed(ParsedPrompt.text(input));
    double[] relations = usual.length == 0 ? usual : cosines(input, embedder);
    if (relations.length != usual.length) {
      return TextFeatures.of(vector);
    }
    for (int i = 0; i < usual.length; i++) {
      relations[i] = SCALE * (relations[i] - usual[i]);
    }
    return new TextFeatures(vector, relations);
  }

  private static double[] cosines(Map<String, String> input, SentenceEmbedder embedder) {
    List<Embedding> vectors = input.values().stream().map(embedder::embed).toList();
    double[] cosines = new double[vectors.size() * (vectors.size() - 1) / 2];
    int next = 0;
    for (int i = 0; i < vectors.size(); i++) {
      for (int j = 0; j < i; j++) {
        cosines[next++] = vectors.get(i).dot(vectors.get(j));
      }
    }
    return cosines;
  }
}
