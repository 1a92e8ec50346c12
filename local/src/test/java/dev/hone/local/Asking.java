package dev.hone.local;

import dev.hone.adapter.Adapter;
import dev.hone.context.Budget;
import dev.hone.context.Context;
import dev.hone.json.Json;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.program.Predict;
import dev.hone.prompt.Demo;
import dev.hone.signature.Signature;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Asks the embedded model through core's own predictors. */
final class Asking {
  private Asking() {}

  /** The adapters whose layouts the model knows. */
  static Stream<Adapter> adapters() {
    return Stream.of(Adapter.chat(), Adapter.json(), Adapter.xml());
  }

  /** A predictor of a signature in its string form. */
  static Predict<ObjectNode, ObjectNode> predict(String signature, String instructions) {
    return Predict.of(Signature.parse(signature, instructions));
  }

  /** A demo of two JSON objects, with single quotes for double ones. */
  static Demo demo(String inputs, String outputs) {
    return new Demo(object(inputs), object(outputs), Demo.Origin.LABELED, "");
  }

  /** A JSON object, with single quotes for double ones. */
  static ObjectNode object(String json) {
    return (ObjectNode) Json.parse(json.replace('\'', '"'));
  }

  /** Runs a predictor with the chat adapter. */
  static <I, O> O ask(Predict<I, O> predict, I input) {
    return ask(Adapter.chat(), LmOptions.defaults(), predict, input);
  }

  /** Runs a predictor; fails unless the first reply can be read. */
  static <I, O> O ask(Adapter adapter, LmOptions options, Predict<I, O> predict, I input) {
    Context context =
        Context.builder()
            .lm(EmbeddedModel.load())
            .adapter(adapter)
            .options(options)
            .budget(Budget.ofCalls(1))
            .build();
    return context.call(() -> predict.run(input));
  }

  /** The request that a predictor would send first. */
  static <I> LmRequest render(Adapter adapter, Predict<I, ?> predict, I input) {
    Context context = Context.builder().lm(EmbeddedModel.load()).adapter(adapter).build();
    return context.call(() -> predict.render(input));
  }

  /** The share of inputs that are answered as they should be. */
  static double share(
      Predict<ObjectNode, ObjectNode> predict, String inputs, String output, List<String[]> rows) {
    long right =
        rows.stream()
            .filter(
                row ->
                    ask(predict, Json.object().put(inputs, row[0]))
                        .get(output)
                        .asString()
                        .equals(row[1]))
            .count();
    return (double) right / rows.size();
  }
}
