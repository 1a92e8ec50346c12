package dev.hone.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.langchain4j.wire.CompletionReader;
import dev.hone.langchain4j.wire.Endpoint;
import dev.hone.langchain4j.wire.RetryAfterHttpClient;
import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.testkit.OpenAiStubServer;
import dev.hone.testkit.ScriptedModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimeoutsTest {
  private final OpenAiStubServer server =
      new OpenAiStubServer(ScriptedModel.answering(request -> "ok"));

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void waitsForAReplyAsLongAsItSays() {
    LangChain4jModel model =
        OpenAiModels.openAiCompatible("tiny", server.baseUrl(), null, Duration.ofSeconds(2));
    model.call(LmRequest.of(LmMessage.user("hello")));
    server.delay(Duration.ofSeconds(40));

    long start = System.nanoTime();
    assertThatThrownBy(() -> model.call(LmRequest.of(LmMessage.user("hi"))))
        .isInstanceOf(LmException.TimedOut.class);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void aTimeThatIsAsGoodAsNoneIsOneThatCanBeWaitedFor() {
    Endpoint endpoint =
        Endpoint.of("tiny", "tiny", server.baseUrl(), null)
            .withReplyTimeout(Duration.ofSeconds(Long.MAX_VALUE));

    assertThat(endpoint.replyTimeout()).isEqualTo(Duration.ofDays(365));
  }

  @Test
  void keepsBothTimeoutsWhateverLangChain4jSets() {
    RetryAfterHttpClient.Builder client =
        Endpoint.of("tiny", "tiny", server.baseUrl(), null).httpClient(new CompletionReader());

    OpenAiChatModel.builder()
        .httpClientBuilder(client)
        .modelName("tiny")
        .baseUrl(server.baseUrl())
        .build();

    assertThat(client.connectTimeout()).isEqualTo(Duration.ofSeconds(15));
    assertThat(client.readTimeout()).isEqualTo(Duration.ofMinutes(2));
  }
}
