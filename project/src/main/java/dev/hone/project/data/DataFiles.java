package dev.hone.project.data;

import dev.hone.InvalidInputException;
import dev.hone.text.NearestName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is said of a data file that is not there. */
public final class DataFiles {
  private static final int MOST_LISTED = 10_000;

  private DataFiles() {}

  /** The error for a file that is missing, with the file of its folder that was probably meant. */
  public static InvalidInputException missing(Path file, Exception cause) {
    String fix =
        nearest(file)
            .map(near -> "use " + near)
            .orElse("give its path from " + Path.of("").toAbsolutePath());
    return new InvalidInputException("There is no file %s. Maybe %s.".formatted(file, fix), cause);
  }

  /** The file beside a missing one whose name is nearest to it. */
  public static Optional<Path> nearest(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    Path name = file.getFileName();
    if (folder == null || name == null || !Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> others = Files.list(folder)) {
      List<String> names =
          others
              .limit(MOST_LISTED)
              .map(other -> String.valueOf(other.getFileName()))
              .sorted()
              .toList();
      return NearestName.of(name.toString(), names).map(file::resolveSibling);
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
