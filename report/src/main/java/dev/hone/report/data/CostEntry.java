package dev.hone.report.data;

import java.util.Map;

/**
 * What a run cost.
 *
 * @param total all of it, the measuring before and after included
 * @param byStage by the name of the stage, in order; {@code measure before} and {@code measure
 *     after} are not the optimizer's
 * @param byModel by the model's id
 * @param byPredictor by the predictor's name, what it cost in evaluations; may be empty
 */
public record CostEntry(
    SpendEntry total,
    Map<String, SpendEntry> byStage,
    Map<String, SpendEntry> byModel,
    Map<String, SpendEntry> byPredictor) {
  /** Nothing. */
  public static final CostEntry NONE = new CostEntry(SpendEntry.NONE, Map.of(), Map.of(), Map.of());

  /** Fills in what is missing. */
  public CostEntry {
    total = total == null ? SpendEntry.NONE : total;
    byStage = Given.map(byStage);
    byModel = Given.map(byModel);
    byPredictor = Given.map(byPredictor);
  }
}
