package dev.hone.optimize.log;

import dev.hone.compiled.Provenance.MeasuredScore;
import dev.hone.file.WholeFile;
import dev.hone.json.Json;
import dev.hone.optimize.OptimizationReport;
import dev.hone.optimize.Optimized;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Prompts and scores over runs, in a file to keep, read and commit: a line of JSON per run, only
 * ever added to. Instructions and demos are in files of their own in the folder {@code
 * NAME-prompts} beside it, named by their content, so that equal ones are one file and the
 * difference of two is readable. Makes no call; holds no credential, but the demos, and so what
 * your examples hold. Thread-safe; several processes may add to one file.
 *
 * <pre>{@code
 * RunLog log = RunLog.of(Path.of("runs.jsonl"));
 * log.append(tuned, Path.of("label.json"));
 * System.out.println(log.table());
 * System.out.println(log.diff());
 * }</pre>
 */
public final class RunLog {
  private static final Object WITHIN_PROCESS = new Object();

  /** How each line begins, whole or half. */
  private static final String BEGINNING = "{\"time\"";

  private final Path file;
  private final PromptTexts texts;
  private final Clock clock;

  RunLog(Path file, Clock clock) {
    this.file = file;
    String name = file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    this.texts = new PromptTexts(file.resolveSibling(name + "-prompts"));
    this.clock = clock;
  }

  /** The log in a file, which need not be there yet; nothing is written by this. */
  public static RunLog of(Path file) {
    return new RunLog(file, Clock.systemUTC());
  }

  /**
   * Adds a run.
   *
   * @param optimized what the optimizer returned
   * @return what was logged
   * @throws RunLogException if it cannot be written
   */
  public LoggedRun append(Optimized<?, ?, ?> optimized) {
    return append(optimized, null);
  }

  /**
   * Adds a run.
   *
   * @param artifact the file in which the program was saved; null for none. Saves nothing itself
   * @throws RunLogException if it cannot be written
   */
  public LoggedRun append(Optimized<?, ?, ?> optimized, @Nullable Path artifact) {
    ObjectNode saved = optimized.compiled().toJson();
    JsonNode from = saved.path("provenance");
    OptimizationReport report = optimized.report();
    ObjectNode line = Json.object();
    line.put("time", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    line.set("optimizer", from.path("optimizer"));
    line.set("seed", from.path("seed"));
    line.set("scores", from.path("scores"));
    ObjectNode configuration = line.putObject("configuration");
    report.configuration().forEach(configuration::put);
    line.put("finishReason", report.finishReason().name());
    line.put("lmCalls", report.spend().lmCalls());
    line.put("cachedCalls", report.spend().cachedCalls());
    line.put("tokens", report.spend().usage().totalTokens());
    line.put("seconds", report.duration().toMillis() / 1000.0);
    line.set("models", from.path("modelIds"));
    line.set("data", from.path("dataFingerprints"));
    line.set("settings", from.path("settings"));
    ObjectNode predictors = line.putObject("predictors");
    saved
        .path("predictors")
        .properties()
        .forEach(e -> predictors.set(e.getKey(), texts.prompt(e.getValue())));
    if (artifact != null) {
      line.put("artifact", artifact.toString());
    }
    add(Json.write(line));
    return new LoggedRun(line);
  }

  /** Adds a line in one piece, behind whatever half a line a crash may have left. */
  private void add(String line) {
    boolean interrupted = Thread.interrupted();
    synchronized (WITHIN_PROCESS) {
      try {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
          Files.createDirectories(folder);
        }
        append(line);
      } catch (IOException e) {
        throw new RunLogException(
            "%s: the run cannot be logged here: %s. Maybe choose another file."
                .formatted(file, WholeFile.inWords(e)),
            e);
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  private void append(String line) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      FileLock lock = channel.lock();
      try {
        append(line, channel);
      } finally {
        lock.release();
      }
    }
  }

  private static void append(String line, FileChannel channel) throws IOException {
    long end = channel.size();
    ByteBuffer last = ByteBuffer.allocate(1);
    boolean whole = end == 0 || channel.read(last, end - 1) == 1 && last.get(0) == '\n';
    ByteBuffer bytes = StandardCharsets.UTF_8.encode((whole ? "" : "\n") + line + "\n");
    channel.position(end);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    channel.force(true);
  }

  /**
   * All runs, in the order in which they were logged; none if the file is not there. Half a line
   * that a crash left is passed over.
   *
   * @throws RunLogException if the file cannot be read, or a line is no run
   */
  public List<LoggedRun> runs() {
    List<LoggedRun> runs = new ArrayList<>();
    List<String> lines = lines();
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        read(lines.get(i), i + 1).ifPresent(runs::add);
      }
    }
    return runs;
  }

  private List<String> lines() {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      // Half a character that a crash left becomes a replacement character, and its line is no
      // JSON.
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new RunLogException(
          "%s: the log cannot be read: %s. Maybe it is another file."
              .formatted(file, WholeFile.inWords(e)),
          e);
    }
  }

  private Optional<LoggedRun> read(String line, int number) {
    try {
      if (Json.parseFile(line) instanceof ObjectNode node && LoggedRun.isRun(node)) {
        return Optional.of(new LoggedRun(node));
      }
    } catch (JacksonException e) {
      if (line.startsWith(BEGINNING) || BEGINNING.startsWith(line)) {
        return Optional.empty();
      }
    }
    throw new RunLogException(
        "%s, line %d: this is no run, expected JSON with \"time\" and \"optimizer\". Maybe it is another file."
            .formatted(file, number),
        null);
  }

  /** The instructions of a predictor in a run. */
  public String instructions(LoggedRun run, String predictor) {
    return texts.get(prompt(run, predictor).instructions()).stripTrailing();
  }

  /** The demos of a predictor in a run, as JSON on a line each. */
  public List<String> demos(LoggedRun run, String predictor) {
    return texts.get(prompt(run, predictor).demos()).lines().toList();
  }

  /** What was learnt to say of a predictor's tools in a run, by their names; empty for nothing. */
  public Map<String, String> toolDescriptions(LoggedRun run, String predictor) {
    prompt(run, predictor);
    String name = run.toolDescriptions(predictor);
    return name.isEmpty() ? Map.of() : texts.map(name);
  }

  private static LoggedRun.Prompt prompt(LoggedRun run, String predictor) {
    return Optional.ofNullable(run.prompts().get(predictor))
        .orElseThrow(
            () ->
                new RunLogException(
                    "The run has no predictor \"%s\", only %s. Maybe it is of another program."
                        .formatted(predictor, run.prompts().keySet()),
                    null));
  }

  /** All runs as a table for people: a line each, the scores with their intervals. */
  public String table() {
    List<LoggedRun> runs = runs();
    int width = runs.stream().mapToInt(run -> run.optimizer().length()).max().orElse(0);
    List<String> lines = new ArrayList<>();
    lines.add(
        row(width, "run", "time", "optimizer", "seed", "baseline", "best", "calls", "chosen"));
    for (int i = 0; i < runs.size(); i++) {
      LoggedRun run = runs.get(i);
      lines.add(
          row(
              width,
              String.valueOf(i + 1),
              run.time().toString(),
              run.optimizer(),
              String.valueOf(run.seed()),
              run.baseline().map(RunLog::score).orElse("none"),
              run.best().map(RunLog::score).orElse("none"),
              String.valueOf(run.lmCalls()),
              RunDiff.named(run.configuration())));
    }
    return String.join(System.lineSeparator(), lines);
  }

  private static String row(int width, String... cells) {
    String format = "%4s  %-20s  %-" + Math.max(16, width) + "s  %6s  %-22s  %-22s  %7s  %s";
    return String.format(format, (Object[]) cells).stripTrailing();
  }

  static String score(MeasuredScore score) {
    return String.format(
        Locale.ROOT, "%.3f [%.3f, %.3f]", score.mean(), score.lower(), score.upper());
  }

  /**
   * What changed between the last two runs, for people; see {@link #diff(LoggedRun, LoggedRun)}.
   *
   * @throws RunLogException if there are fewer than two
   */
  public String diff() {
    List<LoggedRun> runs = runs();
    if (runs.size() < 2) {
      throw new RunLogException(
          "%s: there are %d runs, and two are needed to compare. Maybe log another run."
              .formatted(file, runs.size()),
          null);
    }
    return diff(runs.get(runs.size() - 2), runs.get(runs.size() - 1));
  }

  /**
   * What changed between two runs, for people: scores, settings, data and models, then each
   * predictor's instructions line by line and its demos.
   */
  public String diff(LoggedRun before, LoggedRun after) {
    return new RunDiff(this, before, after).toString();
  }
}
