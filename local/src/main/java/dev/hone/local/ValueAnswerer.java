package dev.hone.local;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hone.local.ReadPrompt.ReadDemo;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;

/**
 * Answers fields with allowed values. What the prompt says of the values (descriptions of the
 * field, notes in the instructions) and its demos are points of a {@link ValueModel}; models are
 * kept by prompt.
 */
final class ValueAnswerer {
  private static final double DEMO_NOISE = 0.1;
  private static final double NOTE_NOISE = 0.2;

  /** A text that is no nearer to any name than this has none of the values. */
  private static final double NOTHING = 0.2;

  private static final double INCLUDED = 0.4;

  /** How much one unit of temperature disturbs chances. */
  private static final double DISTURBANCE = 0.1;

  private final SentenceEmbedder embedder;
  private final Cache<Key, ValueModel> models = Caffeine.newBuilder().maximumSize(2000).build();

  private record Key(ReadField field, String instructions, List<ReadDemo> demos) {}

  ValueAnswerer(SentenceEmbedder embedder) {
    this.embedder = embedder;
  }

  /** The likeliest value. */
  String one(ReadField field, List<String> allowed, ReadPrompt prompt, Chance chance) {
    ValueModel model = model(field, allowed, false, prompt);
    double[] chances = chances(model, prompt, chance);
    return model.values().get(best(chances));
  }

  /** The values that are likely enough; none if having none is likelier than any. */
  List<String> many(ReadField field, List<String> allowed, ReadPrompt prompt, Chance chance) {
    ValueModel model = model(field, allowed, true, prompt);
    double[] chances = chances(model, prompt, chance);
    int best = best(chances);
    List<String> chosen = new ArrayList<>();
    if (model.values().get(best).equals(ValueNotes.NONE)) {
      return chosen;
    }
    for (int v = 0; v < allowed.size(); v++) {
      if (v == best || chances[v] >= INCLUDED) {
        chosen.add(allowed.get(v));
      }
    }
    return chosen;
  }

  private double[] chances(ValueModel model, ReadPrompt prompt, Chance chance) {
    double[] chances = model.predict(embedder.embed(text(prompt.input())));
    if (chance.temperature() > 0) {
      SplittableRandom random = chance.random();
      for (int v = 0; v < chances.length; v++) {
        chances[v] += chance.temperature() * DISTURBANCE * random.nextGaussian();
      }
    }
    return chances;
  }

  private static int best(double[] chances) {
    int best = 0;
    for (int v = 1; v < chances.length; v++) {
      best = chances[v] > chances[best] ? v : best;
    }
    return best;
  }

  private ValueModel model(ReadField field, List<String> allowed, boolean many, ReadPrompt prompt) {
    return models.get(
        new Key(field, prompt.instructions(), prompt.demos()),
        key -> fit(field, allowed, many, prompt));
  }

  private ValueModel fit(ReadField field, List<String> allowed, boolean many, ReadPrompt prompt) {
    List<String> values = new ArrayList<>(allowed);
    if (many) {
      values.add(ValueNotes.NONE);
    }
    List<float[]> names =
        allowed.stream().map(value -> embedder.embed(Words.ofName(value))).toList();
    List<Point> points = new ArrayList<>();
    field
        .descriptions()
        .forEach((value, said) -> points.add(note(value, Words.ofName(value) + ": " + said)));
    for (Map.Entry<String, List<String>> entry : ValueNotes.in(prompt.instructions()).entrySet()) {
      values.stream()
          .filter(value -> value.equalsIgnoreCase(entry.getKey()))
          .findFirst()
          .ifPresent(value -> entry.getValue().forEach(phrase -> points.add(note(value, phrase))));
    }
    prompt.demos().forEach(demo -> add(points, field, demo));
    return ValueModel.fit(values, names, NOTHING, points);
  }

  private Point note(String value, String phrase) {
    return new Point(embedder.embed(phrase), Set.of(value), NOTE_NOISE);
  }

  private void add(List<Point> points, ReadField field, ReadDemo demo) {
    JsonNode label = demo.output().get(field.name());
    if (label != null) {
      points.add(new Point(embedder.embed(text(demo.input())), values(label), DEMO_NOISE));
    }
  }

  private static Set<String> values(JsonNode label) {
    if (!label.isArray()) {
      return Set.of(label.asString());
    }
    Set<String> values = new LinkedHashSet<>();
    label.forEach(item -> values.add(item.asString()));
    return values.isEmpty() ? Set.of(ValueNotes.NONE) : values;
  }

  static String text(Map<String, String> input) {
    return String.join("\n", input.values());
  }
}
