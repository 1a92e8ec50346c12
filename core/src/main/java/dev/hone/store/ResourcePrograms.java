package dev.hone.store;

import dev.hone.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Programs on the class path: a folder as {@link FolderPrograms} writes it, put among the resources
 * of an application. Read only. A class path can be asked for a name and not be listed: so the
 * versions are those up to the one in use, of the models that were named. Thread-safe.
 */
public final class ResourcePrograms implements ProgramSource {
  private final ClassLoader loader;
  private final String base;
  private final List<String> models;

  private ResourcePrograms(ClassLoader loader, String base, List<String> models) {
    this.loader = loader;
    this.base = base;
    this.models = models;
  }

  /**
   * Programs below a folder of the class path.
   *
   * @param loader that finds them, such as {@code MyApp.class.getClassLoader()}
   * @param base the folder, such as {@code programs}
   * @param models the ids of the models whose versions {@link #versions} lists, beside those for
   *     all models
   */
  public static ResourcePrograms of(ClassLoader loader, String base, String... models) {
    String folder = base.strip().replaceAll("^/+|/+$", "");
    return new ResourcePrograms(loader, folder.isEmpty() ? "" : folder + "/", List.of(models));
  }

  @Override
  public List<ProgramVersion> versions(String name) {
    return Stream.concat(Stream.of(""), models.stream())
        .distinct()
        .sorted()
        .flatMap(model -> own(name, model).stream())
        .flatMap(
            now ->
                IntStream.rangeClosed(1, now.number())
                    .mapToObj(number -> new ProgramVersion(name, now.model(), number))
                    .filter(this::isThere))
        .toList();
  }

  private boolean isThere(ProgramVersion version) {
    return loader.getResource(base + ProgramLayout.file(version)) != null;
  }

  @Override
  public Optional<ProgramVersion> current(String name, String model) {
    Optional<ProgramVersion> own = own(name, model);
    return own.isPresent() || model.isEmpty() ? own : own(name, "");
  }

  private Optional<ProgramVersion> own(String name, String model) {
    String text = text(base + ProgramLayout.current(name, model));
    return text == null
        ? Optional.empty()
        : ProgramLayout.numberIn(text).map(number -> new ProgramVersion(name, model, number));
  }

  @Override
  public ObjectNode read(ProgramVersion version) {
    String resource = base + ProgramLayout.file(version);
    String text = text(resource);
    if (text == null) {
      throw InvalidInputException.of(
          "There is no %s in %s".formatted(version, this),
          "put the folder that FolderPrograms wrote among the resources");
    }
    return ProgramLayout.parsed(text, resource);
  }

  private @Nullable String text(String resource) {
    try (InputStream stream = loader.getResourceAsStream(resource)) {
      return stream == null ? null : new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new ProgramStoreException(
          "The resource %s cannot be read: %s. Maybe its jar is damaged."
              .formatted(resource, e.getMessage()),
          e);
    }
  }

  /** The folder on the class path. */
  @Override
  public String toString() {
    return "the class path's folder " + (base.isEmpty() ? "/" : base);
  }
}
