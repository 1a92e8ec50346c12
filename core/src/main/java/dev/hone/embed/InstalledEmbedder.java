package dev.hone.embed;

import java.util.Iterator;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * The embedder that is on the class path, if there is one. It is made when it is first asked for.
 */
final class InstalledEmbedder {
  private InstalledEmbedder() {}

  private static final class Holder {
    private static final Optional<Embedder> FOUND = load();

    private static Optional<Embedder> load() {
      ClassLoader loader = Embedder.class.getClassLoader();
      Iterator<Embedder> found = ServiceLoader.load(Embedder.class, loader).iterator();
      return found.hasNext() ? Optional.of(found.next()) : Optional.empty();
    }
  }

  /** The first that {@link ServiceLoader} finds; empty if there is none. */
  static Optional<Embedder> find() {
    return Holder.FOUND;
  }
}
