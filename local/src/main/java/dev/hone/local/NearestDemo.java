package dev.hone.local;

import dev.hone.local.ReadPrompt.ReadDemo;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Answers with the value that the demo with the nearest input has. */
final class NearestDemo {
  private final SentenceEmbedder embedder;

  NearestDemo(SentenceEmbedder embedder) {
    this.embedder = embedder;
  }

  Optional<JsonNode> value(ReadField field, ReadPrompt prompt) {
    float[] input = embedder.embed(ValueAnswerer.text(prompt.input()));
    JsonNode best = null;
    double nearest = Double.NEGATIVE_INFINITY;
    for (ReadDemo demo : prompt.demos()) {
      JsonNode value = demo.output().get(field.name());
      double cosine =
          SentenceEmbedder.cosine(embedder.embed(ValueAnswerer.text(demo.input())), input);
      if (value != null && cosine > nearest) {
        nearest = cosine;
        best = value;
      }
    }
    return Optional.ofNullable(best);
  }
}
