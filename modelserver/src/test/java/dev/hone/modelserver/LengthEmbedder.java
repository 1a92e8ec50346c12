package dev.hone.modelserver;

import dev.hone.embed.Embedder;
import dev.hone.embed.Embedding;

/** Embeds a text as its length. */
final class LengthEmbedder implements Embedder {
  @Override
  public Embedding embed(String text) {
    return Embedding.of(text.length());
  }

  @Override
  public String id() {
    return "length";
  }
}
