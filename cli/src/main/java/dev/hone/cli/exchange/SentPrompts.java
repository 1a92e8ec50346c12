package dev.hone.cli.exchange;

import dev.hone.compiled.Compiled;
import dev.hone.data.Example;
import dev.hone.exchange.PortablePredictor;
import dev.hone.exchange.PortableProgram;
import dev.hone.lm.LmRequest;
import dev.hone.project.ProgramFile;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What the predictors of a project's program send. */
public final class SentPrompts {
  private SentPrompts() {}

  /**
   * The request of each predictor for one row, by the current context; for inputs that the row does
   * not have, such as those of later steps, places. Calls no model.
   *
   * @param row a row to learn from, if there is one
   */
  public static Map<String, LmRequest> of(
      ProgramFile project,
      Compiled<ObjectNode, ObjectNode> compiled,
      Optional<Example<ObjectNode, ObjectNode>> row) {
    PortableProgram portable =
        PortableProgram.of(project.name(), compiled).withSignature(project.signature());
    Map<String, LmRequest> requests = new LinkedHashMap<>();
    for (PortablePredictor predictor : portable.predictors()) {
      requests.put(predictor.name(), predictor.render(GivenProgram.inputs(predictor, row)));
    }
    return requests;
  }
}
