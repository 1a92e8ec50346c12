package dev.hone.lm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.json.Json;
import java.net.URI;
import org.junit.jupiter.api.Test;

class RequestTextTest {
  @Test
  void readsLikeAConversation() {
    LmRequest request =
        LmRequest.builder()
            .message(LmMessage.system("Be brief.\nAnswer in one word."))
            .message(
                LmMessage.user(
                    MessagePart.text("What is this?"),
                    MessagePart.image(new byte[1234], "image/png"),
                    MessagePart.image(URI.create("https://h/cat.png"))))
            .message(
                LmMessage.assistant(
                    MessagePart.thinking("Let me see.", "c2VhbA"),
                    MessagePart.toolCall("call_1", "look", "{\"at\": \"image\"}"),
                    MessagePart.toolCall("", "smell", "{}")))
            .message(
                LmMessage.tool(
                    MessagePart.toolResult("call_1", "look", "whiskers", false),
                    MessagePart.toolResult("", "smell", "no such sense", true)))
            .options(
                LmOptions.builder()
                    .temperature(0.7)
                    .maxTokens(100)
                    .topP(0.9)
                    .stop("END", "STOP")
                    .rolloutId(3)
                    .build())
            .format(ResponseFormat.jsonSchema("answer", Json.object().put("type", "object")))
            .cacheScope("tenant")
            .build();

    assertThat(request.toText())
        .isEqualTo(
            """
            --- system ---
            Be brief.
            Answer in one word.

            --- user ---
            What is this?
            [image image/png, 1234 bytes]
            [image https://h/cat.png]

            --- assistant ---
            [thinking] Let me see.
            [tool call call_1 look {"at": "image"}]
            [tool call smell {}]

            --- tool ---
            [tool result call_1 look] whiskers
            [tool error smell] no such sense

            --- options ---
            temperature: 0.7
            maxTokens: 100
            topP: 0.9
            stop: [END, STOP]
            rolloutId: 3

            --- format ---
            JSON schema answer:
            {
              "type" : "object"
            }\
            """);
  }

  @Test
  void leavesOutWhatIsNotSet() {
    assertThat(LmRequest.of(LmMessage.user("Hello?")).toText()).isEqualTo("--- user ---\nHello?");
  }
}
