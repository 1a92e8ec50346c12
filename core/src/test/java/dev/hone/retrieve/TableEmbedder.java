package dev.hone.retrieve;

import dev.hone.embed.Embedder;
import dev.hone.embed.Embedding;
import java.util.HashMap;
import java.util.Map;

/** Looks vectors up; a test that asks for another text fails. */
record TableEmbedder(String id, Map<String, Embedding> byText) implements Embedder {
  TableEmbedder(String id) {
    this(id, Map.of());
  }

  TableEmbedder with(String text, float... values) {
    Map<String, Embedding> more = new HashMap<>(byText);
    more.put(text, Embedding.of(values));
    return new TableEmbedder(id, more);
  }

  @Override
  public Embedding embed(String text) {
    Embedding found = byText.get(text);
    if (found == null) {
      throw new AssertionError("no vector of " + text);
    }
    return found;
  }
}
