package dev.hone.local;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hone.embed.Embedding;
import dev.hone.json.Json;
import dev.hone.local.PromptContext.ParsedDemo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * Answers fields with allowed values. What the prompt says of the values (descriptions of the
 * field, notes in the instructions) and its demos are points of a {@link ValueModel}, which is kept
 * by context. Where having none of the values is possible, that is one more value.
 */
final class ValueAnswerer {
  private static final double DEMO_NOISE = 0.1;
  private static final double NOTE_NOISE = 0.2;

  /** A value of a list is included from this probability on. */
  private static final double INCLUDED = 0.4;

  private static final int MOST_NOTES = 512;
  private static final List<String> FALSE_OR_TRUE = List.of("false", "true");

  private final SentenceEmbedder embedder;
  private final Cache<Key, ValueModel> models = Caffeine.newBuilder().maximumSize(2000).build();

  private final Cache<PromptContext, InputRelations> relations =
      Caffeine.newBuilder().maximumSize(2000).build();

  private record Key(PromptContext context, String field) {}

  ValueAnswerer(SentenceEmbedder embedder) {
    this.embedder = embedder;
  }

  /** The likelier of both; without any point, false, or empty if the field may be absent. */
  Optional<String> falseOrTrue(ParsedField field, ParsedPrompt prompt, SamplingNoise noise) {
    boolean optional = isOptional(field);
    ValueQuestion question = new ValueQuestion(field, FALSE_OR_TRUE, false, optional);
    if (model(question, prompt.context()).isPrior()) {
      return optional ? Optional.empty() : Optional.of("false");
    }
    return one(question, prompt, noise);
  }

  /** The likeliest value; empty if the field may be absent and that is likelier. */
  Optional<String> one(
      ParsedField field, List<String> allowed, ParsedPrompt prompt, SamplingNoise noise) {
    return one(new ValueQuestion(field, allowed, true, isOptional(field)), prompt, noise);
  }

  private static boolean isOptional(ParsedField field) {
    return field.type().isOptional();
  }

  private Optional<String> one(ValueQuestion question, ParsedPrompt prompt, SamplingNoise noise) {
    int best = best(probabilities(question, prompt, noise));
    return best == question.none() ? Optional.empty() : Optional.of(question.allowed().get(best));
  }

  /** The values that are likely enough; none if having none is likelier than any. */
  List<String> many(
      ParsedField field, List<String> allowed, ParsedPrompt prompt, SamplingNoise noise) {
    double[] probabilities =
        probabilities(new ValueQuestion(field, allowed, true, true), prompt, noise);
    List<Integer> ranked =
        IntStream.range(0, allowed.size())
            .boxed()
            .sorted(Comparator.comparingDouble(v -> -probabilities[v]))
            .toList();
    int likely = (int) ranked.stream().filter(v -> probabilities[v] >= INCLUDED).count();
    int wanted = best(probabilities) == allowed.size() ? 0 : Math.max(1, likely);
    int count = Math.min(allowed.size(), field.limits().clampSize(wanted));
    return ranked.subList(0, count).stream().sorted().map(allowed::get).toList();
  }

  private double[] probabilities(ValueQuestion question, ParsedPrompt prompt, SamplingNoise noise) {
    TextFeatures input = relations(prompt.context()).features(prompt.input());
    double[] probabilities = model(question, prompt.context()).predict(input);
    SplittableRandom random = noise.random();
    for (int v = 0; v < probabilities.length; v++) {
      probabilities[v] += noise.disturbance(random);
    }
    return probabilities;
  }

  private static int best(double[] probabilities) {
    int best = 0;
    for (int v = 1; v < probabilities.length; v++) {
      best = probabilities[v] > probabilities[best] ? v : best;
    }
    return best;
  }

  private ValueModel model(ValueQuestion question, PromptContext context) {
    return models.get(new Key(context, question.field().name()), key -> fit(question, context));
  }

  private InputRelations relations(PromptContext context) {
    return relations.get(context, key -> InputRelations.among(key.demos(), embedder));
  }

  private ValueModel fit(ValueQuestion question, PromptContext context) {
    List<Embedding> names =
        question.named()
            ? question.allowed().stream().map(TextTokens::ofName).map(embedder::embed).toList()
            : List.of();
    List<LabeledVector> points = new ArrayList<>();
    addNotes(points, question, context);
    InputRelations related = relations(context);
    context.demos().forEach(demo -> add(points, question, demo, related));
    return ValueModel.fit(new NamePrior(names, question.size()), points);
  }

  private void addNotes(List<LabeledVector> points, ValueQuestion question, PromptContext context) {
    question
        .field()
        .valueDescriptions()
        .forEach(
            (value, said) ->
                addNote(points, question, value, TextTokens.ofName(value) + ": " + said));
    String field = question.field().name();
    List<String> outputs = context.outputs().stream().map(ParsedField::name).toList();
    for (ValueDescription note : ValueNotes.in(context.instructions())) {
      boolean onAnother = outputs.contains(field) && outputs.stream().anyMatch(note::isOn);
      if (note.isOn(field) || !onAnother) {
        note.phrases().forEach(phrase -> addNote(points, question, note.value(), phrase));
      }
    }
  }

  private void addNote(
      List<LabeledVector> points, ValueQuestion question, String name, String text) {
    int value = question.described(name);
    if (value >= 0 && points.size() < MOST_NOTES) {
      points.add(new LabeledVector(embedder.embed(text), Set.of(value), NOTE_NOISE));
    }
  }

  private static void add(
      List<LabeledVector> points, ValueQuestion question, ParsedDemo demo, InputRelations related) {
    JsonNode label = demo.output().get(question.field().name());
    if (label != null) {
      TextFeatures features = related.features(demo.input());
      points.add(new LabeledVector(features, values(question, label), DEMO_NOISE));
    }
  }

  private static Set<Integer> values(ValueQuestion question, JsonNode label) {
    Set<Integer> values = new LinkedHashSet<>();
    List<JsonNode> items = new ArrayList<>();
    if (label.isArray()) {
      label.forEach(items::add);
    } else if (!label.isNull()) {
      items.add(label);
    }
    items.forEach(item -> values.add(question.allowed().indexOf(text(item))));
    return items.isEmpty() ? Set.of(question.none()) : values;
  }

  /** A value as it is written in a list of allowed values. */
  static String text(JsonNode value) {
    return value.isString() ? value.stringValue() : Json.write(value);
  }
}
