package dev.hone.cli.compare;

import dev.hone.InvalidInputException;
import dev.hone.cli.files.TestLooks;
import dev.hone.cli.frame.OutputOptions;
import dev.hone.data.Dataset;
import dev.hone.project.ProgramFile;
import dev.hone.project.ProjectData;
import java.time.Clock;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** The option for the rows on which programs are measured. */
final class RowsOption {
  /** The parts of a project's data. */
  enum Part {
    TEST,
    LEARN
  }

  @Option(
      names = "--rows",
      paramLabel = "PART",
      defaultValue = "test",
      description =
          "The rows: test, which no optimizer sees, or learn, on which a program that learnt from"
              + " them looks better than it is. Default: ${DEFAULT-VALUE}.")
  private Part part = Part.TEST;

  /** Whether they are those that no optimizer sees. */
  boolean isTest() {
    return part == Part.TEST;
  }

  /** Counts a look at the test rows, and says which it is. */
  void looked(ProgramFile project, OutputOptions output) {
    if (isTest()) {
      output.say(TestLooks.count(project, Clock.systemUTC()).inWords());
    }
  }

  /** What the part is called. */
  String part() {
    return part == Part.TEST ? "test" : "learning";
  }

  /**
   * The rows.
   *
   * @throws InvalidInputException if there are none
   */
  Dataset<ObjectNode, ObjectNode> of(ProgramFile project) {
    ProjectData data = project.data();
    Dataset<ObjectNode, ObjectNode> rows = part == Part.TEST ? data.test() : data.learn();
    if (rows.size() == 0) {
      throw InvalidInputException.of(
          "%s has no %s rows".formatted(project.file(), part()),
          "say split: { test: 40%, seed: 1 } in it, or take --rows learn");
    }
    return rows;
  }
}
