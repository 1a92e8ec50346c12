package dev.hone.store;

import dev.hone.InvalidInputException;
import dev.hone.compiled.Compiled;
import dev.hone.file.UnwritableFileException;
import dev.hone.file.WholeFile;
import dev.hone.json.Json;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * Programs in a folder, {@code NAME/MODEL/NUMBER.json}, and beside them the file {@code current}
 * with the number that is in use. A version that was written by hand counts, too. Thread-safe; so
 * are several processes, one of which wins where two put a program at once: both are there.
 */
public final class FolderPrograms implements ProgramStore {
  private static final String EXAMPLE = "programs";

  private final Path folder;

  private FolderPrograms(Path folder) {
    this.folder = folder;
  }

  /** Programs in a folder, which is made with the first one. */
  public static FolderPrograms of(Path folder) {
    return new FolderPrograms(folder);
  }

  @Override
  public List<ProgramVersion> versions(String name) {
    ProgramVersion.requireName(name);
    List<ProgramVersion> versions = new ArrayList<>();
    for (String model : list(folder.resolve(name))) {
      ProgramLayout.modelOf(model)
          .ifPresent(
              id ->
                  numbers(folder.resolve(name).resolve(model))
                      .map(number -> new ProgramVersion(name, id, number))
                      .filter(this::isWhole)
                      .forEach(versions::add));
    }
    versions.sort(
        Comparator.comparing(ProgramVersion::model).thenComparingInt(ProgramVersion::number));
    return List.copyOf(versions);
  }

  private Stream<Integer> numbers(Path path) {
    return list(path).stream().flatMap(file -> ProgramLayout.numberOf(file).stream());
  }

  /** Not one that is being written, or whose process was killed before it was. */
  private boolean isWhole(ProgramVersion version) {
    try {
      return Files.size(folder.resolve(ProgramLayout.file(version))) > 0;
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw failed("cannot be read", e);
    }
  }

  private List<String> list(Path path) {
    try (Stream<Path> files = Files.list(path)) {
      return files.map(file -> file.getFileName().toString()).toList();
    } catch (NoSuchFileException | java.nio.file.NotDirectoryException e) {
      return List.of();
    } catch (IOException e) {
      throw failed("cannot be read", e);
    }
  }

  @Override
  public Optional<ProgramVersion> current(String name, String model) {
    Optional<ProgramVersion> own = own(name, model);
    return own.isPresent() || model.isEmpty() ? own : own(name, "");
  }

  private Optional<ProgramVersion> own(String name, String model) {
    Path file = folder.resolve(ProgramLayout.current(name, model));
    try {
      return ProgramLayout.numberIn(Files.readString(file))
          .map(number -> new ProgramVersion(name, model, number));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw failed("cannot be read", e);
    }
  }

  @Override
  public ObjectNode read(ProgramVersion version) {
    Path file = folder.resolve(ProgramLayout.file(version));
    try {
      return ProgramLayout.parsed(Files.readString(file), file.toString());
    } catch (NoSuchFileException e) {
      throw notThere(version);
    } catch (IOException e) {
      throw failed("cannot be read", e);
    }
  }

  private InvalidInputException notThere(ProgramVersion version) {
    return InvalidInputException.of(
        "There is no %s in %s; its versions are %s"
            .formatted(version, this, versions(version.name())),
        "use one of those");
  }

  @Override
  public ProgramVersion put(String name, String model, Compiled<?, ?> program) {
    String text = Json.pretty(program.toJson()) + "\n";
    Path versions = folder.resolve(ProgramLayout.folder(name, model));
    while (true) {
      int last = numbers(versions).mapToInt(Integer::intValue).max().orElse(0);
      ProgramVersion next = new ProgramVersion(name, model, last + 1);
      Path file = folder.resolve(ProgramLayout.file(next));
      if (reserve(file)) {
        fill(file, text);
        use(next);
        return next;
      }
    }
  }

  /** Writes what belongs there, or gives the number back. */
  private void fill(Path file, String text) {
    try {
      write(file, text);
    } catch (ProgramStoreException e) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException left) {
        e.addSuppressed(left); // an empty file counts as no version
      }
      throw e;
    }
  }

  /** Takes a number for this program; no if another process was faster. */
  private boolean reserve(Path file) {
    try {
      Files.createDirectories(file.getParent());
      Files.createFile(file);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      throw failed("cannot be written", e);
    }
  }

  @Override
  public void use(ProgramVersion version) {
    if (!isWhole(version)) {
      throw notThere(version);
    }
    write(
        folder.resolve(ProgramLayout.current(version.name(), version.model())),
        version.number() + "\n");
  }

  private void write(Path file, String text) {
    try {
      new WholeFile(file, EXAMPLE).write(text);
    } catch (UnwritableFileException e) {
      throw failed("cannot be written", e);
    }
  }

  private ProgramStoreException failed(String what, Exception error) {
    return new ProgramStoreException(
        "%s %s: %s. Maybe check its path and permissions."
            .formatted(this, what, error.getMessage()),
        error);
  }

  /** The folder. */
  @Override
  public String toString() {
    return "the folder " + folder;
  }
}
