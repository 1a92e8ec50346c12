package dev.hone.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.hone.langchain4j.anthropic.AnthropicModels;
import dev.hone.langchain4j.gemini.GeminiModels;
import dev.hone.langchain4j.mistral.MistralModels;
import dev.hone.langchain4j.ollama.OllamaModels;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmResponse.StopReason;
import dev.hone.lm.ReplyListener;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streamed replies in the wire formats that the model server does not speak. */
class StreamWiresTest {
  private static final LmRequest REQUEST = LmRequest.of(LmMessage.user("Who?"));

  /** A protocol, and a reply in two pieces and an end. */
  enum Wire {
    MISTRAL(
        "text/event-stream",
        """
        data: {"id":"1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"James "},"finish_reason":null}]}

        """,
        """
        data: {"id":"1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"Joyce"},"finish_reason":null}]}

        """,
        """
        data: {"id":"1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":""},"finish_reason":"stop"}],"usage":{"prompt_tokens":7,"total_tokens":10,"completion_tokens":3}}

        data: [DONE]

        """),
    GEMINI(
        "text/event-stream",
        """
        data: {"candidates":[{"content":{"parts":[{"text":"James "}],"role":"model"},"index":0}],"modelVersion":"m","responseId":"1"}

        """,
        """
        data: {"candidates":[{"content":{"parts":[{"text":"Joyce"}],"role":"model"},"index":0}],"modelVersion":"m","responseId":"1"}

        """,
        """
        data: {"candidates":[{"content":{"parts":[{"text":""}],"role":"model"},"finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":7,"candidatesTokenCount":3,"totalTokenCount":10},"modelVersion":"m","responseId":"1"}

        """),
    OLLAMA(
        "application/x-ndjson",
        """
        {"model":"m","created_at":"2026-01-01T00:00:00Z","message":{"role":"assistant","content":"James "},"done":false}
        """,
        """
        {"model":"m","created_at":"2026-01-01T00:00:00Z","message":{"role":"assistant","content":"Joyce"},"done":false}
        """,
        """
        {"model":"m","created_at":"2026-01-01T00:00:00Z","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop","prompt_eval_count":7,"eval_count":3}
        """);

    private final String type;
    private final List<String> pieces;

    Wire(String type, String... pieces) {
      this.type = type;
      this.pieces = List.of(pieces);
    }

    private RawServer server(int count) {
      byte[] body = String.join("", pieces.subList(0, count)).getBytes(StandardCharsets.UTF_8);
      return new RawServer(
          (number, out) -> RawServer.reply(out, "Content-Type: " + type + "\r\n", body));
    }

    private LanguageModel model(RawServer server) {
      return switch (this) {
        case MISTRAL -> MistralModels.of("m", "key", server.baseUrl());
        case GEMINI -> GeminiModels.of("m", "key", server.baseUrl());
        case OLLAMA -> OllamaModels.of("m", null, server.baseUrl().replace("/v1", ""));
      };
    }
  }

  private static RawServer saying(String... events) {
    byte[] body =
        ("data: " + String.join("\n\ndata: ", events) + "\n\n").getBytes(StandardCharsets.UTF_8);
    return new RawServer(
        (number, out) -> RawServer.reply(out, "Content-Type: text/event-stream\r\n", body));
  }

  private static String piece(String content, String finishReason, String more) {
    return ("{\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"model\":\"m\"%s,\"choices\":[{\"index\":0,"
            + "\"delta\":{\"content\":\"%s\"},\"finish_reason\":%s}]}")
        .formatted(more, content, finishReason);
  }

  @Test
  void anErrorBehindAnIdIsNoAnswer() {
    String last = piece("", "\"error\"", ",\"error\":{\"code\":429,\"message\":\"slow down\"}");
    try (RawServer server = saying(piece("James ", "null", ""), last, "[DONE]")) {
      LanguageModel model = OpenAiModels.openAiCompatible("m", server.baseUrl(), null);

      assertThatThrownBy(() -> model.call(REQUEST, telling(new ArrayList<>())))
          .isInstanceOf(LmException.RateLimited.class)
          .hasMessageContaining("slow down");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"error", "insufficient_system_resource", "abort"})
  void aCompletionThatIsBrokenOffIsNoAnswer(String reason) {
    try (RawServer server =
        saying(piece("James ", "null", ""), piece("", "\"" + reason + "\"", ""), "[DONE]")) {
      LanguageModel model = OpenAiModels.openAiCompatible("m", server.baseUrl(), null);

      assertThatThrownBy(() -> model.call(REQUEST, telling(new ArrayList<>())))
          .isInstanceOf(LmException.Unavailable.class)
          .hasMessageContaining(reason);
    }
  }

  @Test
  void anthropicsErrorsKeepTheirKind() {
    try (RawServer server =
        saying(
            "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"too fast\"}}")) {
      LanguageModel model = AnthropicModels.of("m", "key", server.baseUrl());

      assertThatThrownBy(() -> model.call(REQUEST, telling(new ArrayList<>())))
          .isInstanceOf(LmException.RateLimited.class)
          .hasMessageContaining("too fast");
    }
  }

  @Test
  void anAnswerMaySpeakOfErrors() {
    try (RawServer server =
        saying(
            piece("say \\\"error\\\": {", "null", ",\"error\":null"),
            piece("", "\"stop\"", ",\"error\":null"),
            "[DONE]")) {
      LanguageModel model = OpenAiModels.openAiCompatible("m", server.baseUrl(), null);

      assertThat(model.call(REQUEST, telling(new ArrayList<>())).text())
          .isEqualTo("say \"error\": {");
    }
  }

  private static ReplyListener telling(List<String> told) {
    return new ReplyListener() {
      @Override
      public void onText(String delta) {
        told.add(delta);
      }
    };
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void tellsTheTextInPieces(Wire wire) {
    List<String> told = new ArrayList<>();
    try (RawServer server = wire.server(3)) {
      LmResponse reply = wire.model(server).call(REQUEST, telling(told));

      assertThat(reply.text()).isEqualTo("James Joyce");
      assertThat(reply.stopReason()).isEqualTo(StopReason.STOP);
      assertThat(reply.usage().promptTokens()).isEqualTo(7);
      assertThat(reply.usage().completionTokens()).isEqualTo(3);
      assertThat(told).containsExactly("James ", "Joyce");
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void aStreamThatEndsEarlyIsBrokenAtOnce(Wire wire) {
    List<String> told = new ArrayList<>();
    try (RawServer server = wire.server(2)) {
      assertTimeoutPreemptively(
          Duration.ofSeconds(60),
          () ->
              assertThatThrownBy(() -> wire.model(server).call(REQUEST, telling(told)))
                  .isInstanceOf(LmException.Retriable.class));
      assertThat(told).containsExactly("James ", "Joyce");
    }
  }
}
