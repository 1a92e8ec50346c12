package dev.hone.modelserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.json.Json;
import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmResponse.StopReason;
import dev.hone.lm.LmUsage;
import dev.hone.lm.MessagePart;
import dev.hone.lm.ResponseFormat;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Each wire format carries the same request in, and the same reply out, whole and as a stream. */
class WireFormatsTest {
  private static final String SCHEMA =
      "{\"type\":\"object\",\"properties\":{\"day\":{\"type\":\"string\"}}}";

  private static final String CHAT =
      """
      {"model": "m", "temperature": 0.5, "max_completion_tokens": 7, "stop": ["END"],
       "messages": [{"role": "system", "content": "Be brief."},
                    {"role": "user", "content": "Which day?"},
                    {"role": "assistant", "content": null, "tool_calls": [{"id": "c1", "type":
                      "function", "function": {"name": "clock", "arguments": "{}"}}]},
                    {"role": "tool", "tool_call_id": "c1", "content": "noon"},
                    {"role": "user", "content": "And now?"}],
       "tools": [{"type": "function", "function": {"name": "clock", "description": "tells the time",
                  "parameters": {"type": "object"}}}],
       "tool_choice": {"type": "function", "function": {"name": "clock"}},
       "response_format": {"type": "json_schema", "json_schema": {"name": "schema", "schema": %s}}
       %s}""";

  private static final String RESPONSES =
      """
      {"model": "m", "temperature": 0.5, "max_output_tokens": 7, "instructions": "Be brief.",
       "input": [{"role": "user", "content": [{"type": "input_text", "text": "Which day?"}]},
                 {"type": "function_call", "call_id": "c1", "name": "clock", "arguments": "{}"},
                 {"type": "function_call_output", "call_id": "c1", "output": "noon"},
                 {"role": "user", "content": "And now?"}],
       "tools": [{"type": "function", "name": "clock", "description": "tells the time",
                  "parameters": {"type": "object"}}],
       "tool_choice": {"type": "function", "name": "clock"},
       "text": {"format": {"type": "json_schema", "name": "schema", "schema": %s}}
       %s}""";

  private static final String MESSAGES =
      """
      {"model": "m", "temperature": 0.5, "max_tokens": 7, "stop_sequences": ["END"],
       "system": [{"type": "text", "text": "Be brief."}],
       "messages": [{"role": "user", "content": "Which day?"},
                    {"role": "assistant", "content": [{"type": "tool_use", "id": "c1",
                      "name": "clock", "input": {}}]},
                    {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "c1",
                      "content": "noon"}, {"type": "text", "text": "And now?"}]}],
       "tools": [{"name": "clock", "description": "tells the time",
                  "input_schema": {"type": "object"}}],
       "tool_choice": {"type": "tool", "name": "clock"},
       "output_config": {"format": {"type": "json_schema", "schema": %s}}
       %s}""";

  private final FixedModel model =
      new FixedModel(
          LmResponse.builder()
              .parts(
                  List.of(
                      MessagePart.thinking("Let me look: é😀.", "sig"),
                      MessagePart.text("It is “noon” 😀\n\ndata: x"),
                      MessagePart.toolCall("c2", "clock", "{\"zone\":\"UTC\"}")))
              .stopReason(StopReason.TOOL_CALLS)
              .usage(LmUsage.of(10, 4).toBuilder().cachedPromptTokens(3).build())
              .modelId("fixed")
              .build());

  private static String body(String path, boolean stream) {
    String format =
        switch (path) {
          case "/responses" -> RESPONSES;
          case "/messages" -> MESSAGES;
          default -> CHAT;
        };
    String more = stream ? ", \"stream\": true, \"stream_options\": {\"include_usage\": true}" : "";
    return format.formatted(SCHEMA, more);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/chat/completions", "/responses", "/messages"})
  void carriesAllOfARequestIn(String path) throws IOException {
    try (ModelServer server = ModelServer.start(model)) {
      new WireClient(server).send(path, body(path, false));
    }

    LmRequest asked = model.requests.get(0);
    assertThat(asked.messages())
        .containsExactly(
            LmMessage.system("Be brief."),
            LmMessage.user("Which day?"),
            asked.messages().get(2),
            LmMessage.tool(MessagePart.toolResult("c1", "clock", "noon", false)),
            LmMessage.user("And now?"));
    assertThat(asked.messages().get(2).parts())
        .containsExactly(MessagePart.toolCall("c1", "clock", "{}"));
    assertThat(asked.options().temperature()).isEqualTo(0.5);
    assertThat(asked.options().maxTokens()).isEqualTo(7);
    assertThat(asked.tools()).singleElement().hasToString("ToolSpec[clock: tells the time]");
    assertThat(asked.requiredTool()).contains("clock");
    assertThat(Json.write(((ResponseFormat.JsonSchema) asked.format()).schema())).isEqualTo(SCHEMA);
  }

  private static final String PDF_CHAT =
      """
      {"model": "m", "messages": [{"role": "user", "content": [
        {"type": "text", "text": "Read."},
        {"type": "input_audio", "input_audio": {"data": "AQI=", "format": "wav"}},
        {"type": "file", "file": {"file_data": "data:application/pdf;base64,AQI="}}]}]}""";

  private static final String PDF_RESPONSES =
      """
      {"model": "m", "input": [{"role": "user", "content": [
        {"type": "input_text", "text": "Read."},
        {"type": "input_file", "file_data": "data:application/pdf;base64,AQI="},
        {"type": "input_file", "file_url": "https://h/a.pdf"}]}]}""";

  private static final String PDF_MESSAGES =
      """
      {"model": "m", "max_tokens": 9, "messages": [{"role": "user", "content": [
        {"type": "text", "text": "Read."},
        {"type": "document", "source":
          {"type": "base64", "media_type": "application/pdf", "data": "AQI="}},
        {"type": "document", "source": {"type": "url", "url": "https://h/a.pdf"}}]}]}""";

  @Test
  void carriesFilesIn() throws IOException {
    try (ModelServer server = ModelServer.start(model)) {
      new WireClient(server).send("/chat/completions", PDF_CHAT);
      new WireClient(server).send("/responses", PDF_RESPONSES);
      new WireClient(server).send("/messages", PDF_MESSAGES);
    }

    MessagePart read = MessagePart.text("Read.");
    MessagePart pdf = MessagePart.file(new byte[] {1, 2}, "application/pdf");
    MessagePart wav = MessagePart.file(new byte[] {1, 2}, "audio/wav");
    MessagePart link = MessagePart.file(URI.create("https://h/a.pdf"), "application/pdf");
    assertThat(model.requests)
        .extracting(request -> request.messages().get(0).parts())
        .containsExactly(
            List.of(read, wav, pdf), List.of(read, pdf, link), List.of(read, pdf, link));
  }

  @Test
  void writesAChatCompletion() throws IOException {
    JsonNode body = whole("/chat/completions");

    JsonNode message = body.at("/choices/0/message");
    assertThat(message.path("content").asString()).isEqualTo(model.call(null).text());
    assertThat(message.path("reasoning_content").asString()).startsWith("Let me look");
    assertThat(message.at("/tool_calls/0/function/arguments").asString())
        .isEqualTo("{\"zone\":\"UTC\"}");
    assertThat(body.at("/choices/0/finish_reason").asString()).isEqualTo("tool_calls");
    assertThat(body.at("/usage/prompt_tokens").asInt()).isEqualTo(10);
    assertThat(body.at("/usage/prompt_tokens_details/cached_tokens").asInt()).isEqualTo(3);
  }

  @Test
  void writesAResponse() throws IOException {
    JsonNode body = whole("/responses");

    assertThat(body.path("status").asString()).isEqualTo("completed");
    assertThat(body.at("/output/1/content/0/text").asString()).isEqualTo(model.call(null).text());
    assertThat(body.at("/output/2/call_id").asString()).isEqualTo("c2");
    assertThat(body.at("/usage/input_tokens").asInt()).isEqualTo(10);
    assertThat(body.at("/usage/output_tokens").asInt()).isEqualTo(4);
  }

  @Test
  void writesAMessage() throws IOException {
    JsonNode body = whole("/messages");

    assertThat(body.at("/content/0/signature").asString()).isEqualTo("sig");
    assertThat(body.at("/content/1/text").asString()).isEqualTo(model.call(null).text());
    assertThat(body.at("/content/2/input/zone").asString()).isEqualTo("UTC");
    assertThat(body.path("stop_reason").asString()).isEqualTo("tool_use");
    assertThat(body.at("/usage/input_tokens").asInt()).isEqualTo(7);
    assertThat(body.at("/usage/cache_read_input_tokens").asInt()).isEqualTo(3);
  }

  private JsonNode whole(String path) throws IOException {
    try (ModelServer server = ModelServer.start(model)) {
      return new WireClient(server).post(path, body(path, false));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/chat/completions, /choices/0/delta/content",
    "/responses, response.output_text.delta",
    "/messages, /delta/text"
  })
  void streamsTheSameTextInPiecesOfAnyLength(String path, String where) throws IOException {
    for (int length : new int[] {1, 2, 7, 1000}) {
      try (ModelServer server = ModelServer.builder(model).pieceLength(length).start()) {
        List<JsonNode> events = new WireClient(server).events(path, body(path, true));

        assertThat(text(events, where)).isEqualTo(model.call(null).text());
      }
    }
  }

  private static String text(List<JsonNode> events, String where) {
    return events.stream()
        .map(
            event ->
                where.startsWith("/")
                    ? event.at(where)
                    : event.path("type").asString().equals(where)
                        ? event.path("delta")
                        : Json.object().path("none"))
        .map(node -> node.asString(""))
        .collect(Collectors.joining());
  }

  @Test
  void endsStreamsAsTheirProtocolsDo() throws IOException {
    try (ModelServer server = ModelServer.start(model)) {
      WireClient client = new WireClient(server);

      assertThat(client.send("/chat/completions", body("/chat/completions", true)).body())
          .contains("\"prompt_tokens\":10")
          .endsWith("data: [DONE]\n\n");
      List<JsonNode> responses = client.events("/responses", body("/responses", true));
      assertThat(responses.get(responses.size() - 1).at("/response/usage/total_tokens").asInt())
          .isEqualTo(14);
      assertThat(responses).extracting(event -> event.path("sequence_number").asInt()).isSorted();
      assertThat(client.send("/messages", body("/messages", true)).body())
          .startsWith("event: message_start\ndata: {")
          .endsWith("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/chat/completions, 429, 1, rate_limit_exceeded",
    "/responses, 429, 1, rate_limit_exceeded",
    "/messages, 429, 1, rate_limit_error"
  })
  void saysErrorsOfTheModelInTheWordsOfTheProtocol(
      String path, int status, String retryAfter, String word) throws IOException {
    FixedModel busy =
        new FixedModel(new LmException.RateLimited("busy", Duration.ofMillis(200), null));
    try (ModelServer server = ModelServer.start(busy)) {
      HttpResponse<String> answer = new WireClient(server).send(path, body(path, true));

      assertThat(answer.statusCode()).isEqualTo(status);
      assertThat(answer.headers().firstValue("Retry-After")).contains(retryAfter);
      assertThat(answer.body()).contains(word, "busy");
    }
  }

  @Test
  void speaksOnlyTheFormatsThatItIsToldTo() throws IOException {
    try (ModelServer server = ModelServer.builder(model).apis(ModelServer.Api.ANTHROPIC).start()) {
      WireClient client = new WireClient(server);

      assertThat(client.send("/messages", body("/messages", false)).statusCode()).isEqualTo(200);
      assertThat(client.send("/chat/completions", body("/chat/completions", false)).body())
          .contains("There is only POST /v1/messages");
    }
  }

  @Test
  void saysWhatIsWrongWithARequest() throws IOException {
    try (ModelServer server = ModelServer.start(model)) {
      WireClient client = new WireClient(server);

      assertThat(client.send("/messages", "{\"messages\": []}").body())
          .contains("max_tokens: Field required");
      assertThat(client.send("/responses", "{}").body()).contains("input is empty or missing");
      assertThat(client.send("/chat/completions", "{").statusCode()).isEqualTo(400);
    }
  }

  @Test
  void embedsTextsAsNumbersAndAsBase64() throws IOException {
    try (ModelServer server = ModelServer.builder(model).embedder(new LengthEmbedder()).start()) {
      WireClient client = new WireClient(server);

      JsonNode numbers =
          client.post("/embeddings", "{\"model\": \"e\", \"input\": [\"ab\", \"abcd\"]}");
      JsonNode base64 =
          client.post("/embeddings", "{\"input\": \"ab\", \"encoding_format\": \"base64\"}");

      assertThat(numbers.at("/data/1/embedding/0").asDouble()).isEqualTo(4);
      assertThat(numbers.at("/usage/prompt_tokens").asInt()).isEqualTo(2);
      assertThat(base64.at("/data/0/embedding").asString()).isEqualTo("AAAAQA==");
    }
  }
}
