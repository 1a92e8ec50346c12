package dev.hone.row;

import dev.hone.file.UnwritableFileException;
import dev.hone.file.WholeFile;
import dev.hone.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rows that were answered after the one that ended a run, in a file beside the answers: they
 * are paid for, and cannot be written before those that lack. The next run over the same file takes
 * them. A file of another program, or one that is damaged, has no rows: they are run again. One
 * thread.
 */
public final class RowsSetAside {
  private static final String FORMAT = "hone-rows-aside/1";
  private static final String SUFFIX = ".aside.jsonl";

  private final Path file;
  private final String program;
  private final NavigableMap<Long, String> rows = new TreeMap<>();

  private RowsSetAside(Path file, String program) {
    this.file = file;
    this.program = program;
  }

  /** The file beside a file of answers. */
  public static Path beside(Path answers) {
    return answers.resolveSibling(answers.getFileName() + SUFFIX);
  }

  /**
   * The rows that an earlier run has set aside.
   *
   * @param answers the file of the answers
   * @param program tells the program, with its state, from others
   * @param after rows up to this number are in the file of the answers already
   */
  public static RowsSetAside read(Path answers, String program, long after) {
    RowsSetAside aside = new RowsSetAside(beside(answers), program);
    if (Files.isRegularFile(aside.file)) {
      aside.read(after);
    }
    return aside;
  }

  private void read(long after) {
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      String head = lines.readLine();
      if (head == null || !head.equals(head())) {
        return;
      }
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode row = Json.parse(line);
        if (row.path("row").asLong(0) > after && row.path("text").isString()) {
          rows.put(row.path("row").asLong(), row.path("text").stringValue());
        }
      }
    } catch (IOException | JacksonException e) {
      // The rows that can be read are kept; the others are run again.
    }
  }

  private String head() {
    return Json.write(Json.object().put("format", FORMAT).put("program", program));
  }

  /** The text of a row by its number; empty if it is to be run. */
  public Optional<String> row(long number) {
    return Optional.ofNullable(rows.get(number));
  }

  /**
   * Keeps a row in memory, until {@link #write}.
   *
   * @param text the row as it is written, with its line end
   */
  public void put(long number, String text) {
    rows.put(number, text);
  }

  /** Leaves a row out, which is another one now. */
  public void drop(long number) {
    rows.remove(number);
  }

  /** Whether there are rows before a number. */
  public boolean hasBefore(long number) {
    return !rows.isEmpty() && rows.firstKey() < number;
  }

  /** Takes the text of the first row, which is there. */
  public String takeFirst() {
    return rows.pollFirstEntry().getValue();
  }

  /** Leaves out all that are left. */
  public void clear() {
    rows.clear();
  }

  /**
   * Brings the file to what is in memory: without a row there is none.
   *
   * @throws UnwritableFileException if it cannot be written
   */
  public void write() throws UnwritableFileException {
    if (rows.isEmpty()) {
      delete();
      return;
    }
    new WholeFile(file, "answers.csv" + SUFFIX)
        .write(
            stream -> {
              stream.write((head() + "\n").getBytes(StandardCharsets.UTF_8));
              for (var row : rows.entrySet()) {
                ObjectNode line =
                    Json.object().put("row", row.getKey()).put("text", row.getValue());
                stream.write((Json.write(line) + "\n").getBytes(StandardCharsets.UTF_8));
              }
            });
  }

  private void delete() throws UnwritableFileException {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UnwritableFileException(WholeFile.inWords(e), "delete " + file, e);
    }
  }
}
