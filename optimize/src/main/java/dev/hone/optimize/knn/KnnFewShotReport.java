package dev.hone.optimize.knn;

import dev.hone.context.Spend;
import dev.hone.optimize.candidate.BootstrapReport;
import dev.hone.optimize.task.ReportWording;
import dev.hone.text.Plural;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How demos were collected to choose from. Immutable.
 *
 * @param embedderId the embedder that made the vectors, and that has to choose
 * @param labeledByPredictor the number of demos from labels that each predictor has
 * @param bootstrappedByPredictor the number of demos from successful runs that each predictor has
 * @param embeddings the number of texts that were embedded
 * @param bootstrap how bootstrapping went; empty if there was none
 * @param duration wall-clock time
 * @param warnings what a user should know, in sentences; empty if all went well
 */
public record KnnFewShotReport(
    String embedderId,
    Map<String, Integer> labeledByPredictor,
    Map<String, Integer> bootstrappedByPredictor,
    int embeddings,
    Optional<BootstrapReport> bootstrap,
    Duration duration,
    List<String> warnings) {
  /** Copies the maps and the list. */
  public KnnFewShotReport {
    labeledByPredictor = Collections.unmodifiableMap(new LinkedHashMap<>(labeledByPredictor));
    bootstrappedByPredictor =
        Collections.unmodifiableMap(new LinkedHashMap<>(bootstrappedByPredictor));
    warnings = List.copyOf(warnings);
  }

  /** What the model calls cost; the embedder's are not among them. */
  public Spend spend() {
    return bootstrap.map(BootstrapReport::spend).orElse(Spend.NONE);
  }

  /** A summary, and a line per warning. */
  @Override
  public String toString() {
    return "demos from labels %s, from runs %s, %s by %s, %s"
            .formatted(
                labeledByPredictor,
                bootstrappedByPredictor,
                Plural.of(embeddings, "embedding"),
                embedderId,
                Plural.of(spend().lmCalls(), "model call"))
        + ReportWording.notes(warnings);
  }
}
