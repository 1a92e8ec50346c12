package dev.hone.cli.exchange;

import dev.hone.InvalidInputException;
import dev.hone.cli.files.ProgramChoice;
import dev.hone.cli.frame.ExitCodes;
import dev.hone.cli.frame.OutputOptions;
import dev.hone.compiled.Compiled;
import dev.hone.exchange.ProjectYaml;
import dev.hone.exchange.dspy.DspyProject;
import dev.hone.exchange.dspy.DspyState;
import dev.hone.exchange.rows.ImportedRows;
import dev.hone.exchange.rows.OpenAiEvals;
import dev.hone.exchange.rows.PromptfooTests;
import dev.hone.json.Json;
import dev.hone.project.ProgramFile;
import dev.hone.text.Plural;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** The command {@code hone import}. */
@Command(
    name = "import",
    description = {
      "Brings a program or data from elsewhere: DSPy's saved state, promptfoo's tests, OpenAI's"
          + " evals.",
      "Calls no model, and runs nothing that is in a file."
    },
    mixinStandardHelpOptions = true)
public final class ImportCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description =
          "program.json of DSPy, promptfooconfig.yaml (or tests as YAML, JSON, JSONL, CSV), or"
              + " JSONL of OpenAI's evals or fine-tuning.")
  private Path file;

  @Option(
      names = "--from",
      paramLabel = "TOOL",
      description = "dspy, promptfoo or openai (default: by the file).")
  private @Nullable ImportKind from;

  @Option(
      names = "--into",
      paramLabel = "PROJECT",
      description = "DSPy: the project whose program it is, instead of a new one.")
  private @Nullable Path into;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "What the project is called (default: the file's name).")
  private @Nullable String name;

  @Option(
      names = "--outputs",
      paramLabel = "NAMES",
      split = ",",
      description = "Which fields or columns are outputs, where the file does not say it.")
  private Set<String> outputs = new LinkedHashSet<>();

  @Option(names = "--force", description = "Replaces files that are there.")
  private boolean force;

  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    ImportKind kind = from == null ? ImportKind.of(file) : from;
    if (kind == ImportKind.DSPY) {
      DspyState state = DspyState.read(file);
      if (into == null) {
        project(state);
      } else {
        intoProject(state, into);
      }
    } else if (into != null) {
      throw InvalidInputException.of(
          "--into is for programs of DSPy, and %s has rows".formatted(file),
          "leave it out, and name the data file in the project");
    } else {
      rows(
          kind == ImportKind.PROMPTFOO
              ? PromptfooTests.read(file)
              : OpenAiEvals.read(file, outputs));
    }
    return ExitCodes.WORKED;
  }

  /** What the project is called: letters, digits and what stands well in a file's name. */
  private String projectName() {
    String own = String.valueOf(file.getFileName()).replaceFirst("\\.[A-Za-z]+$", "");
    String wanted = name == null ? own.replaceFirst("\\.(program|hone)$", "") : name;
    if (wanted.isBlank() || wanted.contains("/") || wanted.contains("\\")) {
      throw InvalidInputException.of(
          "--name (%s) is no name for files here".formatted(wanted), "use --name=tickets");
    }
    return wanted;
  }

  private static Path yamlOf(String project) {
    return Path.of(project + ProgramFile.SUFFIX);
  }

  private static Path programOf(Path yaml, String project) {
    return yaml.resolveSibling(project + ProgramChoice.SUFFIX);
  }

  private void project(DspyState state) {
    DspyProject project = DspyProject.of(state, outputs);
    String named = projectName();
    Path yaml = yamlOf(named);
    Path program = programOf(yaml, named);
    WrittenFile.requireFree(yaml, force);
    WrittenFile.requireFree(program, force);
    String text = project.yaml("").toText();
    Compiled<ObjectNode, ObjectNode> compiled = fitting(project, text, yaml, named);
    WrittenFile.write(yaml, text);
    compiled.save(program);
    List<String> notes = new ArrayList<>(project.notes());
    notes.add("no data yet: add a line such as  data: rows.csv  to " + yaml);
    deliver(state.predictors().size(), demos(compiled), List.of(yaml, program), notes);
    output.next("hone show " + named, "hone export " + named + " --java");
  }

  /** The state in the project that is to be written; one that does not fit leaves all as it is. */
  private static Compiled<ObjectNode, ObjectNode> fitting(
      DspyProject project, String text, Path yaml, String named) {
    Path folder = Optional.ofNullable(yaml.getParent()).orElse(Path.of(""));
    try (ProgramFile written = ProgramFile.parse(text, folder, named).withoutTools()) {
      return project.state().into(written.program());
    }
  }

  private void intoProject(DspyState state, Path named) {
    Path yaml =
        named.toString().endsWith(ProgramFile.SUFFIX)
            ? named
            : named.resolveSibling(named.getFileName() + ProgramFile.SUFFIX);
    if (!Files.isRegularFile(yaml)) {
      throw InvalidInputException.of(
          "There is no project file " + yaml, "leave --into out, for a new project");
    }
    try (ProgramFile project = ProgramFile.load(yaml).withoutTools()) {
      Path program = programOf(yaml, project.name());
      WrittenFile.requireFree(program, force);
      DspyState fitting = DspyNames.fitting(state, project.program());
      Compiled<ObjectNode, ObjectNode> compiled = fitting.into(project.program());
      compiled.save(program);
      deliver(
          state.predictors().size(),
          demos(compiled),
          List.of(program),
          fitting.notes(project.program()));
      output.next("hone show " + named, "hone evaluate " + named);
    }
  }

  private static int demos(Compiled<?, ?> compiled) {
    return compiled.state().byPredictor().values().stream().mapToInt(s -> s.demos().size()).sum();
  }

  private void deliver(int predictors, int demos, List<Path> files, List<String> notes) {
    String what = Plural.of(predictors, "predictor") + ", " + Plural.of(demos, "demo");
    ObjectNode json = json(files, notes).put("predictors", predictors).put("demos", demos);
    output.result(() -> text(file + ": " + what, files, notes), () -> json);
  }

  private static ObjectNode json(List<Path> files, List<String> notes) {
    ObjectNode json = Json.object();
    files.forEach(written -> json.withArrayProperty("files").add(written.toString()));
    notes.forEach(json.putArray("notes")::add);
    return json;
  }

  private static String text(String what, List<Path> files, List<String> notes) {
    StringBuilder text = new StringBuilder(what);
    notes.forEach(note -> text.append("\n  ").append(note));
    text.append("\nwrote ").append(String.join(", ", files.stream().map(Path::toString).toList()));
    return text.toString();
  }

  private void rows(ImportedRows rows) {
    String named = projectName();
    Path yaml = yamlOf(named);
    Path data = Path.of(named + ".jsonl");
    if (data.toAbsolutePath().normalize().equals(file.toAbsolutePath().normalize())) {
      data = Path.of(named + ".rows.jsonl");
    }
    WrittenFile.requireFree(yaml, force);
    WrittenFile.requireFree(data, force);
    WrittenFile.write(data, rows.toJsonl());
    WrittenFile.write(
        yaml,
        ProjectYaml.of(
                String.valueOf(data.getFileName()),
                rows.task(),
                rows.inputFields(),
                rows.outputFields())
            .toText());
    ObjectNode json = json(List.of(data, yaml), rows.notes()).put("rows", rows.rows().size());
    String what =
        "%s: %s, %s -> %s"
            .formatted(
                file,
                Plural.of(rows.rows().size(), "row"),
                String.join(", ", rows.inputs()),
                String.join(", ", rows.outputs()));
    List<Path> files = List.of(data, yaml);
    output.result(() -> text(what, files, rows.notes()), () -> json);
    output.next("hone evaluate " + named, "hone show " + named);
  }
}
