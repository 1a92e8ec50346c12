package dev.hone.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.adapter.Adapter;
import dev.hone.context.Context;
import dev.hone.json.Json;
import dev.hone.lm.FakeModel;
import dev.hone.lm.LmResponse.StopReason;
import dev.hone.program.Predict;
import dev.hone.program.UnparsableReplyException;
import dev.hone.signature.Signature;
import java.util.Collection;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** What a predictor makes of a model that gives one reply, however often it is asked. */
final class OneReply {
  /** Stands for a reply that could not be read, after all calls. */
  static final String REFUSED = "REFUSED";

  /** The input of all tasks. */
  record In(String text) {}

  private OneReply() {}

  /** A section with its marker. */
  static String section(String field, String value) {
    return "[[ ## %s ## ]]\n%s\n\n[[ ## completed ## ]]".formatted(field, value);
  }

  /** Items each in brackets of their own. */
  static String show(Collection<?> items) {
    return items.stream().map(item -> "<" + item + ">").collect(Collectors.joining(" + "));
  }

  /** The outputs as text if one call was enough, or what was seen instead. */
  static <O> String of(Class<O> outputs, Adapter adapter, String reply) {
    Predict<In, O> predict = Predict.of(In.class, outputs, "Do it.");
    FakeModel model = FakeModel.saying(reply);
    return seen(model, adapter, () -> predict.run(new In("the input")));
  }

  /** The same for the string form of a signature with the inputs {@code q} and {@code text}. */
  static String of(String signature, Adapter adapter, String reply, StopReason stop) {
    Predict<ObjectNode, ObjectNode> predict = Predict.of(Signature.parse(signature));
    FakeModel model =
        FakeModel.responding(
            request -> FakeModel.reply(reply).toBuilder().stopReason(stop).build());
    ObjectNode input = Json.object().put("q", "a question").put("text", "the input");
    return seen(model, adapter, () -> predict.run(input));
  }

  private static String seen(FakeModel model, Adapter adapter, Run run) {
    Context context = Context.builder().lm(model).adapter(adapter).build();
    try {
      String value = String.valueOf(context.call(run::outputs));
      return model.calls() == 1 ? value : value + " [" + model.calls() + " calls]";
    } catch (UnparsableReplyException e) {
      return REFUSED;
    }
  }

  private interface Run {
    Object outputs();
  }

  /**
   * Asserts that a reply of the chat layout, whose only section is given, is read as one of some.
   */
  static void chat(Class<?> outputs, String text, String... right) {
    chatReply(outputs, section(outputs.getRecordComponents()[0].getName(), text), right);
  }

  /** Asserts that a whole reply is read by the chat adapter as one of some. */
  static void chatReply(Class<?> outputs, String reply, String... right) {
    assertThat(of(outputs, Adapter.chat(), reply)).as(reply).isIn((Object[]) right);
  }

  /** Asserts that a reply is read by the JSON adapter as one of some. */
  static void json(Class<?> outputs, String reply, String... right) {
    assertThat(of(outputs, Adapter.json(), reply)).as(reply).isIn((Object[]) right);
  }
}
