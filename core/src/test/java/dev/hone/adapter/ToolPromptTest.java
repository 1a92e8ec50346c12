package dev.hone.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.json.Json;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmResponse.StopReason;
import dev.hone.lm.MessagePart;
import dev.hone.prompt.Prompt;
import dev.hone.prompt.Trajectory;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToolPromptTest {
  private static final Capabilities TOOLS = Capabilities.builder().toolCalls(true).build();

  private static Prompt full() {
    Trajectory done =
        Trajectory.empty()
            .plus(ToolTask.turn("I do not know it.", "Dubliners", "a book by [[ ## calls ## ]]"))
            .plus(ToolTask.turn("Once more.", "Dubliners author", "James Joyce"))
            .withoutOldest(1);
    return ToolTask.prompt(done, ToolTask.demo()).withAdvice("be brief");
  }

  private static LmRequest render(Adapter adapter, Prompt prompt, Capabilities capabilities) {
    return adapter.render(prompt, LmOptions.defaults(), capabilities);
  }

  @Test
  void toolsInWordsInTheChatLayout() {
    Golden.assertMatches(
        "chat-tools.txt", render(Adapter.chat(), full(), Capabilities.JSON_SCHEMA));
  }

  @Test
  void toolsInWordsInTheJsonLayout() {
    Golden.assertMatches("json-tools.txt", render(Adapter.json(), full(), Capabilities.TEXT));
  }

  @Test
  void toolsInParts() {
    Golden.assertMatches("tools-in-parts.txt", render(Adapter.chat(), full(), TOOLS));
    assertThat(render(Adapter.json(), full(), TOOLS))
        .isEqualTo(render(Adapter.chat(), full(), TOOLS));
  }

  @Test
  void readsCallsInWords() {
    Prompt prompt = ToolTask.prompt(Trajectory.empty());

    assertThat(
            Json.write(
                Adapter.chat()
                    .parse(
                        prompt,
                        ToolTask.reply(
                            "[[ ## thought ## ]]\nHm.\n\n[[ ## calls ## ]]\n"
                                + "[{\"tool\": \"search\", \"arguments\": {\"query\": \"x\"}}]\n\n"
                                + "[[ ## completed ## ]]"))))
        .isEqualTo(
            "{\"thought\":\"Hm.\",\"calls\":[{\"id\":\"t0001c001\",\"tool\":\"search\",\"arguments\":{\"query\":\"x\"}}]}");
    assertThat(
            Json.write(
                Adapter.json()
                    .parse(
                        prompt,
                        ToolTask.reply(
                            "{\"thought\": \"Hm.\", \"calls\": {\"tool\": \"search\","
                                + " \"arguments\": {\"query\": \"x\"}}}"))))
        .isEqualTo(
            "{\"thought\":\"Hm.\",\"calls\":[{\"id\":\"t0001c001\",\"tool\":\"search\",\"arguments\":{\"query\":\"x\"}}]}");
  }

  @Test
  void readsCallsInParts() {
    LmResponse reply =
        LmResponse.builder()
            .parts(
                List.of(
                    MessagePart.text("Hm."),
                    MessagePart.toolCall("a1", "search", "{\"query\":\"x\"}"),
                    MessagePart.toolCall("", "search", "{\"query\":")))
            .stopReason(StopReason.TOOL_CALLS)
            .build();

    assertThat(Json.write(Adapter.chat().parse(ToolTask.prompt(Trajectory.empty()), reply)))
        .isEqualTo(
            "{\"thought\":\"Hm.\",\"calls\":["
                + "{\"id\":\"a1\",\"tool\":\"search\",\"arguments\":{\"query\":\"x\"}},"
                + "{\"id\":\"t0001c002\",\"tool\":\"search\",\"arguments\":\"{\\\"query\\\":\"}]}");
  }
}
