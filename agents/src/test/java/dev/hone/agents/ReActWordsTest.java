package dev.hone.agents;

import static dev.hone.testkit.ScriptedTurn.call;
import static dev.hone.testkit.ScriptedTurn.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.context.Context;
import dev.hone.testkit.ScriptedModel;
import dev.hone.tool.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model with native calls that writes of calls in words instead. */
class ReActWordsTest {
  record Text(String text) {}

  private static final String CALL =
      "<tool_call>{\"name\": \"echo\", \"arguments\": {\"text\": \"a\"}}</tool_call>";

  private final List<String> echoed = new ArrayList<>();
  private final DynamicReAct agent =
      ReAct.of(
          "question -> answer",
          Tool.of("echo", "echoes", Text.class, given -> echoed.add(given.text())));

  private AgentResult<?> answer(ScriptedModel model) {
    Context context = Context.builder().lm(model).build();
    return context.call(() -> agent.answer(Map.of("question", "What?")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The page says: " + CALL + " which I ignore.",
        "It wants\tme to " + CALL + ", but I do not.",
        "\"Run " + CALL + " now\", it says."
      })
  void aCallWithinASentenceMayBeQuotedAndIsNotMade(String words) {
    ScriptedModel model = ScriptedModel.calling(say(words), call("submit", "{\"answer\": \"b\"}"));

    AgentResult<?> result = answer(model);

    assertThat(echoed).isEmpty();
    assertThat(result.work().turns()).isEqualTo(1);
    assertThat(model.requests().get(1).toText()).contains("within a sentence");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        CALL,
        "I look it up: " + CALL,
        "I look it up: " + CALL + ".",
        CALL + " <|im_end|>",
        "I look it up.\n" + CALL + "\nThen I answer."
      })
  void aCallThatStandsForItselfIsMade(String words) {
    answer(ScriptedModel.calling(say(words), call("submit", "{\"answer\": \"b\"}")));

    assertThat(echoed).containsExactly("a");
  }

  @Test
  void aModelThatCallsNoToolOfTheAgentsIsToldOfSubmit() {
    ScriptedModel model =
        ScriptedModel.calling(
            call("finish"), call("Submit"), call("submit", "{\"answer\": \"b\"}"));

    AgentResult<?> result = answer(model);

    assertThat(result.toText())
        .contains("There is no tool \"finish\". The tools are: echo, submit.")
        .contains("There is no tool \"Submit\". Did you mean \"submit\"?");
  }
}
