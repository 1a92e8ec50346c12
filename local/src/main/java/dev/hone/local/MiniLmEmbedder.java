package dev.hone.local;

import dev.hone.embed.Embedder;
import dev.hone.embed.Embedding;

/**
 * Sentence embeddings inside the process: the quantized all-MiniLM-L6-v2, unit vectors of 384
 * numbers, made for English. No key, no network. The default embedder of every context where this
 * module is on the class path. All instances share one model, which is also that of {@link
 * EmbeddedModel}.
 *
 * <p>Thread-safe. Determinism: equal texts give equal bits on every thread and JDK. Cost: about 5
 * ms for a short text that is new, and about a second for the first; of a text, the first 8,000
 * characters are read.
 */
public final class MiniLmEmbedder implements Embedder {
  private static final String ID = "minilm-l6-v2-q";

  /** Loads the model once, when first asked for. */
  private static final class Shared {
    static final SentenceEmbedder MODEL = new SentenceEmbedder();
  }

  /** An embedder; the model is loaded when it is first used. */
  public MiniLmEmbedder() {}

  static SentenceEmbedder shared() {
    return Shared.MODEL;
  }

  @Override
  public Embedding embed(String text) {
    return shared().embed(text);
  }

  @Override
  public String id() {
    return ID;
  }
}
