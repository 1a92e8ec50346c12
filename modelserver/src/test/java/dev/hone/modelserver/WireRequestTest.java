package dev.hone.modelserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import dev.hone.lm.MessagePart;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests as clients write them that are less tidy, and those that cannot be used. */
class WireRequestTest {
  private final FixedModel model = new FixedModel(LmResponse.of("Monday", LmUsage.of(1, 1), "m"));

  private HttpResponse<String> sent(String path, String body) throws IOException {
    try (ModelServer server = ModelServer.start(model)) {
      return new WireClient(server).send(path, body);
    }
  }

  @ParameterizedTest
  @CsvSource({"/chat/completions, messages", "/responses, input", "/messages, messages"})
  void aValueOutOfItsRangeIsABadRequest(String path, String messages) throws IOException {
    HttpResponse<String> answer =
        sent(
            path,
            """
            {"model": "m", "max_tokens": 7, "temperature": 5,
             "%s": [{"role": "user", "content": "Which day?"}]}"""
                .formatted(messages));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("temperature (5.0)");
    assertThat(model.requests).isEmpty();
  }

  @Test
  void whatIsNullIsAsIfItWereLeftOut() throws IOException {
    sent(
        "/chat/completions",
        """
        {"model": "m", "max_completion_tokens": null, "max_tokens": 7, "messages": [
          {"role": "user", "content": "Which day?"},
          {"role": "assistant", "content": "", "tool_calls": null},
          {"role": "user", "content": "And now?"}]}""");

    LmRequest asked = model.requests.get(0);
    assertThat(asked.options().maxTokens()).isEqualTo(7);
    assertThat(asked.messages())
        .containsExactly(
            LmMessage.user("Which day?"), LmMessage.assistant(""), LmMessage.user("And now?"));
  }

  @Test
  void whatTheModelThoughtIsAPartOfItsMessage() throws IOException {
    sent(
        "/responses",
        """
        {"model": "m", "input": [{"role": "user", "content": "Which day?"},
          {"type": "reasoning", "summary": [{"type": "summary_text", "text": "Let me look."}]},
          {"type": "message", "role": "assistant",
           "content": [{"type": "output_text", "text": "Monday"}]},
          {"role": "user", "content": "And now?"}]}""");

    assertThat(model.requests.get(0).messages())
        .containsExactly(
            LmMessage.user("Which day?"),
            LmMessage.assistant(
                MessagePart.thinking("Let me look.", null), MessagePart.text("Monday")),
            LmMessage.user("And now?"));
  }
}
