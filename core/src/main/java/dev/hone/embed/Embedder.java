package dev.hone.embed;

import dev.hone.lm.LmException;

/**
 * Turns a text into a vector, so that texts of like meaning have vectors of like direction.
 * Implementations are thread-safe. One that is named in {@code
 * META-INF/services/dev.hone.embed.Embedder} is the default where a context sets none; the module
 * {@code local} brings one.
 *
 * <p>Determinism: equal texts give equal vectors.
 */
public interface Embedder {
  /**
   * The vector of a text, always of the same size; all zeros where it has no meaning, such as for a
   * blank text. May be shared: never change it.
   *
   * @throws LmException if it could not be had
   */
  float[] embed(String text);

  /** Names the embedder, its model and version in saved programs, such as {@code local:minilm}. */
  String id();

  /**
   * Whether it carries a credential, such as an API key. Such an embedder belongs into a context,
   * never into the defaults of the process. Default: false.
   */
  default boolean holdsCredentials() {
    return false;
  }
}
