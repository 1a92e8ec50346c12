package dev.hone.project;

import dev.hone.InvalidInputException;
import dev.hone.context.Budget;
import dev.hone.data.Columns;
import dev.hone.data.Source;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmOptions;
import dev.hone.metric.CorpusMetric;
import dev.hone.metric.Metric;
import dev.hone.optimize.Optimizer;
import dev.hone.optimize.Teacher;
import dev.hone.program.Predictors;
import dev.hone.program.Program;
import dev.hone.project.data.DataFormat;
import dev.hone.project.data.SplitSpec;
import dev.hone.project.field.ProjectField;
import dev.hone.project.model.BudgetReader;
import dev.hone.project.model.ModelChoice;
import dev.hone.project.optimizer.OptimizerCatalog;
import dev.hone.project.optimizer.OptimizerSettings;
import dev.hone.project.strategy.StepsProgram;
import dev.hone.project.strategy.ToolServers;
import dev.hone.project.yaml.Problems;
import dev.hone.signature.Signature;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * A project file, {@code NAME.hone.yaml}: what a program takes and returns, its data, metric,
 * model, split, budget and optimizer. The grammar is in docs/guides/project-files.md. Immutable and
 * thread-safe, but for the MCP servers of an agent's tools, which {@link #program} connects to, and
 * {@link #close} leaves. Reading it calls no model, and makes none.
 *
 * <pre>{@code
 * ProgramFile project = ProgramFile.load(Path.of("tickets.hone.yaml"));
 * var data = project.data();
 * var task = OptimizationTask.of(project.program(), data.learn(), project.metric());
 * var best = context.call(() -> project.optimizer().compile(task));
 * }</pre>
 */
public final class ProgramFile implements AutoCloseable {
  /** How names of project files end. */
  public static final String SUFFIX = ".hone.yaml";

  private final Path file;
  private final ProjectParts parts;
  private final Function<String, LanguageModel> models;
  private final ToolServers tools;

  private ProgramFile(
      Path file, ProjectParts parts, Function<String, LanguageModel> models, ToolServers tools) {
    this.file = file;
    this.parts = parts;
    this.models = models;
    this.tools = tools;
  }

  /**
   * Reads a project file.
   *
   * @throws ProgramFileException if it cannot be used; tells all that is wrong at once
   * @throws InvalidInputException if it cannot be read
   */
  public static ProgramFile load(Path file) {
    String text = Source.of(file).text();
    return of(text, file);
  }

  /**
   * Reads the text of a project file that may be nowhere.
   *
   * @param folder where paths in it begin
   * @param name the project's name
   * @throws ProgramFileException as {@link #load}
   */
  public static ProgramFile parse(String text, Path folder, String name) {
    return of(text, folder.resolve(name + SUFFIX));
  }

  private static ProgramFile of(String text, Path file) {
    ProjectParts parts = ProjectReader.read(text, String.valueOf(file.getFileName()));
    return new ProgramFile(file, parts, LanguageModel::named, new ToolServers());
  }

  /**
   * A copy whose judge, teacher and proposer are made by a function of their names, such as one
   * that gives them a cache; by default {@link LanguageModel#named}.
   */
  public ProgramFile withModels(Function<String, LanguageModel> maker) {
    return new ProgramFile(file, parts, maker, tools);
  }

  /**
   * A copy whose agents have no tools, so that no server of tools is started or connected to: to
   * look at a program, or to take it elsewhere, but not to run it.
   */
  public ProgramFile withoutTools() {
    return new ProgramFile(file, parts, models, ToolServers.none());
  }

  /** Whether an agent of the file has servers of tools. */
  public boolean hasToolServers() {
    return Stream.concat(
            Stream.of(parts.strategy()), parts.steps().stream().map(step -> step.strategy()))
        .anyMatch(strategy -> !strategy.servers().isEmpty());
  }

  /** What the file is called, without its ending: the project's name. */
  public String name() {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
  }

  /** Where it is. */
  public Path file() {
    return file;
  }

  /** What the program takes and returns. */
  public Signature<ObjectNode, ObjectNode> signature() {
    return parts.signature();
  }

  /**
   * The program as the file says it, with nothing learnt. An agent connects to the servers of its
   * tools.
   */
  public Program<ObjectNode, ObjectNode> program() {
    return parts.steps().isEmpty()
        ? parts.strategy().program(parts.signature(), tools)
        : StepsProgram.of(parts.signature(), parts.steps(), tools);
  }

  /** The instructions of each predictor of {@link #program}, by its name. */
  public Map<String, String> prompts() {
    Map<String, String> prompts = new LinkedHashMap<>();
    Predictors.of(withoutTools().program())
        .initialState()
        .byPredictor()
        .forEach((name, state) -> prompts.put(name, state.instructions()));
    return prompts;
  }

  /** How answers are scored; a {@link CorpusMetric} where the file says one, or constraints. */
  public Metric<ObjectNode, ObjectNode> metric() {
    return parts.metric().metric(models);
  }

  /** The metric, if it is one of sets of rows. */
  public Optional<CorpusMetric<ObjectNode, ObjectNode>> corpusMetric() {
    return metric() instanceof CorpusMetric<ObjectNode, ObjectNode> corpus
        ? Optional.of(corpus)
        : Optional.empty();
  }

  /** Whether rows need their labels; not where only a judge scores, who is not shown them. */
  public boolean needsLabels() {
    return parts.metric().needsLabel();
  }

  /** The model's name, as {@code LanguageModel.named} takes it, if the file says one. */
  public Optional<String> model() {
    return parts.models().model().map(ModelChoice::name);
  }

  /** The model's options, such as a temperature; those that are not said are unset. */
  public LmOptions modelOptions() {
    return parts.models().model().map(ModelChoice::options).orElse(LmOptions.defaults());
  }

  /** The model of a teacher's runs, if the file says one. */
  public Optional<LanguageModel> teacher() {
    return parts.models().teacher().map(choice -> choice.create(models));
  }

  /** The model that writes instructions, if the file says one. */
  public Optional<LanguageModel> proposer() {
    return parts.models().proposer().map(choice -> choice.create(models));
  }

  /** What all calls may cost, of which nothing is spent; unlimited where the file says none. */
  public Budget budget() {
    return parts
        .budget()
        .map(node -> BudgetReader.read(node, "budget", new Problems()))
        .orElse(Budget.unlimited());
  }

  /** Whether the file limits what calls may cost. */
  public boolean hasBudget() {
    return parts.budget().isPresent();
  }

  /** Which rows are test rows, where they are not in a file of their own. */
  public SplitSpec split() {
    return parts.split();
  }

  /** The data file, if the file says one. */
  public Optional<Path> dataFile() {
    return parts.data().file().map(this::resolved);
  }

  /** The file of the test rows, where they are apart. */
  public Optional<Path> testFile() {
    return parts.data().test().map(this::resolved);
  }

  private Path resolved(Path path) {
    return file.resolveSibling(path);
  }

  /**
   * How a file of rows is written: found by looking at it, changed by what the project file says.
   *
   * @throws InvalidInputException if it cannot be read
   */
  public DataFormat format(Path rows) {
    return parts.data().format(rows);
  }

  /** Which columns become which fields. */
  public Columns columns() {
    Columns columns = Columns.asNamed();
    for (Map.Entry<String, String> entry : parts.data().fieldByColumn().entrySet()) {
      columns = columns.with(entry.getKey(), entry.getValue());
    }
    for (ProjectField field : parts.fields()) {
      if (!field.column().equals(field.field().name())) {
        columns = columns.with(field.column(), field.field().name());
      }
    }
    return columns.labelsOptional();
  }

  /**
   * Reads the data file, and splits it.
   *
   * @throws InvalidInputException if there is none, it cannot be read, or, as a {@code
   *     DatasetFormatException}, rows do not fit
   */
  public ProjectData data() {
    Path rows =
        dataFile()
            .orElseThrow(
                () ->
                    InvalidInputException.of(
                        "The project " + name() + " says no data", "add the key data"));
    return new ProjectRows(parts.data(), signature(), columns(), needsLabels())
        .read(rows, testFile(), split());
  }

  /** The optimizer that the file says, with its settings; MIPROv2 light where it says none. */
  public Optimizer<?> optimizer() {
    return optimizer(OptimizerSettings.none());
  }

  /**
   * As {@link #optimizer()}, with settings that win over those of the file, such as the flags of a
   * command line.
   *
   * @throws InvalidInputException if there is no such optimizer or setting, or a value does not fit
   */
  public Optimizer<?> optimizer(OptimizerSettings overrides) {
    return OptimizerCatalog.make(parts.optimizer().under(overrides), proposer());
  }

  /** The optimizer's name and settings as the file says them. */
  public OptimizerSettings optimizerSettings() {
    return parts.optimizer();
  }

  /** The teacher of an optimization: the program itself, on the model that the file says. */
  public Teacher<ObjectNode, ObjectNode> teacherOfProgram() {
    return teacher().map(Teacher::<ObjectNode, ObjectNode>on).orElseGet(Teacher::student);
  }

  /** Ends the connections to MCP servers, if there are any. */
  @Override
  public void close() {
    tools.close();
  }

  /** One line, such as {@code ProgramFile[tickets: text: text -> topic: one of ...]}. */
  @Override
  public String toString() {
    return "ProgramFile[%s: %s]".formatted(name(), signature());
  }
}
