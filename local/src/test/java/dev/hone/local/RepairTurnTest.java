package dev.hone.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.adapter.Adapter;
import dev.hone.context.Context;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.program.Predict;
import dev.hone.testkit.ScriptedModel;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

class RepairTurnTest {
  private static final Predict<ObjectNode, ObjectNode> PREDICT =
      Asking.predict("note -> animal: enum[dog|cat]", "Which animal?")
          .withDemos(List.of(Asking.demo("{'note': 'It barks.'}", "{'animal': 'dog'}")));

  @ParameterizedTest
  @MethodSource("dev.hone.local.Asking#adapters")
  void repairsTheReplyOfAnotherModelAsIfItHadNeverBeen(Adapter adapter) {
    ScriptedModel model =
        ScriptedModel.answering(
            request ->
                isRepair(request) ? EmbeddedModel.load().call(request).text() : "I do not know.");
    Context context = Context.builder().lm(model).adapter(adapter).build();

    ObjectNode answer =
        context.call(() -> PREDICT.run(Asking.object("{'note': 'My cat purrs and says meow.'}")));

    assertThat(answer.get("animal").stringValue()).isEqualTo("cat");
    assertThat(model.calls()).isEqualTo(2);
    assertThat(EmbeddedModel.load().call(model.requests().get(1)).text())
        .isEqualTo(EmbeddedModel.load().call(model.requests().get(0)).text());
  }

  private static boolean isRepair(LmRequest request) {
    List<LmMessage> messages = request.messages();
    return messages.get(messages.size() - 1).text().startsWith("That answer could not be read.");
  }
}
