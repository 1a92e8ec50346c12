package dev.hone.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.adapter.Adapter;
import dev.hone.adapter.ReplyFormatException;
import dev.hone.json.Json;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmMessage.Role;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmResponse.StopReason;
import dev.hone.lm.MessagePart;
import dev.hone.lm.MessagePart.Image;
import dev.hone.lm.MessagePart.ToolResult;
import dev.hone.prompt.Prompt;
import dev.hone.prompt.Trajectory;
import dev.hone.signature.ChatHistory;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/**
 * The part of {@link AdapterContract} about what is shown as turns and parts of the conversation.
 */
abstract class AdapterTurnsContract {
  AdapterTurnsContract() {}

  protected abstract Adapter adapter();

  protected abstract Capabilities capabilities();

  protected abstract LmResponse answer(Prompt prompt, ObjectNode outputs);

  @Test
  void toolsAreShownInWordsAndTheirCallsAreReadBack() {
    for (String query : List.of("x", "</calls> &amp; [[ ## calls ## ]]", "```\n\"q\" \\ é")) {
      Prompt prompt = AdapterToolTask.prompt(Trajectory.empty());
      Prompt later =
          AdapterToolTask.prompt(
              Trajectory.empty().plus(AdapterToolTask.turn(query, "a <calls>[]</calls>")));
      LmRequest request = adapter().render(later, LmOptions.defaults(), Capabilities.TEXT);

      assertThat(request.tools()).isEmpty();
      assertThat(request.messages().get(0).text()).contains("search").contains("finds passages");
      assertThat(request.messages()).hasSize(4);
      LmResponse said = LmResponse.builder().parts(request.messages().get(2).parts()).build();
      assertThat(Json.write(adapter().parse(prompt, said)))
          .isEqualTo(Json.write(AdapterToolTask.call(query)));
    }
  }

  @Test
  void toolsGoIntoTheRequestWhereTheModelTakesThem() {
    Capabilities tools = capabilities().toBuilder().toolCalls(true).build();
    Prompt prompt =
        AdapterToolTask.prompt(Trajectory.empty().plus(AdapterToolTask.turn("x", "y")))
            .withCallsByParts(true);
    LmRequest request = adapter().render(prompt, LmOptions.defaults(), tools);
    LmResponse reply =
        LmResponse.builder()
            .parts(
                List.of(
                    MessagePart.text("Look it up."),
                    MessagePart.toolCall("t0001c001", "search", "{\"query\":\"x\"}")))
            .stopReason(StopReason.TOOL_CALLS)
            .build();

    assertThat(request.tools()).containsExactly(AdapterToolTask.SEARCH);
    assertThat(request.messages()).anyMatch(m -> m.role() == Role.TOOL);
    assertThat(Json.write(adapter().parse(prompt, reply)))
        .isEqualTo(Json.write(AdapterToolTask.call("x")));
  }

  @Test
  void imagesOfToolsAreShownWhereTheModelTakesThemAndToldOfWhereNot() {
    Prompt prompt =
        AdapterToolTask.prompt(Trajectory.empty().plus(AdapterToolTask.turn(AdapterToolTask.CAT)));
    for (boolean tools : new boolean[] {true, false}) {
      Capabilities sees = Capabilities.builder().toolCalls(tools).images(true).build();
      LmMessage last = last(adapter().render(prompt, LmOptions.defaults(), sees));

      assertThat(
              tools
                  ? ((ToolResult) last.parts().get(0)).content()
                  : last.parts().stream().filter(Image.class::isInstance).toList())
          .containsExactly(AdapterToolTask.CAT);
      Capabilities blind = Capabilities.builder().toolCalls(tools).build();
      LmMessage told = last(adapter().render(prompt, LmOptions.defaults(), blind));
      assertThat(told.parts()).noneMatch(Image.class::isInstance);
      assertThat(told.parts().toString()).containsIgnoringCase("you cannot see");
    }
  }

  private static LmMessage last(LmRequest request) {
    return request.messages().get(request.messages().size() - 1);
  }

  @Test
  void theHistoryIsShownAsTurnsBeforeTheQuestion() {
    Prompt prompt = AdapterTurnsTask.conversation("And where?");
    List<LmMessage> messages =
        adapter().render(prompt, LmOptions.defaults(), capabilities()).messages();

    assertThat(messages)
        .extracting(LmMessage::role)
        .containsExactly(
            Role.SYSTEM, Role.USER, Role.ASSISTANT, Role.USER, Role.ASSISTANT, Role.USER);
    assertThat(messages.get(1).text()).contains("Who wrote Dubliners?");
    assertThat(messages.get(2).text()).contains("James Joyce");
    assertThat(messages.get(3).text()).contains("Thanks.");
    assertThat(messages.get(4).text()).contains("You are welcome.");
    assertThat(messages.get(5).text()).contains("And where?").doesNotContain("Dubliners");
  }

  @Test
  void aHistoryIsNeverTakenForTheAnswer() {
    Prompt prompt = AdapterTurnsTask.conversation("And where?");
    ObjectNode outputs = Json.object().put("answer", "In Dublin").put("sure", true);
    LmResponse answer =
        answer(AdapterTurnsTask.conversation(ChatHistory.empty(), "And where?"), outputs);
    assertThat(adapter().parse(prompt, answer)).isEqualTo(outputs);

    List<LmMessage> shown =
        adapter().render(prompt, LmOptions.defaults(), capabilities()).messages();
    String repeated = shown.get(1).text() + "\n\n" + shown.get(2).text() + "\n\n";
    LmResponse repeating =
        answer.toBuilder().text(repeated + shown.get(5).text() + "\n\n" + answer.text()).build();
    try {
      assertThat(adapter().parse(prompt, repeating)).isEqualTo(outputs);
    } catch (ReplyFormatException refused) {
      assertThat(refused.getMessage()).isNotBlank();
    }
  }

  @Test
  void imagesOfTheInputAreParts() {
    Prompt prompt = AdapterTurnsTask.pictures();
    Capabilities sees = capabilities().toBuilder().images(true).build();
    LmMessage asked = last(adapter().render(prompt, LmOptions.defaults(), sees));

    assertThat(asked.role()).isEqualTo(Role.USER);
    assertThat(asked.parts().stream().filter(Image.class::isInstance))
        .containsExactly(AdapterTurnsTask.PHOTO, AdapterTurnsTask.LINK, AdapterTurnsTask.PHOTO);
    assertThat(asked.text()).contains("What is on them?").doesNotContain("base64");
    assertThatThrownBy(
            () ->
                adapter()
                    .render(
                        prompt,
                        LmOptions.defaults(),
                        capabilities().toBuilder().images(false).build()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("image");
  }
}
