package dev.hone.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.context.Context;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmUsage;
import org.junit.jupiter.api.Test;

class ScriptedModelTest extends LanguageModelContract {
  private static final LmRequest REQUEST = LmRequest.of(LmMessage.user("how are you?"));

  @Override
  protected LanguageModel model() {
    return ScriptedModel.answering(request -> "{\"answer\": \"yes\"}")
        .withCapabilities(Capabilities.JSON_SCHEMA);
  }

  @Test
  void answersByItsFunctionAndRemembersWhatItWasAsked() {
    ScriptedModel model =
        ScriptedModel.answering(request -> "re: " + request.messages().get(0).text());

    assertThat(model.call(REQUEST).text()).isEqualTo("re: how are you?");
    assertThat(model.call(REQUEST).usage()).isEqualTo(LmUsage.of(3, 4));
    assertThat(model.requests()).containsExactly(REQUEST, REQUEST);
    assertThat(model.calls()).isEqualTo(2);
  }

  @Test
  void answersInOrderAndSaysWhenItsScriptIsAtAnEnd() {
    ScriptedModel model = ScriptedModel.inOrder("one", "two");

    assertThat(model.call(REQUEST).text()).isEqualTo("one");
    assertThat(model.call(REQUEST).text()).isEqualTo("two");
    assertThatThrownBy(() -> model.call(REQUEST))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            "The script has 2 replies, and there was one more call, which ends with: how are you?");
  }

  @Test
  void theEndOfItsScriptIsNoFailureOfAProvider() {
    Context context = Context.builder().lm(ScriptedModel.inOrder()).build();

    assertThatThrownBy(() -> context.callModel(REQUEST)).isInstanceOf(AssertionError.class);
  }

  @Test
  void hasAnotherNameIfTold() {
    assertThat(ScriptedModel.inOrder().id()).isEqualTo("scripted");
    assertThat(ScriptedModel.inOrder().withId("judge").id()).isEqualTo("judge");
  }
}
