package dev.hone.local;

import dev.hone.embed.Embedding;
import dev.hone.local.PromptContext.ParsedDemo;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Finds the value that the demo with the nearest input has. */
final class NearestDemo {
  private final SentenceEmbedder embedder;

  NearestDemo(SentenceEmbedder embedder) {
    this.embedder = embedder;
  }

  /** The value of a field, the first of equally near ones; empty if no demo has one. */
  Optional<JsonNode> value(ParsedField field, ParsedPrompt prompt) {
    Embedding input = embedder.embed(prompt.inputText());
    JsonNode best = null;
    double nearest = Double.NEGATIVE_INFINITY;
    for (ParsedDemo demo : prompt.context().demos()) {
      JsonNode value = demo.output().get(field.name());
      Embedding vector = embedder.embed(ParsedPrompt.text(demo.input()));
      double cosine = vector.dot(input);
      if (value != null && cosine > nearest) {
        nearest = cosine;
        best = value;
      }
    }
    return Optional.ofNullable(best);
  }
}
