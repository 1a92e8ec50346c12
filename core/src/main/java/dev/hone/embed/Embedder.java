package dev.hone.embed;

import dev.hone.lm.LmException;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Turns a text into a vector, so that texts of similar meaning have vectors of similar direction.
 * Implementations are thread-safe. One that is named in {@code
 * META-INF/services/dev.hone.embed.Embedder} is the default where a context sets none; the module
 * {@code local} has one.
 *
 * <p>Determinism: equal texts give equal vectors.
 */
public interface Embedder {
  /**
   * The vector of a text, always of the same size; all zeros where it has no meaning, such as for a
   * blank text.
   *
   * @throws LmException if the model behind it did not give one
   */
  Embedding embed(String text);

  /** Names the embedder, its model and version in saved programs, such as {@code local:minilm}. */
  String id();

  /**
   * Whether it carries a credential, such as an API key. Such an embedder belongs into a context,
   * never into the defaults of the process. Default: false.
   */
  default boolean holdsCredentials() {
    return false;
  }

  /**
   * The embedder on the class path: the first that {@link ServiceLoader} finds; empty if there is
   * none. It is made when it is first asked for, and is the same from then on.
   */
  static Optional<Embedder> installed() {
    return InstalledEmbedder.find();
  }
}
