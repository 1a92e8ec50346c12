package dev.hone.springai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.MessagePart;
import dev.hone.modelserver.ModelServer;
import dev.hone.testkit.ScriptedModel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.ai.chat.model.ChatModel;

/** Files as the clients of Spring AI's providers send them. */
class FilesOverTheWireTest {
  private static final byte[] BYTES = {1, 2, 3, 4, 5, 6};

  @ParameterizedTest
  @CsvSource({
    "openai, application/pdf, application/pdf",
    "openai, audio/mpeg, audio/mp3",
    "openai, audio/wave, audio/wav",
    "anthropic, application/pdf, application/pdf"
  })
  void theModelGetsTheFileThatTheMessageHas(String wire, String given, String got) {
    ScriptedModel script = ScriptedModel.answering(request -> "a paper");
    try (ModelServer server = ModelServer.start(script)) {
      ChatModel chat =
          wire.equals("openai")
              ? ChatModels.openAi(server.baseUrl(), "m", "none")
              : ChatModels.anthropic(server.baseUrl(), "m", "none");

      SpringAiModel.of(chat, wire + ":m")
          .call(
              LmRequest.of(
                  LmMessage.user(MessagePart.text("What is it?"), MessagePart.file(BYTES, given))));

      assertThat(script.requests().get(0).messages().get(0).parts())
          .containsExactlyInAnyOrder(MessagePart.text("What is it?"), MessagePart.file(BYTES, got));
    }
  }
}
