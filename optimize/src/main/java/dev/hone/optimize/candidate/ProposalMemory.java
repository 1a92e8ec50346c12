package dev.hone.optimize.candidate;

import dev.hone.InvalidInputException;
import dev.hone.file.UnwritableFileException;
import dev.hone.file.WholeFile;
import dev.hone.json.Json;
import dev.hone.text.Excerpt;
import dev.hone.text.Plural;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What runs of optimizers learnt about proposing: the gains of the instructions that each style
 * gave, run by run, oldest first. Carried from program to program in a file of JSON ({@code
 * docs/formats.md}), which holds no instruction, no data and no key. Immutable.
 */
public final class ProposalMemory {
  /** How many runs are kept; the oldest are dropped. */
  public static final int MOST_RUNS = 500;

  private static final int SHOWN_CHARACTERS = 100;
  private static final String KIND = "proposals";
  private static final int VERSION = 1;
  private static final long MAX_BYTES = 64L * 1024 * 1024;
  private static final ProposalMemory EMPTY = new ProposalMemory(List.of());

  private final List<Run> runs;

  private ProposalMemory(List<Run> runs) {
    this.runs = List.copyOf(runs.subList(Math.max(0, runs.size() - MOST_RUNS), runs.size()));
  }

  /**
   * What one run showed.
   *
   * @param program the names of the program's predictors, for people
   * @param gains what its instructions were worth; tips by {@link Tips#nameOf}
   */
  public record Run(String program, List<ProposalGain> gains) {
    /** Copies the list. */
    public Run {
      gains = List.copyOf(gains);
    }
  }

  /** Nothing learnt. */
  public static ProposalMemory empty() {
    return EMPTY;
  }

  /**
   * Reads a file; one that is missing is an empty memory.
   *
   * @throws InvalidInputException if it cannot be read, is damaged, another file, or newer than
   *     this version of Hone
   */
  public static ProposalMemory read(Path file) {
    if (Files.notExists(file)) {
      return EMPTY;
    }
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw unreadable(
            file,
            String.format(Locale.ROOT, "has more than %,d bytes", MAX_BYTES),
            "name another file");
      }
      return of(file, Json.parseFile(Files.readString(file)));
    } catch (JacksonException e) {
      throw unreadable(file, "is no complete JSON: " + Json.problem(e), "delete it to begin anew");
    } catch (IOException e) {
      throw unreadable(file, "cannot be read: " + WholeFile.inWords(e), "check its permissions");
    }
  }

  private static InvalidInputException unreadable(Path file, String problem, String fix) {
    return InvalidInputException.of(
        "What was learnt about proposing cannot be read from %s: it %s".formatted(file, problem),
        fix);
  }

  private static ProposalMemory of(Path file, JsonNode root) {
    if (!root.path("hone").asString("").equals(KIND)) {
      throw unreadable(
          file, "has no key \"hone\" with \"%s\"".formatted(KIND), "name another file");
    }
    JsonNode version = root.path("formatVersion");
    if (!version.isIntegralNumber() || version.asLong() < 1) {
      throw unreadable(file, "has formatVersion " + version + ", expected 1", "delete it");
    }
    if (version.asLong() > VERSION) {
      throw unreadable(
          file,
          "has format %s, and this version of Hone reads up to %d".formatted(version, VERSION),
          "update Hone");
    }
    List<Run> runs = new ArrayList<>();
    for (JsonNode run : list(file, root, "runs")) {
      List<ProposalGain> gains = new ArrayList<>();
      list(file, run, "gains").forEach(gain -> gains.add(gain(file, gain)));
      runs.add(new Run(run.path("program").asString(""), gains));
    }
    return new ProposalMemory(runs);
  }

  private static JsonNode list(Path file, JsonNode node, String key) {
    JsonNode value = node.path(key);
    if (!value.isArray()) {
      throw unreadable(
          file,
          "has %s at \"%s\", expected a list".formatted(found(value), key),
          "delete it to begin anew");
    }
    return value;
  }

  private static String found(JsonNode value) {
    return value.isMissingNode() ? "nothing" : Excerpt.ofLine(value.toString(), SHOWN_CHARACTERS);
  }

  private static ProposalGain gain(Path file, JsonNode node) {
    return new ProposalGain(
        new ProposalStyle(
            text(file, node, "promptModel"),
            text(file, node, "template"),
            text(file, node, "tip"),
            number(file, node, "temperature")),
        number(file, node, "gain"),
        (int) Math.max(0, Math.min(Integer.MAX_VALUE, number(file, node, "scores"))));
  }

  private static String text(Path file, JsonNode node, String key) {
    JsonNode value = node.path(key);
    if (!value.isString()) {
      throw damaged(file, key, value, "a text");
    }
    return value.stringValue();
  }

  private static double number(Path file, JsonNode node, String key) {
    JsonNode value = node.path(key);
    if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
      throw damaged(file, key, value, "a number");
    }
    return value.doubleValue();
  }

  private static InvalidInputException damaged(
      Path file, String key, JsonNode value, String expected) {
    return unreadable(
        file,
        "has %s at \"%s\" of a gain, expected %s".formatted(found(value), key, expected),
        "delete it to begin anew");
  }

  /** What each run showed, oldest first. */
  public List<Run> runs() {
    return runs;
  }

  /** A copy with one more run. */
  public ProposalMemory withRun(Run run) {
    List<Run> more = new ArrayList<>(runs);
    more.add(run);
    return new ProposalMemory(more);
  }

  /**
   * Checks that a file can be written, and leaves nothing behind.
   *
   * @throws InvalidInputException if it cannot
   */
  public static void requireWritable(Path file) {
    try {
      new WholeFile(file, "proposals.json").requireWritable();
    } catch (UnwritableFileException e) {
      throw unwritable(file, e);
    }
  }

  /**
   * Writes the file, as a whole or not at all.
   *
   * @throws InvalidInputException if it cannot be written; what was there stays
   */
  public void write(Path file) {
    try {
      new WholeFile(file, "proposals.json").write(Json.pretty(toJson()) + "\n");
    } catch (UnwritableFileException e) {
      throw unwritable(file, e);
    }
  }

  private static InvalidInputException unwritable(Path file, UnwritableFileException error) {
    return InvalidInputException.of(
        "What is learnt about proposing cannot be written to %s: %s"
            .formatted(file, error.problem()),
        error.fix());
  }

  private ObjectNode toJson() {
    ObjectNode root = Json.object().put("hone", KIND).put("formatVersion", VERSION);
    ArrayNode list = root.putArray("runs");
    for (Run run : runs) {
      ArrayNode gains = list.addObject().put("program", run.program()).putArray("gains");
      for (ProposalGain gain : run.gains()) {
        gains
            .addObject()
            .put("promptModel", gain.style().promptModel())
            .put("template", gain.style().template())
            .put("tip", Tips.nameOf(gain.style().tip()))
            .put("temperature", gain.style().temperature())
            .put("gain", gain.gain())
            .put("scores", gain.scores());
      }
    }
    return root;
  }

  /** The number of runs and proposals, in a line. */
  @Override
  public String toString() {
    int gains = runs.stream().mapToInt(run -> run.gains().size()).sum();
    return "ProposalMemory[%s, %s]"
        .formatted(Plural.of(runs.size(), "run"), Plural.of(gains, "proposal"));
  }
}
