package dev.hone.optimize.propose;

import dev.hone.optimize.bootstrap.ErrorContrast;
import dev.hone.optimize.propose.choose.ScoredInstruction;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a round of proposals knows of what was tried before.
 *
 * @param history what earlier instructions scored, worst first, by predictor; empty in the first
 *     round
 * @param errors what the program gets wrong on the trainset
 */
public record RoundEvidence(Map<String, List<ScoredInstruction>> history, ErrorContrast errors) {
  /** Copies the map, keeping its order. */
  public RoundEvidence {
    history = Collections.unmodifiableMap(new LinkedHashMap<>(history));
  }

  /** The earlier instructions of a predictor; empty for none. */
  List<ScoredInstruction> historyOf(String predictor) {
    return history.getOrDefault(predictor, List.of());
  }
}
