package dev.hone.langchain4j;

import dev.hone.InvalidInputException;
import dev.hone.embed.Embedder;
import dev.hone.embed.Embedding;
import dev.hone.langchain4j.wire.ErrorMapping;
import dev.hone.lm.LmException;
import dev.hone.lm.bridge.Secrets;
import dev.langchain4j.model.embedding.EmbeddingModel;

/**
 * Any LangChain4j {@code EmbeddingModel} as a Hone embedder. Counts as one that holds a credential,
 * since most do. Thread-safe, as far as the embedding model is.
 *
 * <p>Cost: a call of the embedding model per text, outside Hone's budget, cache and retries. A
 * blank text, which most providers refuse, is not sent: its vector is all zeros, of the size of
 * {@code EmbeddingModel.dimension()}, for which many models embed a text once. Errors: every
 * exception comes out as an {@link LmException} without what looks like a credential.
 */
public final class LangChain4jEmbedder implements Embedder {
  private final EmbeddingModel model;
  private final String id;
  private final ErrorMapping errors;

  private LangChain4jEmbedder(EmbeddingModel model, String id) {
    this.model = model;
    this.id = id;
    this.errors = new ErrorMapping(id, Secrets.unknown());
  }

  /**
   * Takes an embedding model.
   *
   * @param id names model and version in saved programs and indexes, such as {@code
   *     openai:text-embedding-3-small}; two models whose vectors differ need different ones
   * @throws InvalidInputException if the id is blank
   */
  public static LangChain4jEmbedder of(EmbeddingModel model, String id) {
    if (id.isBlank()) {
      throw InvalidInputException.of("The embedder's id is blank", "use vendor:model");
    }
    return new LangChain4jEmbedder(model, id);
  }

  @Override
  public Embedding embed(String text) {
    float[] values;
    try {
      values = text.isBlank() ? new float[model.dimension()] : model.embed(text).content().vector();
    } catch (RuntimeException e) {
      throw errors.of(e);
    }
    return Embedding.of(values);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public boolean holdsCredentials() {
    return true;
  }

  @Override
  public String toString() {
    return "LangChain4jEmbedder[" + id + "]";
  }
}
