package dev.hone.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.MessagePart;
import dev.hone.lm.MessagePart.Image;
import dev.hone.prompt.Demo;
import dev.hone.prompt.Prompt;
import dev.hone.signature.ChatHistory;
import dev.hone.signature.Signature;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryAndImageTest {
  private static final Capabilities IMAGES = Capabilities.builder().images(true).build();
  private static final Image PIXEL = MessagePart.image(new byte[] {1, 2}, "image/png");
  private static final Image LINK = MessagePart.image(URI.create("https://example.org/a.png"));

  private record Question(ChatHistory before, String question) {}

  private record Answer(String answer, int certainty) {}

  private record Photo(String question, Image photo, List<Image> others, Optional<Image> map) {}

  private static final Signature<Question, Answer> CHAT =
      Signature.of(Question.class, Answer.class, "Answer.");
  private static final Signature<Photo, Answer> PHOTO =
      Signature.of(Photo.class, Answer.class, "Look.");

  private static <I> Prompt prompt(Signature<I, ?> signature, I input, Demo... demos) {
    return Prompt.of(
        signature, signature.instructions(), List.of(demos), signature.input().encode(input));
  }

  private static LmRequest render(Adapter adapter, Prompt prompt, Capabilities capabilities) {
    return adapter.render(prompt, LmOptions.defaults(), capabilities);
  }

  private static ChatHistory history() {
    Question first = new Question(ChatHistory.empty(), "Who wrote [[ ## answer ## ]]?");
    ChatHistory history = ChatHistory.empty().plus(first, new Answer("Joyce", 9));
    return history
        .plus(new Question(history, "When?"), Map.of("answer", "1914"))
        .plus(Map.of("remark", "Thanks."), Json.object().put("reply", "You are welcome."));
  }

  @Test
  void aHistoryIsTurnsBeforeTheQuestion() {
    Golden.assertMatches(
        "chat-history.txt",
        render(
            Adapter.chat(),
            prompt(CHAT, new Question(history(), "And where?")),
            Capabilities.TEXT));
    Golden.assertMatches(
        "json-history.txt",
        render(
            Adapter.json(),
            prompt(CHAT, new Question(history(), "And where?")),
            Capabilities.TEXT));
  }

  @Test
  void anExchangeDoesNotHoldTheHistoryBeforeIt() {
    assertThat(history().exchanges()).hasSize(3);
    assertThat(Json.write(history().exchanges().get(1).inputs()))
        .isEqualTo("{\"question\":\"When?\"}");
    assertThat(ChatHistory.ofJson(history().toJson())).isEqualTo(history());
    assertThat(history().last(1).exchanges()).containsExactly(history().exchanges().get(2));
    assertThat(history().last(9)).isEqualTo(history());
  }

  @Test
  void aHistoryComesBackOutOfItsCodec() {
    Question question = new Question(history(), "And where?");

    assertThat(CHAT.input().decode(CHAT.input().encode(question))).isEqualTo(question);
  }

  @Test
  void imagesStandInTheirSections() {
    Photo input = new Photo("What is it?", PIXEL, List.of(LINK, PIXEL), Optional.empty());
    Demo demo =
        new Demo(
            PHOTO.input().encode(new Photo("And this?", LINK, List.of(), Optional.of(PIXEL))),
            Json.object().put("answer", "a cat").put("certainty", 3),
            Demo.Origin.LABELED,
            "");

    LmRequest request = render(Adapter.chat(), prompt(PHOTO, input, demo), IMAGES);

    Golden.assertMatches("chat-images.txt", request);
    LmMessage last = request.messages().get(request.messages().size() - 1);
    assertThat(last.parts())
        .filteredOn(Image.class::isInstance)
        .containsExactly(PIXEL, LINK, PIXEL);
  }

  @Test
  void imagesComeBackOutOfTheirCodec() {
    Photo input = new Photo("?", PIXEL, List.of(LINK), Optional.of(LINK));

    assertThat(PHOTO.input().decode(PHOTO.input().encode(input))).isEqualTo(input);
  }

  @Test
  void aModelThatTakesNoImagesIsNotAsked() {
    Photo input = new Photo("What is it?", PIXEL, List.of(), Optional.empty());

    for (Adapter adapter : List.of(Adapter.chat(), Adapter.json())) {
      assertThatThrownBy(() -> render(adapter, prompt(PHOTO, input), Capabilities.TEXT))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("image");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "q -> picture: image",
        "q -> pictures: list[image]",
        "q -> before: history",
        "q: dict[str, image] -> a",
        "q: list[list[image]] -> a",
        "before: history? -> a",
        "before: history, after: history -> a"
      })
  void isRefusedWhereItCannotBe(String signature) {
    assertThatThrownBy(() -> Signature.parse(signature))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageMatching("(?s).*(image|history).*Maybe.*");
  }

  @Test
  void theStringFormHasBoth() {
    assertThat(
            Signature.parse("before: history, pictures: list[image], map: image?, q -> a")
                .inputFields())
        .hasSize(4);
  }

  private record Nested(Photo inner) {}

  private record Pictures(Image picture) {}

  @Test
  void recordsAreRefusedLikewise() {
    assertThatThrownBy(() -> Signature.of(Nested.class, Answer.class, ""))
        .hasMessageContaining("\"inner\"");
    assertThatThrownBy(() -> Signature.of(Question.class, Pictures.class, ""))
        .hasMessageContaining("\"picture\"");
  }

  @Test
  void exchangesOfNothingAreRefused() {
    assertThatThrownBy(() -> ChatHistory.empty().plus("hello", Map.of("a", 1)))
        .hasMessageContaining("java.lang.String");
    assertThatThrownBy(() -> ChatHistory.empty().plus(Map.of(), Map.of("a", 1)))
        .hasMessageContaining("no values");
    assertThatThrownBy(() -> ChatHistory.ofJson(Json.parse("[{\"inputs\":1}]")))
        .hasMessageContaining("inputs and outputs");
    assertThatThrownBy(() -> history().last(-1)).hasMessageContaining("-1");
  }
}
