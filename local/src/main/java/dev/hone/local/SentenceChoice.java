package dev.hone.local;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hone.embed.Embedding;
import dev.hone.local.PromptContext.ParsedDemo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * Writes a text as demos do that quote their inputs: it learns which sentences they take, and
 * quotes as many. A sentence is known by its vector, by the input that it is from, and by how alike
 * it is to each input; before anything is learnt, by how alike it is to what is asked for.
 *
 * <p>Complexity: at most 512 sentences of demos are learnt from, 200 of each input are looked at.
 */
final class SentenceChoice {
  private static final int MOST_POINTS = 512;
  private static final int MOST_COMPARED = 200;
  private static final double NOISE = 0.1;
  private static final double LIKENESS = 3;
  private static final double SOURCE = 0.5;

  private final SentenceEmbedder embedder;
  private final Cache<Key, Optional<Fitted>> models =
      Caffeine.newBuilder().maximumSize(2000).build();

  private record Key(PromptContext context, String field) {}

  /** What demos show: the model of their sentences, and how many of them a text has. */
  private record Fitted(ValueModel model, int count) {}

  /** A sentence of an input. */
  private record Sentence(String text, int source) {}

  SentenceChoice(SentenceEmbedder embedder) {
    this.embedder = embedder;
  }

  /** The text; empty unless at least half of the demos' sentences are in their inputs. */
  Optional<String> text(ParsedField field, ParsedPrompt prompt, SamplingNoise noise) {
    return models
        .get(new Key(prompt.context(), field.name()), key -> fit(field, prompt.context()))
        .map(fitted -> quote(fitted, prompt.input(), noise));
  }

  private String quote(Fitted fitted, Map<String, String> input, SamplingNoise noise) {
    List<Sentence> sentences = sentences(input);
    List<TextFeatures> features = features(sentences, input);
    SplittableRandom random = noise.random();
    double[] ranks =
        features.stream()
            .mapToDouble(f -> fitted.model().predict(f)[0] + noise.disturbance(random))
            .toArray();
    return IntStream.range(0, ranks.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -ranks[i]))
        .map(i -> sentences.get(i).text())
        .distinct()
        .limit(fitted.count())
        .collect(Collectors.joining(" "));
  }

  private Optional<Fitted> fit(ParsedField field, PromptContext context) {
    List<LabeledVector> points = new ArrayList<>();
    int demos = 0;
    int all = 0;
    int quoted = 0;
    for (ParsedDemo demo : context.demos()) {
      JsonNode value = demo.output().get(field.name());
      if (value != null && value.isString()) {
        List<String> written = TextTokens.sentences(value.stringValue());
        Set<String> found = add(points, demo.input(), Set.copyOf(written));
        demos++;
        all += written.size();
        quoted += (int) written.stream().filter(found::contains).count();
      }
    }
    if (quoted == 0 || 2 * quoted < all) {
      return Optional.empty();
    }
    Embedding target = embedder.embed(TextTokens.ofName(field.name()) + ". " + field.description());
    Embedding task = embedder.embed(context.instructions());
    List<LabeledVector> newest =
        points.subList(Math.max(0, points.size() - MOST_POINTS), points.size());
    int count = Math.max(1, (int) Math.round((double) quoted / demos));
    return Optional.of(new Fitted(ValueModel.fit(new Wanted(target, task), newest), count));
  }

  /** Adds the sentences of a demo's inputs; returns those that its text has. */
  private Set<String> add(
      List<LabeledVector> points, Map<String, String> input, Set<String> written) {
    List<Sentence> sentences = sentences(input);
    List<TextFeatures> features = features(sentences, input);
    Set<String> found = new HashSet<>();
    for (int i = 0; i < sentences.size(); i++) {
      boolean taken = written.contains(sentences.get(i).text());
      points.add(new LabeledVector(features.get(i), taken ? Set.of(0) : Set.of(), NOISE));
      if (taken) {
        found.add(sentences.get(i).text());
      }
    }
    return found;
  }

  private static List<Sentence> sentences(Map<String, String> input) {
    List<Sentence> sentences = new ArrayList<>();
    int source = 0;
    for (String text : input.values()) {
      int from = source++;
      TextTokens.sentences(text).stream()
          .limit(MOST_COMPARED)
          .forEach(sentence -> sentences.add(new Sentence(sentence, from)));
    }
    return sentences;
  }

  /** Likenesses are taken against the mean of the sentences from the same input. */
  private List<TextFeatures> features(List<Sentence> sentences, Map<String, String> input) {
    List<Embedding> inputs = input.values().stream().map(embedder::embed).toList();
    int width = inputs.size() + 1;
    double[][] means = new double[inputs.size()][inputs.size()];
    int[] counts = new int[inputs.size()];
    for (Sentence sentence : sentences) {
      counts[sentence.source()]++;
      for (int j = 0; j < inputs.size(); j++) {
        means[sentence.source()][j] += embedder.embed(sentence.text()).dot(inputs.get(j));
      }
    }
    List<TextFeatures> features = new ArrayList<>();
    for (Sentence sentence : sentences) {
      int from = sentence.source();
      Embedding vector = embedder.embed(sentence.text());
      double[] relations = new double[width * inputs.size()];
      relations[from * width] = SOURCE;
      for (int j = 0; j < inputs.size(); j++) {
        relations[from * width + 1 + j] =
            LIKENESS * (vector.dot(inputs.get(j)) - means[from][j] / counts[from]);
      }
      features.add(new TextFeatures(vector, relations));
    }
    return features;
  }

  /** Before anything is learnt: how alike a sentence is to the field and to the instructions. */
  private record Wanted(Embedding field, Embedding task) implements ValuePrior {
    @Override
    public int size() {
      return 1;
    }

    @Override
    public double[] of(Embedding text) {
      return new double[] {text.dot(field) + text.dot(task)};
    }
  }
}
