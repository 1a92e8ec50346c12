package dev.hone.cli.files;

import dev.hone.InvalidInputException;
import dev.hone.file.UnwritableFileException;
import dev.hone.file.WholeFile;
import dev.hone.json.Json;
import dev.hone.lm.ModelSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What a file of answers was begun with, in a file beside it that is there until all rows are
 * answered: a run that goes on takes the same model, and asks in the same way.
 */
public final class BegunAnswers {
  private static final String ENDING = ".run.json";
  private static final String MODEL = "model";
  private static final String BATCH = "batch";

  private final Optional<Path> out;
  private final Optional<Path> file;
  private final JsonNode begun;

  private BegunAnswers(Optional<Path> out, boolean resume) {
    this.out = out;
    this.file = out.filter(BegunAnswers::isOrdinary).map(it -> beside(it, ENDING));
    this.begun = resume ? file.map(BegunAnswers::read).orElse(Json.object()) : Json.object();
  }

  /**
   * Reads what there is.
   *
   * @param out the file of the answers; empty for standard output
   * @param resume whether it is gone on with; else it begins anew
   * @throws InvalidInputException if what is beside it cannot be read
   */
  public static BegunAnswers of(Optional<Path> out, boolean resume) {
    return new BegunAnswers(out, resume);
  }

  private static boolean isOrdinary(Path out) {
    Path folder = out.toAbsolutePath().getParent();
    return folder != null
        && Files.isDirectory(folder)
        && (Files.isRegularFile(out) || !Files.exists(out));
  }

  private static Path beside(Path out, String ending) {
    return out.resolveSibling(out.getFileName() + ending);
  }

  private static JsonNode read(Path file) {
    try {
      return Files.exists(file) ? Json.parseFile(Files.readString(file)) : Json.object();
    } catch (IOException | JacksonException e) {
      throw InvalidInputException.of(
          "%s, which says what the answers were begun with, cannot be read".formatted(file),
          "delete it, and say --model and --batch as at first");
    }
  }

  /** The model of the answers so far; what the project says where that is not known. */
  public Optional<String> model(Optional<String> ofProject) {
    return begun.path(MODEL).asStringOpt().or(() -> ofProject);
  }

  /** The folder for batches, if models are asked so: now, or in what is gone on with. */
  public Optional<Path> batches(boolean asked) {
    return out.filter(unused -> asked || begun.path(BATCH).asBoolean(false))
        .map(it -> beside(it, ".batches"));
  }

  /**
   * Refuses another model than that of the answers so far, before any call.
   *
   * @param name its name
   * @throws InvalidInputException if it is another one
   */
  public void requireModel(String name) {
    String before = begun.path(MODEL).asString(name);
    if (!ModelSpec.parse(name).text().equals(before) && !name.equals(before)) {
      throw InvalidInputException.of(
          "The answers in %s so far are of %s, and --model is %s"
              .formatted(out.map(Path::toString).orElse("the file"), before, name),
          "leave --model out, to go on with that one; or name another file with --out");
    }
  }

  /**
   * Keeps what the answers are begun with.
   *
   * @throws InvalidInputException if it cannot be written
   */
  public void begin(String model, boolean batched) {
    if (file.isPresent()) {
      try {
        String text = Json.pretty(Json.object().put(MODEL, model).put(BATCH, batched)) + "\n";
        new WholeFile(file.get(), String.valueOf(file.get().getFileName())).write(text);
      } catch (UnwritableFileException e) {
        throw InvalidInputException.of(
            "%s cannot be written: %s".formatted(file.get(), e.problem()), e.fix());
      }
    }
  }

  /** All rows are answered: nothing need be remembered. */
  public void end() {
    try {
      if (file.isPresent()) {
        Files.deleteIfExists(file.get());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
