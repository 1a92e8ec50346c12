package dev.hone.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.testkit.OpenAiStubServer;
import dev.hone.testkit.ScriptedModel;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with the account is no fault of the request. */
class AccountTroubleTest {
  private static LmException failure(int status, String body) {
    try (OpenAiStubServer server = new OpenAiStubServer(ScriptedModel.answering(r -> "ok"))) {
      server.failNext(status, Map.of(), body);
      return catchThrowableOfType(
          LmException.class,
          () ->
              OpenAiModels.openAiCompatible("tiny", server.baseUrl(), "some-key-1")
                  .call(LmRequest.of(LmMessage.user("hi"))));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "402 | {\"error\": {\"message\": \"Insufficient Balance\"}}",
        "402 | Payment Required",
        "429 | {\"error\": {\"code\": \"insufficient_quota\", \"message\": \"You exceeded it\"}}",
        "429 | {\"error\": {\"type\": \"insufficient_quota\", \"message\": \"You exceeded it\"}}",
        "429 | {\"error\": {\"message\": \"Your account has insufficient balance\"}}",
        "400 | {\"error\": {\"message\": \"Your credit balance is too low to access the API.\"}}",
        "400 | {\"error\": {\"code\": \"billing_hard_limit_reached\", \"message\": \"x\"}}",
        "403 | {\"error\": {\"message\": \"This request requires more credits\"}}",
        "403 | {\"error\": \"Your newly created team doesn't have any credits yet\"}",
        "403 | {\"error\": {\"message\": \"billing not active\"}}"
      })
  void endsAsARefusedCredentialDoesWithItsOwnWords(int status, String body) {
    assertThat(failure(status, body))
        .isInstanceOf(LmException.PaymentRequired.class)
        .isInstanceOf(LmException.Unauthorized.class)
        .hasMessageContaining("has no credit or quota left for the account (status " + status + ")")
        .hasMessageEndingWith("Maybe check its plan and billing.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "429 | {\"error\": {\"message\": \"Rate limit reached for requests\"}} | RateLimited",
        "429 | You exceeded your current quota, check your plan and billing. Retry in 20s. | RateLimited",
        "400 | {\"error\": {\"message\": \"balance must be a number\"}} | InvalidRequest",
        "403 | {\"error\": {\"message\": \"Country not supported\"}} | Unauthorized",
        "400 | {\"error\": {\"code\": \"invalid_prompt\", \"message\": \"x\"}} | ContentRefused",
        "400 | {\"error\": {\"code\": \"data_inspection_failed\"}} | ContentRefused",
        "400 | {\"code\": \"DataInspectionFailed\", \"message\": \"x\"} | ContentRefused",
        "501 | Not implemented | InvalidRequest",
        "500 | failed to parse grammar | InvalidRequest",
        "500 | {\"error\": {\"message\": \"response_format json_schema: internal\"}} | InvalidRequest",
        "500 | oops | Unavailable"
      })
  void otherTroubleStaysWhatItIs(int status, String body, String type) {
    assertThat(failure(status, body).getClass().getSimpleName()).isEqualTo(type);
  }
}
