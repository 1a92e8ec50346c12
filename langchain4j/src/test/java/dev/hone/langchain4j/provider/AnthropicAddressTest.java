package dev.hone.langchain4j.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.ModelSpec;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ANTHROPIC_BASE_URL} means what it means to Anthropic's SDKs. */
class AnthropicAddressTest {
  private final JsonServer server = new JsonServer();

  @AfterEach
  void close() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "'', /v1/messages",
    "/, /v1/messages",
    "/v1, /v1/messages",
    "/v1/, /v1/messages",
    "/anthropic, /anthropic/v1/messages",
    "/gateway/anthropic/, /gateway/anthropic/v1/messages",
    "/anthropic/v1/, /anthropic/v1/messages"
  })
  void isWhatStandsBeforeTheVersion(String path, String asked) {
    server.then(WireFormat.ANTHROPIC.text("six"));
    Map<String, String> environment = WireFormat.ANTHROPIC.environment(server.url() + path);

    ModelSpec.parse(WireFormat.ANTHROPIC.model, environment)
        .create()
        .call(LmRequest.of(LmMessage.user("3+3?")));

    assertThat(server.last().path()).isEqualTo(asked);
  }
}
