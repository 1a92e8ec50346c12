package dev.hone.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import dev.hone.testkit.OpenAiStubServer;
import dev.hone.testkit.ScriptedModel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors, finish reasons and counts as other servers than OpenAI's write them. */
class VendorRepliesTest {
  private static final LmRequest REQUEST = LmRequest.of(LmMessage.user("hi"));

  private static LmResponse reply(String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    try (RawServer server = new RawServer((number, out) -> RawServer.reply(out, "", bytes))) {
      return OpenAiModels.openAiCompatible("tiny", server.baseUrl(), null).call(REQUEST);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | [{\"error\": {\"code\": 400, \"message\": \"API key not valid. Please pass a valid API key.\"}}] | Unauthorized",
        "429 | [{\"error\": {\"code\": 429, \"message\": \"Resource has been exhausted\"}}] | RateLimited",
        "400 | {\"message\": \"The prompt (length 5000) is longer than the maximum model length of 4096.\"} | ContextWindowExceeded",
        "422 | {\"error\": \"`inputs` tokens + `max_new_tokens` must be <= 4096. Given: 5000 `inputs` tokens\"} | ContextWindowExceeded",
        "500 | {\"error\": {\"message\": \"the request exceeds the available context size\"}} | ContextWindowExceeded",
        "500 | {\"error\": {\"message\": \"failed to create context\"}} | Unavailable",
        "400 | {\"error\": {\"message\": \"the parameter api_key is unknown\"}} | InvalidRequest"
      })
  void anErrorIsOfItsKindWhoeverWroteIt(int status, String body, String type) {
    try (OpenAiStubServer server = new OpenAiStubServer(ScriptedModel.answering(r -> "ok"))) {
      server.failNext(status, Map.of(), body);
      LmException failure =
          catchThrowableOfType(
              LmException.class,
              () ->
                  OpenAiModels.openAiCompatible("tiny", server.baseUrl(), "some-key-1")
                      .call(REQUEST));

      assertThat(failure.getClass().getSimpleName()).isEqualTo(type);
      assertThat(failure).hasMessageNotContaining("[{");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"error", "abort", "cancelled", "timeout", "insufficient_system_resource"})
  void aCompletionThatTheServerBrokeOffIsNoReply(String reason) {
    String body =
        "{\"choices\": [{\"message\": {\"content\": \"12\"}, \"finish_reason\": \"%s\"}]}";

    assertThat(catchThrowableOfType(LmException.class, () -> reply(body.formatted(reason))))
        .isInstanceOf(LmException.Unavailable.class)
        .hasMessageContaining("broke its completion off (finish reason " + reason + ")");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "99999999999", "-99999999999", "1e40"})
  void aCountThatCannotBeIsUnknown(String count) {
    String body =
        "{\"choices\": [{\"message\": {\"content\": \"hi\"}, \"finish_reason\": \"stop\"}],"
            + " \"usage\": {\"prompt_tokens\": %s, \"completion_tokens\": 1}}";
    LmUsage usage = reply(body.formatted(count)).usage();

    assertThat(usage.known()).isFalse();
    assertThat(usage.promptTokens()).isZero();
  }
}
