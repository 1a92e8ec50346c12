package dev.hone.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.MessagePart;
import org.junit.jupiter.api.Test;

class ReadsTextsOnlyTest {
  private static final EmbeddedModel MODEL = EmbeddedModel.load();

  @Test
  void refusesAPartThatItCannotRead() {
    LmRequest request =
        LmRequest.of(
            LmMessage.user(
                MessagePart.text("What is this?"), MessagePart.image(new byte[1], "image/png")));

    assertThatThrownBy(() -> MODEL.call(request))
        .isInstanceOf(LmException.InvalidRequest.class)
        .hasMessage(
            "The embedded model reads texts only, and a user message has the part Image. Maybe use"
                + " a model that takes it.");
  }

  @Test
  void passesOverThinking() {
    LmRequest plain =
        LmRequest.of(LmMessage.user("A?"), LmMessage.assistant("B."), LmMessage.user("C?"));
    LmRequest thoughtful =
        LmRequest.of(
            LmMessage.user("A?"),
            LmMessage.assistant(MessagePart.thinking("hm", null), MessagePart.text("B.")),
            LmMessage.user("C?"));

    assertThat(MODEL.call(thoughtful)).isEqualTo(MODEL.call(plain));
  }
}
