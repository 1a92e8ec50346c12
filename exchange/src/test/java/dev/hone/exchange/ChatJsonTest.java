package dev.hone.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.lm.LmMessage;
import dev.hone.lm.MessagePart;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ChatJsonTest {
  private static final byte[] BYTES = {1, 2, 3};

  private static JsonNode part(MessagePart part) {
    return ChatJson.messages(List.of(LmMessage.user(part))).path(0).path("content").path(0);
  }

  /** OpenAI's formats are wav and mp3; the media type of the second is audio/mpeg. */
  @Test
  void recordingsHaveTheFormatThatChatCompletionsKnow() {
    JsonNode mp3 = part(MessagePart.file(BYTES, "audio/mpeg"));
    JsonNode wav = part(MessagePart.file(BYTES, "audio/x-wav"));

    assertThat(mp3)
        .hasToString(
            "{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"AQID\",\"format\":\"mp3\"}}");
    assertThat(wav.path("input_audio").path("format").asString()).isEqualTo("wav");
  }

  @Test
  void otherFilesGoByTheirBytesOrByWhereTheyAre() {
    JsonNode bytes = part(MessagePart.file(BYTES, "application/pdf"));
    JsonNode url = part(MessagePart.file(URI.create("https://h/a.pdf"), "application/pdf"));

    assertThat(bytes.path("file").path("file_data").asString())
        .isEqualTo("data:application/pdf;base64,AQID");
    assertThat(url.path("file").path("file_data").asString()).isEqualTo("https://h/a.pdf");
  }
}
