package dev.hone.cli.model;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.ModelSpec;
import dev.hone.lm.batch.BatchLanguageModel;
import dev.hone.lm.batch.BatchNotice;
import dev.hone.lm.batch.BatchedModel;
import dev.hone.pipeline.LmPipeline;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The models of a command that are asked in batches, each with a folder of its own within one that
 * is there only as long as it holds something. To be closed. Thread-safe.
 */
final class ModelBatches implements AutoCloseable {
  /** With virtual threads a call that waits costs little. */
  private static final int VIRTUAL_IN_FLIGHT = 50_000;

  private static final int FIRST_WITH_VIRTUAL = 21;

  private static final int HASH_LETTERS = 8;

  private final Path folder;
  private final PrintWriter err;
  private final boolean goesOn;
  private final Map<Path, BatchedModel> models = new LinkedHashMap<>();
  private volatile BatchNotice.Listener listener = BatchNotice.Listener.NONE;
  private boolean done;

  /**
   * None yet.
   *
   * @param folder where they are remembered; it may be missing
   * @param goesOn whether the command has {@code --resume} for a run that ended early
   */
  ModelBatches(Path folder, PrintWriter err, boolean goesOn) {
    this.folder = folder;
    this.err = err;
    this.goesOn = goesOn;
  }

  /** The most calls that wait at once, if nothing else is said. */
  static int usualInFlight() {
    return Runtime.version().feature() >= FIRST_WITH_VIRTUAL
        ? VIRTUAL_IN_FLIGHT
        : LmPipeline.BATCHED_MAX_IN_FLIGHT;
  }

  /** Whether a model can be asked so. */
  static boolean takes(LanguageModel model) {
    return BatchLanguageModel.apiOf(model).isPresent();
  }

  /**
   * Refuses a model that cannot be asked so, before any call.
   *
   * @throws InvalidInputException if it cannot
   */
  static void require(LanguageModel model, ModelSpec spec) {
    if (!takes(model)) {
      throw InvalidInputException.of(
          "The model %s has no batch API, which --batch is for".formatted(spec),
          "leave --batch out, or use a model of openai:, anthropic: or openai-compatible:");
    }
  }

  /** A model as it is asked in batches; the same one for the same name. */
  synchronized BatchedModel of(ModelSpec spec, LanguageModel model) {
    return models.computeIfAbsent(
        folder.resolve(folderName(spec)),
        ofModel ->
            BatchedModel.builder(model)
                .folder(ofModel)
                .listener(notice -> listener.onBatch(notice))
                .build());
  }

  private static String folderName(ModelSpec spec) {
    String readable = spec.toString().replaceAll("[^A-Za-z0-9._-]+", "-");
    return readable + "-" + Json.sha256(spec.text()).substring(0, HASH_LETTERS);
  }

  /** Makes sure, by a call that costs nothing, that a model can be asked so. */
  synchronized void check(ModelSpec spec) {
    BatchedModel model = models.get(folder.resolve(folderName(spec)));
    if (model != null) {
      ModelProbe.run(model::check, spec);
    }
  }

  void listener(BatchNotice.Listener value) {
    listener = value;
  }

  /** All that was asked for is kept elsewhere: nothing need be remembered any more. */
  synchronized void done() {
    done = true;
  }

  /** Says what goes on at the providers, and how to come by it. */
  @Override
  public synchronized void close() {
    models.values().forEach(BatchedModel::close);
    List<String> open = models.values().stream().flatMap(it -> it.openBatches().stream()).toList();
    if (!open.isEmpty() && !done) {
      err.printf(
          "note: %s at the provider (%s); the same command%s gets the answers.%n",
          open.size() == 1 ? "a batch goes on" : open.size() + " batches go on",
          String.join(", ", open),
          goesOn ? " with --resume" : "");
      err.flush();
    }
    tidy();
  }

  private void tidy() {
    try {
      for (Path ofModel : models.keySet()) {
        tidy(ofModel);
      }
      if (Files.isDirectory(folder) && isEmpty(folder)) {
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void tidy(Path ofModel) throws IOException {
    if (!Files.isDirectory(ofModel)) {
      return;
    }
    List<Path> files;
    try (Stream<Path> all = Files.list(ofModel)) {
      files = all.toList();
    }
    boolean kept = !done && files.stream().anyMatch(file -> file.toString().endsWith(".json"));
    if (!kept) {
      for (Path file : files) {
        Files.delete(file);
      }
      Files.delete(ofModel);
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }
}
