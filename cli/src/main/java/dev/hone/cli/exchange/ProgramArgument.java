package dev.hone.cli.exchange;

import dev.hone.InvalidInputException;
import dev.hone.cli.files.ProgramChoice;
import dev.hone.cli.files.RunProject;
import dev.hone.cli.frame.OutputOptions;
import dev.hone.cli.frame.ProjectArgument;
import dev.hone.compiled.Compiled;
import dev.hone.context.Context;
import dev.hone.exchange.PortableProgram;
import dev.hone.json.Json;
import dev.hone.project.ProgramFile;
import dev.hone.text.NearestName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** The argument that names a program: a project, a saved program or the folder of a run. */
final class ProgramArgument {
  private static final String PROGRAM = ProgramChoice.SUFFIX;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "PROGRAM",
      description =
          "A project (NAME, for NAME.hone.yaml here, with NAME.program.json if it is there), a"
              + " saved program (FILE.json), or the folder of a run. Not needed where there is only"
              + " one project here.")
  private @Nullable Path named;

  @Option(
      names = "--program",
      paramLabel = "FILE",
      description = "The saved program to take for a project instead of NAME.program.json.")
  private @Nullable Path program;

  @Option(
      names = "--adapter",
      paramLabel = "NAME",
      description =
          "The layout of prompts: chat, json, xml or functions (default: that of the saved program,"
              + " or chat).")
  private @Nullable AdapterName adapter;

  @Option(
      names = "--predictor",
      paramLabel = "NAME",
      description = "One predictor of a program that has several.")
  private @Nullable String predictor;

  /**
   * Reads what is named.
   *
   * @throws InvalidInputException if there is none, or it cannot be used
   */
  GivenProgram load() {
    GivenProgram given = found();
    return predictor == null ? given : given.only(predictor);
  }

  /** As {@link #load()}, to look at it; says that tools are missing, if there are any. */
  GivenProgram load(OutputOptions output) {
    GivenProgram given = load();
    if (given.project().filter(ProgramFile::hasToolServers).isPresent()) {
      output.say("note: tools of servers are not listed, since no server is started for this");
    }
    return given;
  }

  private GivenProgram found() {
    Path what = what();
    if (Files.isDirectory(what)) {
      return ofRun();
    } else if (String.valueOf(what.getFileName()).endsWith(".json")) {
      return ofFile();
    }
    Path file = projectFile();
    ProgramFile project = toLookAt(file);
    Path saved = program == null ? ProgramChoice.file(project) : program;
    boolean there = program != null || Files.isRegularFile(saved);
    return ofProject(project, there ? Optional.of(saved) : Optional.empty(), project.name());
  }

  private Path what() {
    Path given = named;
    return given == null ? Path.of(ProjectArgument.nameOfTheOnlyOne()) : given;
  }

  private GivenProgram ofRun() {
    Path what = what();
    Path saved = what.resolve("program.json");
    if (!Files.isRegularFile(saved)) {
      throw InvalidInputException.of(
          "The folder %s has no program.json".formatted(what),
          "name the folder of a run that is over, such as NAME.runs/20261130-101500");
    }
    String name = String.valueOf(what.toAbsolutePath().normalize().getFileName());
    return RunProject.isIn(what)
        ? ofProject(RunProject.load(what).withoutTools(), Optional.of(saved), name)
        : alone(saved, name);
  }

  /** A saved program; with its project, if that stands beside it and fits. */
  private GivenProgram ofFile() {
    Path what = what();
    if (!Files.exists(what)) {
      throw InvalidInputException.of("There is no file " + what, others(what, ".json"));
    }
    String file = String.valueOf(what.getFileName());
    Path project = what.resolveSibling(file.replace(PROGRAM, "") + ProgramFile.SUFFIX);
    String name = file.replace(PROGRAM, "").replaceFirst("\\.json$", "");
    if (file.endsWith(PROGRAM) && Files.isRegularFile(project)) {
      try {
        return ofProject(toLookAt(project), Optional.of(what), name);
      } catch (InvalidInputException e) {
        return alone(what, name); // the project file says something else by now
      }
    }
    return alone(what, name);
  }

  private GivenProgram alone(Path saved, String name) {
    AdapterName layout = layout(Optional.of(saved));
    PortableProgram portable = in(layout).call(() -> PortableProgram.read(saved)).named(name);
    return new GivenProgram(
        what().toString(),
        name,
        portable,
        Optional.empty(),
        Optional.of(saved),
        Optional.empty(),
        layout.adapter());
  }

  /** The folder may be anybody's: no command and no server that a file of it names is called. */
  private static ProgramFile toLookAt(Path project) {
    return ProgramFile.load(project).withoutTools();
  }

  private GivenProgram ofProject(ProgramFile project, Optional<Path> saved, String name) {
    try {
      return opened(project, saved, name);
    } catch (RuntimeException e) {
      project.close();
      throw e;
    }
  }

  private GivenProgram opened(ProgramFile project, Optional<Path> saved, String name) {
    AdapterName layout = layout(saved);
    Compiled<ObjectNode, ObjectNode> compiled =
        in(layout)
            .call(
                () ->
                    saved.isPresent()
                        ? Compiled.load(project.program(), saved.get())
                        : Compiled.of(project.program()));
    return new GivenProgram(
        what().toString(),
        name,
        PortableProgram.of(name, compiled).withSignature(project.signature()),
        Optional.of(project),
        saved,
        Optional.of(compiled),
        layout.adapter());
  }

  private static Context in(AdapterName layout) {
    return Context.builder().adapter(layout.adapter()).build();
  }

  private AdapterName layout(Optional<Path> saved) {
    if (adapter != null) {
      return adapter;
    }
    return saved.map(ProgramArgument::format).map(AdapterName::ofFormat).orElse(AdapterName.CHAT);
  }

  /** The prompt format of a file; what is wrong with the file is told by those who read it. */
  private static String format(Path saved) {
    try {
      return Json.parseFile(Files.readString(saved)).path("promptFormat").asString("");
    } catch (IOException | JacksonException e) {
      return "";
    }
  }

  private Path projectFile() {
    Path what = what();
    Path file = what.resolveSibling(what.getFileName() + ProgramFile.SUFFIX);
    if (Files.isRegularFile(what) && what.toString().endsWith(ProgramFile.SUFFIX)) {
      return what;
    } else if (Files.isRegularFile(file)) {
      return file;
    }
    throw InvalidInputException.of(
        "There is neither a project file %s nor a saved program of that name".formatted(file),
        others(what, ProgramFile.SUFFIX));
  }

  /** What is there instead. */
  private static String others(Path wanted, String ending) {
    Path parent = wanted.getParent();
    try (Stream<Path> files = Files.list(parent == null ? Path.of(".") : parent)) {
      List<String> names =
          files
              .map(file -> String.valueOf(file.getFileName()))
              .filter(name -> name.endsWith(ending))
              .map(name -> name.replace(ProgramFile.SUFFIX, ""))
              .sorted()
              .toList();
      Optional<String> near = NearestName.of(String.valueOf(wanted.getFileName()), names);
      if (near.isPresent()) {
        return "use " + near.get();
      } else if (!names.isEmpty()) {
        return "use one of " + String.join(", ", names);
      }
    } catch (IOException e) {
      // there is no such folder either
    }
    return "make a project: hone init DATA.csv";
  }
}
