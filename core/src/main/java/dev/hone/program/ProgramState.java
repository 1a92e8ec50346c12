package dev.hone.program;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is learnt about a program: the state of each of its predictors, by name. Immutable. Running
 * a candidate means running the same program object under another of these.
 *
 * @param byPredictor the predictors' states by name, in the order of the program's fields
 */
public record ProgramState(Map<String, PredictorState> byPredictor) {
  /** Copies the map, keeping its order. */
  public ProgramState {
    byPredictor = Collections.unmodifiableMap(new LinkedHashMap<>(byPredictor));
  }

  /**
   * The state of one predictor.
   *
   * @throws InvalidInputException if there is none of that name
   */
  public PredictorState of(String predictor) {
    PredictorState state = byPredictor.get(predictor);
    if (state == null) {
      throw InvalidInputException.of(
          "There is no predictor \"%s\", only %s".formatted(predictor, byPredictor.keySet()),
          "use one of those names");
    }
    return state;
  }

  /** A copy in which one predictor has another state. */
  public ProgramState with(String predictor, PredictorState state) {
    of(predictor);
    Map<String, PredictorState> copy = new LinkedHashMap<>(byPredictor);
    copy.put(predictor, state);
    return new ProgramState(copy);
  }

  /** The state as JSON, predictors in order: equal states, equal JSON. */
  public ObjectNode toJson() {
    ObjectNode node = Json.object();
    byPredictor.forEach((name, state) -> node.set(name, state.toJson()));
    return node;
  }

  /** The SHA-256 of the state. */
  public String fingerprint() {
    return Json.fingerprint(toJson());
  }
}
