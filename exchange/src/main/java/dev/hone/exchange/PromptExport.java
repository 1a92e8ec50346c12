package dev.hone.exchange;

import dev.hone.adapter.Adapter;
import dev.hone.json.Json;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * The prompts of a program, as text or as chat messages, with {@code {{name}}} where each input
 * goes. Calls no model.
 */
public final class PromptExport {
  private PromptExport() {}

  /**
   * The prompts as people read them, under a heading each where there are several predictors.
   *
   * @param adapter the layout, such as {@code Adapter.chat()}
   */
  public static String text(PortableProgram program, Adapter adapter) {
    List<PortablePredictor> predictors = program.predictors();
    return predictors.size() == 1
        ? text(predictors.get(0), adapter)
        : predictors.stream()
            .map(p -> "=== " + p.name() + " ===\n\n" + text(p, adapter))
            .collect(Collectors.joining("\n\n"));
  }

  private static String text(PortablePredictor predictor, Adapter adapter) {
    return predictor.template(adapter, PromptExport::braces).toText();
  }

  /**
   * The prompts in the form of OpenAI's chat messages: an object with {@code messages}, and with
   * {@code response_format} where the adapter states a JSON schema; of several predictors, one
   * under the name of each.
   */
  public static ObjectNode messages(PortableProgram program, Adapter adapter) {
    List<PortablePredictor> predictors = program.predictors();
    if (predictors.size() == 1) {
      return messages(predictors.get(0), adapter);
    }
    ObjectNode node = Json.object();
    predictors.forEach(p -> node.set(p.name(), messages(p, adapter)));
    return node;
  }

  private static ObjectNode messages(PortablePredictor predictor, Adapter adapter) {
    return ChatJson.request(predictor.template(adapter, PromptExport::braces));
  }

  /** The messages of a predictor for one input, as they are sent, with schema and tools if any. */
  public static ObjectNode messages(PortablePredictor predictor, ObjectNode inputs) {
    return ChatJson.request(predictor.render(inputs));
  }

  private static String braces(String name) {
    return "{{" + name + "}}";
  }
}
