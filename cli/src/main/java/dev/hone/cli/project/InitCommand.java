package dev.hone.cli.project;

import dev.hone.InvalidInputException;
import dev.hone.cli.frame.OutputOptions;
import dev.hone.cli.frame.Terminal;
import dev.hone.file.UnwritableFileException;
import dev.hone.file.WholeFile;
import dev.hone.project.ProgramFile;
import dev.hone.project.ProjectData;
import dev.hone.project.ProjectSchema;
import dev.hone.project.draft.ColumnUse.Role;
import dev.hone.project.draft.DraftRequest;
import dev.hone.project.draft.ProjectDraft;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a project file of a file of rows. */
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    description = {
      "Makes NAME.hone.yaml of a file of examples: says what it takes each column for, and what is"
          + " odd about the rows.",
      "Reads CSV, TSV, spreadsheets' exports and JSON lines; separator, encoding, decimal commas and"
          + " dates are found."
    })
public final class InitCommand implements Callable<Integer> {
  private static final Pattern ENDING =
      Pattern.compile("\\.(csv|tsv|txt|jsonl|ndjson|json)$", Pattern.CASE_INSENSITIVE);

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Parameters(index = "0", paramLabel = "DATA", description = "The file of examples.")
  private Path data;

  @Option(
      names = "--input",
      split = ",",
      paramLabel = "COLUMN",
      description = "The columns that the program is given, with commas. Default: found.")
  private List<String> inputs = List.of();

  @Option(
      names = "--output",
      split = ",",
      paramLabel = "COLUMN",
      description = "The columns that it returns, with commas. Default: found.")
  private List<String> outputs = List.of();

  @Option(
      names = "--task",
      paramLabel = "TEXT",
      description = "What the program is to do. Default: a sentence made from the columns.")
  private @Nullable String task;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The project's name. Default: that of the file.")
  private @Nullable String name;

  @Option(names = "--force", description = "Writes over a project file that is there.")
  private boolean force;

  @Option(
      names = "--no-input",
      description = "Asks nothing, also on a terminal: what cannot be told is an error.")
  private boolean askNothing;

  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    String projectName = name == null ? nameOf(data) : name;
    requireName(projectName);
    Path file = folder().resolve(projectName + ProgramFile.SUFFIX);
    if (Files.exists(file) && !force) {
      throw InvalidInputException.of(
          "There is %s already".formatted(file),
          "use it (hone evaluate %s), another --name, or --force".formatted(projectName));
    }
    ProjectDraft draft = complete(ProjectDraft.of(data, request(inputs, outputs)));
    String dataName = String.valueOf(data.getFileName());
    ProgramFile project = draft.asProject(folder(), projectName, dataName);
    ProjectData rows = rows(project);
    write(file, draft.yaml(dataName));
    write(folder().resolve(".hone").resolve("hone.schema.json"), ProjectSchema.text());
    InitText text = new InitText(draft, data, file, rows, TextTable.width());
    output.result(text::text, text::json);
    output.next("hone evaluate " + shown(file, projectName));
    return 0;
  }

  /** In the folder of the data: paths in the project file then hold wherever it is read from. */
  private Path folder() {
    Path parent = data.getParent();
    return parent == null ? Path.of("") : parent;
  }

  static String shown(Path file, String name) {
    Path parent = file.getParent();
    String path = parent == null ? name : parent.resolve(name).toString();
    return path.contains(" ") ? "'" + path + "'" : path;
  }

  private static String nameOf(Path data) {
    String file = String.valueOf(data.getFileName());
    return ENDING.matcher(file).replaceFirst("");
  }

  private static void requireName(String name) {
    if (name.isBlank() || name.contains("/") || name.contains("\\")) {
      throw InvalidInputException.of(
          "The name (%s) is not that of a file".formatted(name), "use --name tickets");
    }
  }

  private DraftRequest request(List<String> in, List<String> out) {
    return new DraftRequest(stripped(in), stripped(out), Optional.ofNullable(task));
  }

  private static List<String> stripped(List<String> names) {
    return names.stream().map(String::strip).filter(one -> !one.isEmpty()).toList();
  }

  /** Asks for what cannot be told, if there is somebody to ask. */
  private ProjectDraft complete(ProjectDraft draft) {
    if (draft.isComplete() || askNothing || !Terminal.canAsk()) {
      return draft;
    }
    List<String> in = inputs;
    List<String> out = outputs;
    List<String> names = draft.columns().stream().map(use -> use.profile().name()).toList();
    output.say("Columns: " + String.join(", ", names));
    if (draft.columns(Role.INPUT).isEmpty()) {
      in = asked("Which columns is the program given? ");
    }
    if (draft.columns(Role.OUTPUT).isEmpty()) {
      out = asked("Which columns does it return? ");
    }
    return ProjectDraft.of(data, request(in, out));
  }

  private List<String> asked(String question) {
    output.err().print(question);
    output.err().flush();
    return Arrays.asList(Terminal.answer().orElse("").split(","));
  }

  /** Rows that do not fit are said, and keep no one from writing the file. */
  private @Nullable ProjectData rows(ProgramFile project) {
    try {
      return project.data();
    } catch (InvalidInputException e) {
      output.say("hone: the rows cannot be used yet. " + e.getMessage());
      return null;
    }
  }

  private static void write(Path file, String text) {
    try {
      new WholeFile(file, "tickets" + ProgramFile.SUFFIX).write(text);
    } catch (UnwritableFileException e) {
      throw new InvalidInputException(
          "%s cannot be written: %s. Maybe %s.".formatted(file, e.problem(), e.fix()), e);
    }
  }
}
