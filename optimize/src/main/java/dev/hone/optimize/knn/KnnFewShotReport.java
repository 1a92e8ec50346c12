package dev.hone.optimize.knn;

import dev.hone.optimize.OptimizationReport;
import dev.hone.optimize.RunFigures;
import dev.hone.optimize.candidate.BootstrapReport;
import dev.hone.text.Plural;
import java.util.Map;
import java.util.Optional;

/**
 * How demos were collected to choose from. Nothing was evaluated, so it has no scores; the costs
 * are those of model calls, the embedder's are not among them. Immutable.
 */
public final class KnnFewShotReport extends OptimizationReport {
  private final String embedderId;
  private final Map<String, Integer> labeledByPredictor;
  private final Map<String, Integer> bootstrappedByPredictor;
  private final int embeddings;
  private final Optional<BootstrapReport> bootstrap;

  KnnFewShotReport(
      String embedderId,
      DemoCollection demos,
      Optional<BootstrapReport> bootstrap,
      RunFigures figures) {
    super(figures);
    this.embedderId = embedderId;
    this.labeledByPredictor = demos.labeled();
    this.bootstrappedByPredictor = demos.bootstrapped();
    this.embeddings = demos.count().all().values().stream().mapToInt(Integer::intValue).sum();
    this.bootstrap = bootstrap;
  }

  /** The embedder that made the vectors, and that has to choose. */
  public String embedderId() {
    return embedderId;
  }

  /** The number of demos from labels that each predictor has. */
  public Map<String, Integer> labeledByPredictor() {
    return labeledByPredictor;
  }

  /** The number of demos from successful runs that each predictor has. */
  public Map<String, Integer> bootstrappedByPredictor() {
    return bootstrappedByPredictor;
  }

  /** The number of texts that were embedded. */
  public int embeddings() {
    return embeddings;
  }

  /** How bootstrapping went; empty if there was none. */
  public Optional<BootstrapReport> bootstrap() {
    return bootstrap;
  }

  /** One line for people, without the notes. */
  @Override
  public String summary() {
    return "demos from labels %s, from runs %s, %s by %s, %s"
        .formatted(
            labeledByPredictor,
            bootstrappedByPredictor,
            Plural.of(embeddings, "embedding"),
            embedderId,
            Plural.of(spend().lmCalls(), "model call"));
  }
}
