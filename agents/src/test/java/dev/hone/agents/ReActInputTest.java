package dev.hone.agents;

import static dev.hone.testkit.ScriptedTurn.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.agents.AgentResult.Answered;
import dev.hone.context.Context;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.MessagePart;
import dev.hone.signature.ChatHistory;
import dev.hone.testkit.ScriptedModel;
import dev.hone.testkit.ScriptedTurn;
import dev.hone.tool.Tool;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Conversations and images as inputs of agents. */
class ReActInputTest {
  record Asked(ChatHistory before, String question) {}

  record Picture(MessagePart.Image picture, String question) {}

  record Answer(String answer) {}

  record Query(String query) {}

  private final Tool search = Tool.of("search", "finds", Query.class, query -> "found it");

  private static ScriptedModel model(boolean nativeCalls) {
    return ScriptedModel.calling(
            new ScriptedTurn[] {
              call("search", "{\"query\": \"x\"}"), call("submit", "{\"answer\": \"1914\"}")
            })
        .withCapabilities(Capabilities.builder().toolCalls(nativeCalls).images(true).build());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aConversationStandsBeforeTheQuestionInEveryTurn(boolean nativeCalls) {
    ReAct<Asked, Answer> agent = ReAct.of(Asked.class, Answer.class, "Answer.", search);
    ChatHistory before =
        ChatHistory.empty()
            .plus(
                new Asked(ChatHistory.empty(), "Who wrote Dubliners?"), new Answer("James Joyce"));
    ScriptedModel model = model(nativeCalls);

    AgentResult<Answer> result =
        Context.builder()
            .lm(model)
            .build()
            .call(() -> agent.answer(new Asked(before, "And when?")));

    assertThat(result).isInstanceOf(Answered.class);
    assertThat(model.requests()).hasSize(2);
    for (LmRequest request : model.requests()) {
      assertThat(request.toText())
          .containsSubsequence("Who wrote Dubliners?", "James Joyce", "And when?");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anImageIsAPartOfTheQuestionInEveryTurn(boolean nativeCalls) {
    ReAct<Picture, Answer> agent = ReAct.of(Picture.class, Answer.class, "Answer.", search);
    MessagePart.Image image = MessagePart.image(new byte[] {1, 2, 3}, "image/png");
    ScriptedModel model = model(nativeCalls);

    AgentResult<Answer> result =
        Context.builder()
            .lm(model)
            .build()
            .call(() -> agent.answer(new Picture(image, "What is it?")));

    assertThat(result).isInstanceOf(Answered.class);
    for (LmRequest request : model.requests()) {
      List<MessagePart> parts =
          request.messages().stream()
              .filter(message -> message.role() == LmMessage.Role.USER)
              .flatMap(message -> message.parts().stream())
              .toList();
      assertThat(parts).contains(image);
    }
    assertThat(result.toText()).doesNotContain("AQID");
  }
}
