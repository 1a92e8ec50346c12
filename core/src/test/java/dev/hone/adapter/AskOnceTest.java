package dev.hone.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.json.Json;
import dev.hone.lm.Capabilities;
import dev.hone.lm.FakeModel;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmMessage.Role;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.prompt.Demo;
import dev.hone.prompt.Prompt;
import dev.hone.signature.ChatHistory;
import dev.hone.signature.Signature;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** What asks for the form of the answer stands in the turn that is to be answered only. */
class AskOnceTest {
  private static final Signature<ObjectNode, ObjectNode> SIGNATURE =
      Signature.parse("note, kind: enum[a|b] -> mood, why");
  private static final Capabilities CALLS = Capabilities.builder().toolCalls(true).build();

  static Stream<Adapter> adapters() {
    return Stream.of(
        Adapter.chat(),
        Adapter.json(),
        Adapter.xml(),
        Adapter.functions(),
        Adapter.twoStep(FakeModel.saying("")));
  }

  private static Demo demo(String note, ObjectNode outputs) {
    return new Demo(
        Json.object().put("note", note).put("kind", "a"), outputs, Demo.Origin.LABELED, "");
  }

  private static Prompt prompt(List<Demo> demos) {
    return Prompt.of(
        SIGNATURE, "Judge.", demos, Json.object().put("note", "third").put("kind", "b"));
  }

  private static List<String> users(Adapter adapter, Prompt prompt, Capabilities capabilities) {
    LmRequest request = adapter.render(prompt, LmOptions.defaults(), capabilities);
    return request.messages().stream()
        .filter(message -> message.role() == Role.USER)
        .map(LmMessage::text)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("adapters")
  void demosHoldTheirInputOnlyAndTheQuestionAsks(Adapter adapter) {
    ObjectNode whole = Json.object().put("mood", "glad").put("why", "so");
    ObjectNode part = Json.object().put("mood", "sad");

    List<String> users =
        users(adapter, prompt(List.of(demo("first", whole), demo("second", part))), CALLS);
    String alone = users(adapter, prompt(List.of()), CALLS).get(0);

    String ask = alone.substring(alone.lastIndexOf("\n\n"));
    assertThat(ask).startsWith("\n\nAnswer ");
    assertThat(users).hasSize(3);
    assertThat(users.get(2)).isEqualTo(alone);
    String shown = alone.substring(0, alone.length() - ask.length());
    assertThat(users.get(0)).isEqualTo(like(shown, "second"));
    assertThat(users.get(1)).isEqualTo(like(shown, "first"));
  }

  private static String like(String shown, String note) {
    return shown
        .replace("third", note)
        .replace("\nb", "\na")
        .replace("<kind>b</kind>", "<kind>a</kind>");
  }

  @ParameterizedTest
  @MethodSource("adapters")
  void aTurnThatHasNothingElseAsksSinceNoProviderTakesAnEmptyOne(Adapter adapter) {
    Signature<ObjectNode, ObjectNode> signature = Signature.parse("before: history -> mood");
    ChatHistory history =
        ChatHistory.empty().plus(Map.of("not a name", "x"), Map.of("mood", "glad"));
    ObjectNode inputs = Json.object();
    inputs.set("before", history.toJson());
    Demo demo = new Demo(inputs, Json.object().put("mood", "sad"), Demo.Origin.LABELED, "");

    List<String> users =
        users(adapter, Prompt.of(signature, "Judge.", List.of(demo), inputs), CALLS);

    assertThat(users).hasSize(4).allSatisfy(user -> assertThat(user).startsWith("Answer "));
  }
}
