package dev.hone.optimize.fewshot;

import dev.hone.optimize.OptimizationReport;
import dev.hone.optimize.RunFigures;
import dev.hone.program.ProgramState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How labelled demos were sampled. Nothing was evaluated, so it has no scores; no model was called.
 * Immutable.
 */
public final class LabeledFewShotReport extends OptimizationReport {
  private final Map<String, Integer> demosByPredictor;

  private LabeledFewShotReport(Map<String, Integer> demosByPredictor, RunFigures figures) {
    super(figures);
    this.demosByPredictor = Collections.unmodifiableMap(demosByPredictor);
  }

  static LabeledFewShotReport of(ProgramState state, boolean wanted, RunFigures.Builder figures) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    List<String> notes = new ArrayList<>();
    state
        .byPredictor()
        .forEach(
            (name, predictor) -> {
              counts.put(name, predictor.demos().size());
              if (wanted && predictor.demos().isEmpty()) {
                notes.add(
                    "The predictor %s got no demos: no labelled example fits it. Maybe bootstrap them."
                        .formatted(name));
              }
            });
    return new LabeledFewShotReport(counts, figures.notes(notes).build());
  }

  /** The number of demos that each predictor got. */
  public Map<String, Integer> demosByPredictor() {
    return demosByPredictor;
  }

  /** One line for people, without the notes. */
  @Override
  public String summary() {
    return "demos from labels " + demosByPredictor;
  }
}
