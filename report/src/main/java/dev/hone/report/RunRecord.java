package dev.hone.report;

import dev.hone.InvalidInputException;
import dev.hone.file.UnwritableFileException;
import dev.hone.file.WholeFile;
import dev.hone.report.data.RunData;
import dev.hone.report.record.RecordText;
import java.nio.file.Path;

/**
 * Everything that a report shows of a run, at one moment: a value, and the JSON file {@code
 * record.json} of a run folder. Holds what the examples and the prompts hold, and nothing that is a
 * secret of a context. What is read from a file is only shown, never executed. Immutable.
 *
 * <pre>{@code
 * RunRecord record = RunRecord.read(Path.of("tickets.runs/20261130-101500"));
 * HtmlReport.of(record).write(Path.of("tickets.report.html"));
 * }</pre>
 */
public final class RunRecord {
  /** The name of the file in a run folder. */
  public static final String FILE = "record.json";

  private final RunData data;

  private RunRecord(RunData data) {
    this.data = data;
  }

  /** A record of what is known. */
  public static RunRecord of(RunData data) {
    return new RunRecord(data);
  }

  /**
   * Reads a record.
   *
   * @param file the file, or a run folder with a file {@code record.json}
   * @throws InvalidInputException if there is none, it is larger than 256 MB, it is no record, or
   *     it is one of a later version of Hone; what is wrong is said with its place
   */
  public static RunRecord read(Path file) {
    return new RunRecord(RecordText.read(file));
  }

  /**
   * Writes the record, as a whole or not at all.
   *
   * @param file the file; its folders are made where they are missing
   * @throws InvalidInputException if it cannot be written
   */
  public void write(Path file) {
    try {
      new WholeFile(file, FILE).write(json());
    } catch (UnwritableFileException e) {
      throw new InvalidInputException(
          "%s: the record cannot be written: %s. Maybe %s.".formatted(file, e.problem(), e.fix()),
          e);
    }
  }

  /** The record as it is written. */
  public String json() {
    return RecordText.of(data);
  }

  /** What the run is called. */
  public String name() {
    return data.head().name();
  }

  /** A copy that is called something else, such as beside another run of the same project. */
  public RunRecord withName(String name) {
    return new RunRecord(data.withName(name));
  }

  /** Whether the run went on when this was recorded. */
  public boolean running() {
    return data.head().running();
  }

  /** All of it, as plain values. */
  public RunData data() {
    return data;
  }

  /** One line, such as {@code RunRecord[tickets, finished]}. */
  @Override
  public String toString() {
    return "RunRecord[%s, %s]".formatted(name(), data.head().status());
  }
}
