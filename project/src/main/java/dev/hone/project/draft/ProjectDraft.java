package dev.hone.project.draft;

import dev.hone.InvalidInputException;
import dev.hone.project.ProgramFile;
import dev.hone.project.data.DataFormat;
import dev.hone.project.data.RowTable;
import dev.hone.project.data.SplitSpec;
import dev.hone.project.data.SplitSpec.By;
import dev.hone.project.draft.ColumnUse.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A project file that is made of a file of rows: what its columns are taken for, what is odd about
 * them, and the text of the file. Immutable; calls no model, writes nothing.
 *
 * <pre>{@code
 * ProjectDraft draft = ProjectDraft.of(Path.of("tickets.csv"), DraftRequest.none());
 * Files.writeString(Path.of("tickets.hone.yaml"), draft.yaml("tickets.csv"));
 * }</pre>
 */
public final class ProjectDraft {
  private static final int MOST_ROWS = 100_000;
  private static final int MANY_ROWS = 1250;
  private static final int MOST_TEST_ROWS = 500;

  private final DataFormat format;
  private final RowTable table;
  private final List<ColumnUse> columns;
  private final DraftFindings findings;
  private final String task;
  private final SplitSpec split;

  private ProjectDraft(
      DataFormat format,
      RowTable table,
      List<ColumnUse> columns,
      DraftFindings findings,
      String task) {
    this.format = format;
    this.table = table;
    this.columns = List.copyOf(columns);
    this.findings = findings;
    this.task = task;
    int rows = table.rows().size();
    this.split =
        rows > MANY_ROWS ? new SplitSpec(0, MOST_TEST_ROWS, 1, By.LABEL) : SplitSpec.defaults();
  }

  /**
   * Looks at a file, of which it reads 100,000 rows at most.
   *
   * @throws InvalidInputException if it cannot be read, has no rows, or lacks a column that was
   *     said
   */
  public static ProjectDraft of(Path file, DraftRequest request) {
    DataFormat format = DataFormat.sniff(file);
    RowTable table = RowTable.read(file, format, MOST_ROWS);
    requireRows(file, table, format);
    List<ColumnProfile> profiles =
        table.columns().stream()
            .map(column -> ColumnProfile.of(table, column, format.cells()))
            .toList();
    List<ColumnUse> uses =
        new ColumnRoles(profiles, String.valueOf(file.getFileName())).decide(request);
    DraftFindings findings = DraftFindings.of(table, uses);
    String task = request.task().orElseGet(() -> task(uses));
    return new ProjectDraft(format, table, uses, findings, task);
  }

  private static void requireRows(Path file, RowTable table, DataFormat format) {
    long distinct = table.columns().stream().distinct().count();
    if (distinct < table.columns().size()) {
      List<String> twice =
          table.columns().stream()
              .filter(name -> table.columns().indexOf(name) != table.columns().lastIndexOf(name))
              .distinct()
              .toList();
      throw InvalidInputException.of(
          "%s has a column twice: %s".formatted(file, String.join(", ", twice)),
          "rename one of them in its first line");
    }
    if (table.rows().isEmpty()) {
      boolean json = format.kind() == DataFormat.Kind.JSONL;
      throw InvalidInputException.of(
          "%s has %s"
              .formatted(
                  file,
                  table.uneven().isEmpty() ? "a header and no row" : "no row that can be read"),
          json ? "write one JSON object per line" : "a quote is missing, or it was cut off");
    }
  }

  private static String task(List<ColumnUse> uses) {
    List<String> inputs =
        uses.stream().filter(u -> u.role() == Role.INPUT).map(ColumnUse::fieldName).toList();
    List<String> outputs =
        uses.stream().filter(u -> u.role() == Role.OUTPUT).map(ColumnUse::fieldName).toList();
    return "Given %s, say %s.".formatted(listed(inputs), listed(outputs));
  }

  private static String listed(List<String> names) {
    int last = names.size() - 1;
    return last < 1
        ? "the " + String.join("", names)
        : "the " + String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }

  /** How the file is written. */
  public DataFormat format() {
    return format;
  }

  /** The number of its rows. */
  public int rows() {
    return table.rows().size();
  }

  /** What each column is taken for, in the order of the file. */
  public List<ColumnUse> columns() {
    return columns;
  }

  /** The columns of a role. */
  public List<ColumnUse> columns(Role role) {
    return columns.stream().filter(use -> use.role() == role).toList();
  }

  /** What is odd. */
  public DraftFindings findings() {
    return findings;
  }

  /** What the program is told to do. */
  public String task() {
    return task;
  }

  /** Which rows are test rows: 40 %, or 500 of more than 1250. */
  public SplitSpec split() {
    return split;
  }

  /** Whether there is an input and an output. */
  public boolean isComplete() {
    return !columns(Role.INPUT).isEmpty() && !columns(Role.OUTPUT).isEmpty();
  }

  /**
   * The text of the project file.
   *
   * @param dataFile the path of the file of rows from the folder of the project file
   * @throws InvalidInputException if there is no input or no output
   */
  public String yaml(String dataFile) {
    if (!isComplete()) {
      String missing = columns(Role.INPUT).isEmpty() ? "input" : "output";
      throw InvalidInputException.of(
          "It cannot be told which column is the %s of %s: %s%s"
              .formatted(
                  missing,
                  dataFile,
                  columns.stream().map(ProjectDraft::inWords).collect(Collectors.joining(", ")),
                  table.uneven().isEmpty()
                      ? ""
                      : "; and " + String.join("; ", findings.notes().subList(0, 1))),
          "say it: --%s COLUMN".formatted(missing));
    }
    return new DraftYaml(dataFile, format, columns, task, split).text();
  }

  private static String inWords(ColumnUse use) {
    boolean told = use.role() == Role.IGNORED && !use.why().startsWith("--");
    return use.profile().name() + (told ? " (%s)".formatted(use.why()) : "");
  }

  /** The project file as it would be read, which shows that it can be. */
  public ProgramFile asProject(Path folder, String name, String dataFile) {
    return ProgramFile.parse(yaml(dataFile), folder, name);
  }

  /** What fits a column as a metric, such as {@code exact}. */
  public static String metricOf(ColumnUse use) {
    return DraftYaml.metricOf(use.profile().type());
  }

  /** One line, such as {@code ProjectDraft[120 rows, text -> topic, action]}. */
  @Override
  public String toString() {
    return "ProjectDraft[%d rows, %s -> %s]"
        .formatted(
            rows(),
            String.join(", ", columns(Role.INPUT).stream().map(ColumnUse::fieldName).toList()),
            String.join(", ", columns(Role.OUTPUT).stream().map(ColumnUse::fieldName).toList()));
  }
}
