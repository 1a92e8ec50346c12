package dev.hone.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.json.Json;
import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import dev.hone.lm.MessagePart;
import dev.hone.lm.ResponseFormat;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class OpenAiStubServerTest {
  private static final String BODY =
      """
      {"model": "m", "messages": [{"role": "user", "content": "hi"}]}\
      """;

  private final HttpClient client = HttpClient.newHttpClient();
  private RuntimeException failure;
  private final ScriptedModel model =
      ScriptedModel.replying(
          request -> {
            if (failure != null) {
              throw failure;
            }
            return LmResponse.builder()
                .text("hello")
                .stopReason(LmResponse.StopReason.LENGTH)
                .usage(LmUsage.of(10, 2).toBuilder().cachedPromptTokens(4).build())
                .modelId("inner")
                .build();
          });
  private final OpenAiStubServer server = new OpenAiStubServer(model);

  @AfterEach
  void close() {
    server.close();
  }

  private HttpResponse<String> post(String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.baseUrl() + "/chat/completions"))
            .header("Authorization", "Bearer key")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void givesTheModelsAnswerInTheProtocolsForm() throws Exception {
    HttpResponse<String> response = post(BODY);

    JsonNode body = Json.parse(response.body());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(body.at("/choices/0/message/content").asString()).isEqualTo("hello");
    assertThat(body.at("/choices/0/finish_reason").asString()).isEqualTo("length");
    assertThat(body.at("/usage/prompt_tokens").asInt()).isEqualTo(10);
    assertThat(body.at("/usage/total_tokens").asInt()).isEqualTo(12);
    assertThat(body.at("/usage/prompt_tokens_details/cached_tokens").asInt()).isEqualTo(4);
    assertThat(body.at("/model").asString()).isEqualTo("m");
  }

  @Test
  void handsTheWholeRequestToTheModel() throws Exception {
    post(
        """
        {"model": "m", "temperature": 0.5, "top_p": 0.9, "max_tokens": 77, "stop": ["END"],
         "messages": [{"role": "developer", "content": "be brief"},
           {"role": "user", "content": [{"type": "text", "text": "a"}, {"text": "b"}]},
           {"role": "assistant", "content": "c"}],
         "response_format": {"type": "json_schema",
           "json_schema": {"name": "n", "schema": {"type": "object"}}}}\
        """);

    LmRequest request = model.requests().get(0);
    assertThat(request.messages())
        .containsExactly(
            LmMessage.system("be brief"), LmMessage.user("ab"), LmMessage.assistant("c"));
    assertThat(request.options())
        .isEqualTo(
            LmOptions.builder().temperature(0.5).maxTokens(77).topP(0.9).stop("END").build());
    assertThat(request.format())
        .isEqualTo(ResponseFormat.jsonSchema("n", Json.object().put("type", "object")));
    assertThat(server.authorizations()).containsExactly("Bearer key");
    assertThat(server.bodies()).hasSize(1);
  }

  @Test
  void readsImagesToolCallsAndTheirResults() throws Exception {
    post(
        """
        {"model": "m", "messages": [
           {"role": "user", "content": [{"type": "text", "text": "What is this?"},
             {"type": "image_url", "image_url": {"url": "data:image/png;base64,AQI="}},
             {"type": "image_url", "image_url": {"url": "https://h/cat.png"}}]},
           {"role": "assistant", "content": null, "reasoning_content": "hm",
             "tool_calls": [{"id": "call_1", "type": "function",
               "function": {"name": "look", "arguments": "{}"}}]},
           {"role": "tool", "tool_call_id": "call_1", "content": "a cat"}]}\
        """);

    assertThat(model.requests().get(0).messages())
        .containsExactly(
            LmMessage.user(
                MessagePart.text("What is this?"),
                MessagePart.image(new byte[] {1, 2}, "image/png"),
                MessagePart.image(URI.create("https://h/cat.png"))),
            LmMessage.assistant(
                MessagePart.thinking("hm", null), MessagePart.toolCall("call_1", "look", "{}")),
            LmMessage.tool(MessagePart.toolResult("call_1", "look", "a cat", false)));
  }

  @Test
  void failsAsToldAndThenAnswersAgain() throws Exception {
    server.failNext(429, Map.of("Retry-After", "7"), "slow down").failNext(500, Map.of(), "");

    HttpResponse<String> first = post(BODY);
    HttpResponse<String> second = post(BODY);
    HttpResponse<String> third = post(BODY);

    assertThat(first.statusCode()).isEqualTo(429);
    assertThat(first.headers().firstValue("Retry-After")).contains("7");
    assertThat(first.body()).isEqualTo("slow down");
    assertThat(second.statusCode()).isEqualTo(500);
    assertThat(third.statusCode()).isEqualTo(200);
  }

  @Test
  void takesItsTimeIfTold() throws Exception {
    server.delay(Duration.ofMillis(30));

    long start = System.nanoTime();
    post(BODY);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(30));
  }

  @Test
  void refusesAWrongKeyIfItRequiresOne() throws Exception {
    server.requireApiKey("another");

    assertThat(post(BODY).statusCode()).isEqualTo(401);
    assertThat(model.calls()).isZero();
  }

  @Test
  void turnsTheModelsErrorsIntoStatusCodes() throws Exception {
    assertThat(statusOf(new LmException.RateLimited("x", Duration.ofMillis(1_500), null)))
        .isEqualTo(429);
    assertThat(statusOf(new LmException.Unavailable("x", null, null))).isEqualTo(503);
    assertThat(statusOf(new LmException.TimedOut("x", null))).isEqualTo(408);
    assertThat(statusOf(new LmException.Unauthorized("x", null))).isEqualTo(401);
    assertThat(statusOf(new LmException.ContextWindowExceeded("x", null))).isEqualTo(400);
    assertThat(statusOf(new LmException.ContentRefused("x", null))).isEqualTo(400);
    assertThat(statusOf(new LmException.InvalidRequest("x", null))).isEqualTo(400);
    assertThat(statusOf(new IllegalStateException("x"))).isEqualTo(500);
  }

  private int statusOf(RuntimeException error) throws Exception {
    failure = error;
    return post(BODY).statusCode();
  }

  @Test
  void refusesWhatIsNotARequest() throws Exception {
    assertThat(post("not json").statusCode()).isEqualTo(400);
    assertThat(post("[]").statusCode()).isEqualTo(400);
    assertThat(post("{}").statusCode()).isEqualTo(400);
    assertThat(
            client
                .send(
                    HttpRequest.newBuilder(URI.create(server.baseUrl() + "/files")).build(),
                    HttpResponse.BodyHandlers.ofString())
                .statusCode())
        .isEqualTo(404);
  }
}
