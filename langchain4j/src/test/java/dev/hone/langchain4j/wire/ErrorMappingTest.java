package dev.hone.langchain4j.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hone.langchain4j.LangChain4jModel;
import dev.hone.langchain4j.OpenAiModels;
import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.testkit.OpenAiStubServer;
import dev.hone.testkit.ScriptedModel;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnresolvedModelServerException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.FutureTask;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorMappingTest {
  private static final LmRequest REQUEST = LmRequest.of(LmMessage.user("hi"));
  private static final String KEY = "my-very-own-key-000";

  private final OpenAiStubServer server =
      new OpenAiStubServer(ScriptedModel.answering(request -> "ok"));

  @AfterEach
  void close() {
    server.close();
  }

  private LmException failure(LangChain4jModel model) {
    return catchThrowableOfType(LmException.class, () -> model.call(REQUEST));
  }

  private LmException failure(int status, Map<String, String> headers, String body) {
    server.failNext(status, headers, body);
    return failure(OpenAiModels.openAiCompatible("tiny", server.baseUrl(), KEY));
  }

  private LmException failure(RuntimeException thrown) {
    ChatModel model =
        new ChatModel() {
          @Override
          public ChatResponse doChat(ChatRequest request) {
            throw thrown;
          }
        };
    return failure(LangChain4jModel.of(model, "vendor:model"));
  }

  @Test
  void aServerThatFailsAtAnImageDoesNotTakeTheRequest() {
    String llamaServer =
        """
        {"error": {"code": 500, "type": "server_error", "message": "image input is not supported \
        - hint: if this is unexpected, you may need to provide the mmproj"}}""";

    LmException image = failure(500, Map.of(), llamaServer);
    LmException other = failure(500, Map.of(), llamaServer.replace("not supported", "slow"));

    assertThat(image).isInstanceOf(LmException.InvalidRequest.class);
    assertThat(other).isInstanceOf(LmException.Unavailable.class);
  }

  @ParameterizedTest
  @CsvSource({
    "400, InvalidRequest", "401, Unauthorized", "403, Unauthorized", "404, InvalidRequest",
    "408, TimedOut", "409, Unavailable", "413, ContextWindowExceeded", "422, InvalidRequest",
    "429, RateLimited", "500, Unavailable", "502, Unavailable", "503, Unavailable",
    "504, TimedOut", "529, Unavailable", "302, InvalidRequest"
  })
  void goesByTheStatus(int status, String type) {
    LmException error = failure(status, Map.of(), "something happened");

    assertThat(error.getClass().getSimpleName()).isEqualTo(type);
    assertThat(error)
        .hasMessageStartingWith("openai-compatible:tiny@http://")
        .hasMessageContaining("(status " + status + "): something happened");
  }

  @Test
  void quotesTheMessageWithinTheBody() {
    LmException error =
        failure(404, Map.of(), "{\"error\": {\"message\": \"No model tiny.\", \"code\": \"x\"}}");

    assertThat(error)
        .hasMessageEndingWith(
            "(status 404): No model tiny. Maybe check the model's name and the URL.");
  }

  @Test
  void keepsTheWaitThatTheProviderAsksFor() {
    LmException limited = failure(429, Map.of("Retry-After", "7"), "");
    LmException down = failure(503, Map.of("Retry-After", "2.5"), "");
    LmException silent = failure(429, Map.of(), "");

    assertThat(((LmException.Retriable) limited).retryAfter()).contains(Duration.ofSeconds(7));
    assertThat(((LmException.Retriable) down).retryAfter()).contains(Duration.ofMillis(2_500));
    assertThat(((LmException.Retriable) silent).retryAfter()).isEmpty();
  }

  @Test
  void doesNotWaitForAQuotaThatIsSpent() {
    LmException error =
        failure(
            429,
            Map.of(),
            "{\"error\": {\"message\": \"You exceeded your current quota\","
                + " \"code\": \"insufficient_quota\"}}");

    assertThat(error).isInstanceOf(LmException.Unauthorized.class).hasMessageContaining("billing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\": {\"message\": \"no\", \"code\": \"context_length_exceeded\"}}",
        "{\"error\": {\"message\": \"This model's maximum context length is 8192 tokens.\"}}",
        "{\"type\": \"error\", \"error\": {\"message\": \"prompt is too long: 210 > 200\"}}",
        "{\"error\": {\"message\": \"the request exceeds the available context size\"}}",
        "The input token count (9000) exceeds the maximum number of tokens allowed (8192)."
      })
  void seesThatAPromptIsTooLong(String body) {
    assertThat(failure(400, Map.of(), body))
        .isInstanceOf(LmException.ContextWindowExceeded.class)
        .hasMessageContaining("Maybe use fewer or shorter demos.");
  }

  @Test
  void seesThatTheContentWasRefused() {
    assertThat(failure(400, Map.of(), "{\"error\": {\"code\": \"content_filter\"}}"))
        .isInstanceOf(LmException.ContentRefused.class);
    assertThat(failure(new ContentFilteredException("I cannot help with that")))
        .isInstanceOf(LmException.ContentRefused.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\": {\"code\": 403, \"message\": \"openai/gpt-4o requires moderation on OpenAI."
            + " Your input was flagged for \\\"violence\\\".\", \"metadata\":"
            + " {\"reasons\": [\"violence\"], \"flagged_input\": \"...\"}}}",
        "{\"error\": {\"message\": \"no\", \"code\": \"content_policy_violation\"}}",
        "{\"error\": {\"message\": \"Blocked by our safety filters\"}}",
        "Harmful content was found in the prompt"
      })
  void seesThatAModeratorAndNotTheKeyIsBehindA403(String body) {
    assertThat(failure(403, Map.of(), body))
        .isInstanceOf(LmException.ContentRefused.class)
        .hasMessageContaining("refused the content (status 403): ")
        .hasMessageNotContaining("API key");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\": {\"message\": \"Country, region, or territory not supported\"}}",
        "{\"error\": {\"message\": \"Missing scopes: api.moderation.write\"}}",
        "{\"error\": {\"message\": \"Your account has been flagged\"}}"
      })
  void stillTakesA403ThatIsAboutTheKeyForOne(String body) {
    assertThat(failure(403, Map.of(), body))
        .isInstanceOf(LmException.Unauthorized.class)
        .hasMessageEndingWith("Maybe check the API key.");
  }

  @Test
  void showsACredentialNeitherInTheMessageNorInAnyCause() {
    String body =
        "{\"error\": {\"message\": \"Incorrect API key: %s or sk-proj-abcdef123456,".formatted(KEY)
            + " Authorization: Bearer abc.def-123456, api_key=topsecretvalue\"}}";

    LmException error = failure(401, Map.of(), body);

    StringWriter printed = new StringWriter();
    error.printStackTrace(new PrintWriter(printed));
    assertThat(printed.toString())
        .doesNotContain(KEY, "abcdef123456", "abc.def-123456", "topsecretvalue")
        .contains("sk-[hidden]", "Bearer [hidden]", "Incorrect API key")
        .contains("HttpFailure");
  }

  @Test
  void keepsACauseThatHoldsNoCredential() {
    RuntimeException thrown = new InternalServerException("overloaded");

    assertThat(failure(thrown)).hasCause(thrown).isInstanceOf(LmException.Unavailable.class);
  }

  @Test
  void cutsALongBodyShort() {
    LmException error = failure(500, Map.of(), "<html>" + "x".repeat(100_000));

    assertThat(error.getMessage()).hasSizeLessThan(700).contains("(100006 characters)");
  }

  @Test
  void goesByTheClassWhereThereIsNoStatus() {
    assertThat(failure(new RateLimitException("x"))).isInstanceOf(LmException.RateLimited.class);
    assertThat(failure(new TimeoutException("x"))).isInstanceOf(LmException.TimedOut.class);
    assertThat(failure(new UnresolvedModelServerException("x")))
        .isInstanceOf(LmException.Unavailable.class);
    assertThat(failure(new AuthenticationException("x")))
        .isInstanceOf(LmException.Unauthorized.class);
    assertThat(failure(new InvalidRequestException("x")))
        .isInstanceOf(LmException.InvalidRequest.class);
    assertThat(failure(new ModelNotFoundException("x")))
        .isInstanceOf(LmException.InvalidRequest.class);
    assertThat(failure(new UnsupportedFeatureException("x")))
        .isInstanceOf(LmException.InvalidRequest.class);
    assertThat(failure(new UncheckedIOException(new ConnectException("refused"))))
        .isInstanceOf(LmException.Unavailable.class)
        .hasMessage("vendor:model cannot be reached: refused");
    assertThat(failure(new RuntimeException(new java.net.SocketTimeoutException())))
        .isInstanceOf(LmException.TimedOut.class)
        .hasMessageEndingWith("SocketTimeoutException");
    assertThat(failure(new NullPointerException("a bug")))
        .isInstanceOf(LmException.ProviderFailed.class)
        .hasMessageContaining("unexpected NullPointerException");
  }

  @Test
  void saysThatNobodyListens() {
    String url = server.baseUrl();
    server.close();

    LmException error = failure(OpenAiModels.openAiCompatible("tiny", url, null));

    assertThat(error)
        .isInstanceOf(LmException.Unavailable.class)
        .hasMessageContaining("cannot be reached: nothing listens at " + url.replace("/v1", " "))
        .hasMessageContaining("Maybe the server is not running");
  }

  @Test
  void saysThatTheHostIsUnknown() {
    assertThat(failure(OpenAiModels.openAiCompatible("tiny", "http://no.such.invalid/v1", null)))
        .isInstanceOf(LmException.Unavailable.class)
        .hasMessageContaining("http://no.such.invalid has an unknown host. Maybe the URL has a");
  }

  @Test
  void saysInWordsWhyAConnectionCameToNothing() {
    URI uri = URI.create("https://host:99/v1/chat/completions");

    assertThat(ConnectionFailure.of(uri, new SSLHandshakeException("not a TLS record")))
        .hasMessageStartingWith(
            "no secure connection to https://host:99 (not a TLS record). Maybe");
    assertThat(ConnectionFailure.of(uri, new HttpConnectTimeoutException("timed out")))
        .hasMessageStartingWith("https://host:99 does not take connections (timeout). Maybe");
    assertThat(ConnectionFailure.of(uri, new IOException("reset by peer")))
        .hasMessageStartingWith("the connection to https://host:99 broke (reset by peer). Maybe");
  }

  @Test
  void stopsWaitingWhenInterrupted() throws Exception {
    server.delay(Duration.ofSeconds(20));
    LangChain4jModel model = OpenAiModels.openAiCompatible("tiny", server.baseUrl(), null);
    FutureTask<Boolean> call =
        new FutureTask<>(
            () -> {
              assertThat(failure(model)).isInstanceOf(LmException.Interrupted.class);
              return Thread.currentThread().isInterrupted();
            });
    Thread thread = new Thread(call);
    thread.start();
    while (server.bodies().isEmpty()) {
      Thread.onSpinWait();
    }
    thread.interrupt();

    assertThat(call.get()).isTrue();
  }

  @Test
  void saysThatABlankMessageCannotBeSent() {
    LangChain4jModel model = OpenAiModels.openAiCompatible("tiny", server.baseUrl(), null);

    LmException error =
        catchThrowableOfType(
            LmException.class, () -> model.call(LmRequest.of(LmMessage.user(" "))));

    assertThat(error)
        .isInstanceOf(LmException.InvalidRequest.class)
        .hasMessageContaining("USER message is blank");
  }
}
