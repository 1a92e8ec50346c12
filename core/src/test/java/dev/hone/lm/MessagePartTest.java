package dev.hone.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessagePartTest {
  /** One of each kind, and of each form that a kind has. */
  private static List<MessagePart> parts() {
    return List.of(
        MessagePart.text("a"),
        MessagePart.image(new byte[] {1, 2}, "image/png"),
        MessagePart.image(URI.create("https://h/a.png")),
        MessagePart.toolCall("1", "search", "{}"),
        MessagePart.toolResult("1", "search", "found", false),
        MessagePart.toolResult("1", "search", "found", true),
        MessagePart.thinking("a", null),
        MessagePart.thinking("a", "signed"));
  }

  @Test
  void equalContentsAreEqualParts() {
    List<MessagePart> parts = parts();

    assertThat(parts).isEqualTo(parts()).hasSameHashCodeAs(parts()).doesNotHaveDuplicates();
  }

  @Test
  void aVisitorThatKnowsNoKindGetsThemAllAsOther() {
    for (MessagePart part : parts()) {
      MessagePart same = part.accept(other -> other);

      assertThat(same).isSameAs(part);
    }
  }

  @Test
  void anImageKeepsItsBytesToItself() {
    byte[] bytes = {1, 2};
    MessagePart.Image image = MessagePart.image(bytes, "image/png");

    bytes[0] = 9;
    image.data()[1] = 9;

    assertThat(image.data()).containsExactly(1, 2);
  }

  @Test
  void refusesWhatIsNoImage() {
    assertThatThrownBy(() -> MessagePart.image(new byte[0], "image/png"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("0 bytes of media type (image/png)")
        .hasMessageContaining("Maybe check the file");
    assertThatThrownBy(() -> MessagePart.image(new byte[1], "text/plain"))
        .hasMessageContaining("(text/plain), expected some bytes of image/TYPE");
    assertThatThrownBy(() -> MessagePart.image(URI.create("file:///a.png")))
        .hasMessage(
            "The URL of an image begins with (file), expected http or https. Maybe read the file"
                + " and pass its bytes.");
  }

  @Test
  void refusesWhatIsNoFile() {
    assertThatThrownBy(() -> MessagePart.file(new byte[0], "audio/wav"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("A file of audio/wav has 0 bytes");
    assertThatThrownBy(() -> MessagePart.file(new byte[1], "image/png"))
        .hasMessage(
            "A file has the media type (image/png), which is one of an image. Maybe use"
                + " MessagePart.image.");
    assertThatThrownBy(() -> MessagePart.file(new byte[1], "wav"))
        .hasMessageContaining("(wav), expected TYPE/SUBTYPE");
    assertThatThrownBy(() -> MessagePart.file(URI.create("file:///a.pdf"), "application/pdf"))
        .hasMessageContaining("The URL of a file begins with (file), expected http or https");
  }

  @Test
  @SuppressWarnings("NullAway") // what a caller without null checks may pass
  void refusesATextThatIsNull() {
    assertThatThrownBy(() -> LmMessage.user((String) null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("A text of a message is null. Maybe use an empty text.");
  }

  @Test
  void theTextOfAMessageIsThatOfItsTexts() {
    LmMessage message =
        LmMessage.user(MessagePart.text("a "), parts().get(1), MessagePart.text("b"));

    assertThat(message.text()).isEqualTo("a b");
    assertThat(message.isPlainText()).isFalse();
    assertThat(LmMessage.user("a").isPlainText()).isTrue();
    assertThat(LmMessage.user("a")).isEqualTo(LmMessage.user(MessagePart.text("a")));
    assertThat(LmMessage.user("a")).isNotEqualTo(LmMessage.assistant("a"));
    assertThat(LmMessage.user(parts().get(1)).text()).isEmpty();
    assertThatThrownBy(() -> LmMessage.user())
        .hasMessage("The user message has no parts. Maybe add MessagePart.text(...).");
  }
}
