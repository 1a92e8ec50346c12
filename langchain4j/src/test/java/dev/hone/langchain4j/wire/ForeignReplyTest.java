package dev.hone.langchain4j.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hone.context.Context;
import dev.hone.json.Json;
import dev.hone.langchain4j.LangChain4jModel;
import dev.hone.langchain4j.OpenAiModels;
import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.pipeline.LmPipeline;
import dev.hone.pipeline.RetrySettings;
import dev.hone.testkit.OpenAiStubServer;
import dev.hone.testkit.ScriptedModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Replies with status 200 that are no completion, or one without its content. */
class ForeignReplyTest {
  private static final LmRequest REQUEST = LmRequest.of(LmMessage.user("hi"));

  private final OpenAiStubServer server =
      new OpenAiStubServer(ScriptedModel.answering(request -> "ok"));

  @AfterEach
  void close() {
    server.close();
  }

  /** What comes of a call through the pipeline, and how many attempts the server saw. */
  private LmException failure(int status, String body, Map<String, String> headers) {
    for (int i = 0; i < 5; i++) {
      server.failNext(status, headers, body);
    }
    LmPipeline pipeline =
        LmPipeline.builder(OpenAiModels.openAiCompatible("tiny", server.baseUrl(), null))
            .retry(
                RetrySettings.defaults()
                    .withMaxAttempts(3)
                    .withDelays(Duration.ofMillis(1), Duration.ofMillis(2)))
            .build();
    Context context = Context.builder().lm(pipeline).build();
    return catchThrowableOfType(LmException.class, () -> context.callModel(REQUEST));
  }

  private LmException failure(String body) {
    return failure(200, body, Map.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<!DOCTYPE html><html>hello</html> | an HTML page",
        "<html>hello</html> | an HTML page",
        "OK | text that is not JSON",
        "data: {} | a stream of events",
        "[1, 2] | JSON without choices",
        "{\"models\": []} | JSON without choices"
      })
  void saysWhatCameInPlaceOfACompletionAfterOneCall(String body, String what) {
    LmException error = failure(body);

    assertThat(error)
        .isInstanceOf(LmException.Fatal.class)
        .hasMessageStartingWith("openai-compatible:tiny@http://")
        .hasMessageContaining("answered with " + what + ", which is not OpenAI's protocol (" + body)
        .hasMessageContaining("Maybe the URL is that of another service.");
    assertThat(server.bodies()).hasSize(1);
  }

  @Test
  void suspectsAUrlWithoutItsVersion() {
    assertThat(ForeignReply.of(URI.create("http://h/chat/completions"), "<html>"))
        .hasMessageEndingWith("Maybe the URL lacks /v1.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{\"choices\": [{\"message\": {\"content\": \"Hel",
        "{\"choices\": []}",
        "{\"choices\": null}",
        "{\"choices\": {}}",
        "{\"choices\": [{}]}",
        "{\"choices\": [null], \"usage\": {}}",
        "{\"choices\": [{\"message\": null, \"finish_reason\": \"stop\"}]}",
        "{\"id\": \"x\", \"object\": \"chat.completion\", \"choices\": [], \"error\": null}",
        "data: {\"choices\": [{\"delta\": {\"content\": \"Hel\"}}]}",
        "data: {\"choices\": [{\"delta\": {\"content\": \"Hel\"}}]}\n\ndata: {\"choi"
      })
  void triesAgainWhatWasCutOffOrHasNoMessage(String body) {
    LmException error = failure(body);

    assertThat(error)
        .isInstanceOf(LmException.Unavailable.class)
        .hasMessageContaining("answered with ")
        .hasMessageContaining("Maybe the server, or a proxy before it, stopped in the middle.")
        .hasMessageNotContainingAny("cannot be reached", "Unexpected", "StreamReadFeature", "URL");
    assertThat(server.bodies()).hasSize(3);
  }

  @Test
  void keepsTheMessageOfAnErrorWithTheStatusOfASuccess() {
    LmException error = failure("{\"error\": {\"message\": \"The model is gone.\"}}");

    assertThat(error)
        .isInstanceOf(LmException.InvalidRequest.class)
        .hasMessageEndingWith(
            "answered with an error in place of a completion: The model is gone.");
    assertThat(server.bodies()).hasSize(1);
  }

  @Test
  void takesTheCodeOfAnErrorForItsStatus() {
    LmException error = failure("{\"error\": {\"message\": \"No.\", \"code\": 401}}");

    assertThat(error).isInstanceOf(LmException.Unauthorized.class).hasMessageContaining("No.");
  }

  @Test
  void readsWhatIsSloppyButACompletion() {
    server.failNext(
        200,
        Map.of(),
        "{\"id\": 1, \"id\": 1, \"choices\": [{\"message\": {\"content\": \"hi\"}}]} \n{}");

    assertThat(OpenAiModels.openAiCompatible("tiny", server.baseUrl(), null).call(REQUEST).text())
        .isEqualTo("hi");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "null", "\"  \""})
  void takesAnEmptyReplyThatWasFilteredForARefusal(String content) {
    LmException error =
        failure(
            ("{\"choices\": [{\"index\": 0, \"finish_reason\": \"content_filter\", \"message\":"
                    + " {\"role\": \"assistant\", \"content\": %s}}]}")
                .formatted(content));

    assertThat(error)
        .isInstanceOf(LmException.ContentRefused.class)
        .hasMessageContaining("refused the content (finish reason content_filter");
    assertThat(server.bodies()).hasSize(1);
  }

  @Test
  void saysWhereARedirectLeadsWithoutItsSecrets() {
    LmException error =
        failure(302, "", Map.of("Location", "https://me:hunter2@sso.example.com/in?token=abc"));

    assertThat(error)
        .isInstanceOf(LmException.InvalidRequest.class)
        .hasMessageContaining("(status 302): the server redirects to https://sso.example.com/in,")
        .hasMessageNotContainingAny("hunter2", "token", "abc");
  }

  @ParameterizedTest
  @CsvSource({"429, RateLimited", "503, Unavailable"})
  void saysHowLongTheServerAsksToWait(int status, String type) {
    LmException error = failure(status, "{}", Map.of("Retry-After", "3600"));

    assertThat(error.getClass().getSimpleName()).isEqualTo(type);
    assertThat(error).hasMessageEndingWith("(asks to wait 3600 s)");
    assertThat(((LmException.Retriable) error).retryAfter()).contains(Duration.ofHours(1));
  }

  @Test
  void namesNoParserWhereAnotherChatModelCannotReadItsReply() {
    ChatModel broken =
        new ChatModel() {
          @Override
          public ChatResponse doChat(ChatRequest request) {
            return ChatResponse.builder().modelName(Json.parse("<html>").asString()).build();
          }
        };

    LmException error =
        catchThrowableOfType(
            LmException.class, () -> LangChain4jModel.of(broken, "vendor:model").call(REQUEST));

    assertThat(error)
        .isInstanceOf(LmException.InvalidRequest.class)
        .hasMessage(
            "vendor:model answered with something that its LangChain4j class cannot read. Maybe"
                + " the URL is that of another service, or the reply is very large.");
  }
}
