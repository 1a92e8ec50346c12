package dev.hone.cli.frame;

import dev.hone.InvalidInputException;
import dev.hone.project.ProgramFile;
import dev.hone.text.NearestName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** The argument that names a project file: {@code tickets} or {@code folder/tickets.hone.yaml}. */
public final class ProjectArgument {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "PROJECT",
      description =
          "The project: NAME, for the file NAME.hone.yaml here, or the file. Not needed where there"
              + " is only one here.")
  private @Nullable Path project;

  /**
   * Reads the project file.
   *
   * @throws InvalidInputException if there is none, or it cannot be used
   */
  public ProgramFile load() {
    return ProgramFile.load(
        project == null ? Path.of(nameOfTheOnlyOne() + ProgramFile.SUFFIX) : named(project));
  }

  private static Path named(Path project) {
    Path named = project.resolveSibling(project.getFileName() + ProgramFile.SUFFIX);
    if (Files.isRegularFile(project) && project.toString().endsWith(ProgramFile.SUFFIX)) {
      return project;
    } else if (Files.isRegularFile(named)) {
      return named;
    }
    Path folder = folder(project);
    List<String> others = projects(folder);
    String wanted = String.valueOf(project.getFileName()).replace(ProgramFile.SUFFIX, "");
    String fix =
        NearestName.of(wanted, others)
            .map(near -> "use " + project.resolveSibling(near))
            .orElseGet(
                () ->
                    others.isEmpty()
                        ? "make one: hone init DATA.csv"
                        : "use one of " + String.join(", ", others));
    throw InvalidInputException.of("There is no project file " + named, fix);
  }

  /**
   * The name of the only project here, for commands that are given none.
   *
   * @throws InvalidInputException if there is none, or more than one
   */
  public static String nameOfTheOnlyOne() {
    List<String> all = projects(Path.of(""));
    if (all.size() == 1) {
      return all.get(0);
    }
    throw all.isEmpty()
        ? InvalidInputException.of(
            "There is no project file (NAME.hone.yaml) here", "make one: hone init DATA.csv")
        : InvalidInputException.of(
            "There are several projects here: " + String.join(", ", all),
            "name one: " + all.get(0));
  }

  private static Path folder(Path project) {
    Path parent = project.getParent();
    return parent == null ? Path.of("") : parent;
  }

  /** The names of the projects in a folder, in their order. */
  private static List<String> projects(Path folder) {
    Path listed = folder.toString().isEmpty() ? Path.of(".") : folder;
    try (Stream<Path> files = Files.list(listed)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(ProgramFile.SUFFIX))
          .map(name -> name.substring(0, name.length() - ProgramFile.SUFFIX.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
