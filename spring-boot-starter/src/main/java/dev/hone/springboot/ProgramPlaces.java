package dev.hone.springboot;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hone.InvalidInputException;
import dev.hone.store.ProgramSource;
import dev.hone.text.Redaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.io.UrlResource;

/**
 * Where the programs of an application are: each in a file or resource of its own, or by its name
 * in a source of programs.
 *
 * @param files what {@code hone.programs} says, by name
 * @param source the source; null for none
 * @param resources finds resources
 * @param timeout how long a server may be silent, since all programs wait for it
 */
record ProgramPlaces(
    Map<String, HoneProperties.ProgramFile> files,
    @Nullable ProgramSource source,
    ResourceLoader resources,
    Duration timeout) {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** With 10 seconds for a server. */
  ProgramPlaces(
      Map<String, HoneProperties.ProgramFile> files,
      @Nullable ProgramSource source,
      ResourceLoader resources) {
    this(files, source, resources, TIMEOUT);
  }

  /** Whether the application cannot do without it. */
  boolean isRequired(String name) {
    HoneProperties.ProgramFile given = files.get(name);
    return given == null || given.required();
  }

  /**
   * Where a program is, in words.
   *
   * @throws InvalidInputException if nothing says where
   */
  String place(String name) {
    String file = file(name);
    if (file != null) {
      return Redaction.of(file.replaceFirst("\\?.*", "?…")); // a query may be a signature
    }
    if (source == null) {
      throw InvalidInputException.of(
          "Nothing says where the program \"%s\" is; hone.programs has %s"
              .formatted(name, files.keySet()),
          "set hone.programs." + name + ".file, or hone.store.folder");
    }
    return name + " in " + source;
  }

  private @Nullable String file(String name) {
    HoneProperties.ProgramFile given = files.get(name);
    String file = given == null ? null : given.file();
    return file == null || file.isBlank() ? null : file.strip();
  }

  /**
   * A stamp of what is there now, without reading it; empty if there is nothing.
   *
   * @param model the id of the model that a program is looked for
   */
  Optional<String> stamp(String name, String model) {
    String file = file(name);
    if (file == null) {
      return source == null
          ? Optional.empty()
          : source.current(name, model).map(version -> version.toString());
    }
    try {
      Resource resource = resource(file);
      return resource.exists()
          ? Optional.of(resource.lastModified() + "/" + resource.contentLength())
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The program as a file. */
  Path read(String name, String model) {
    String file = file(name);
    try {
      if (file != null) {
        Resource resource = resource(file);
        return resource.isFile()
            ? resource.getFile().toPath()
            : copy(resource.getContentAsByteArray());
      }
      ProgramSource programs = Objects.requireNonNull(source);
      String json = programs.read(programs.current(name, model).orElseThrow()).toString();
      return copy(json.getBytes(UTF_8));
    } catch (IOException e) {
      // Without the cause, whose words may have the whole address.
      throw InvalidInputException.of(
          "The program \"%s\" cannot be read at %s: %s: %s"
              .formatted(
                  name,
                  place(name),
                  e.getClass().getSimpleName(),
                  Redaction.of(String.valueOf(e.getMessage()))),
          "check its address and rights");
    }
  }

  /** Whether what {@link #read} gave is a copy. */
  boolean isCopy(String name) {
    String file = file(name);
    return file == null || !resource(file).isFile();
  }

  private static Path copy(byte[] content) throws IOException {
    Path copy = Files.createTempFile("hone-program", ".json");
    try {
      return Files.write(copy, content);
    } catch (IOException e) {
      Files.deleteIfExists(copy);
      throw e;
    }
  }

  /** A path as it is: as a URL, which Spring would make of it, it may name another file. */
  private Resource resource(String file) {
    if (!file.matches("[a-zA-Z][a-zA-Z0-9+.-]+:.*")) {
      return new FileSystemResource(file);
    }
    Resource resource = resources.getResource(file);
    return resource instanceof UrlResource url && url.getClass() == UrlResource.class
        ? new TimedUrlResource(url.getURL(), timeout)
        : resource;
  }
}
