package dev.hone.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.pipeline.LmPipeline;
import dev.hone.pipeline.RetrySettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** F4: the limit on the time for a reply holds to its last byte. */
@Timeout(120)
class StalledReplyTest {
  private static final LmRequest REQUEST = LmRequest.of(LmMessage.user("hi"));
  private static final byte[] BODY =
      "{\"choices\": [{\"message\": {\"content\": \"whole\"}, \"finish_reason\": \"stop\"}]}"
          .getBytes(StandardCharsets.UTF_8);

  enum Stall {
    NOTHING,
    HEADERS,
    HALF_A_BODY,
    DRIP,
    ALL_BUT_ONE_BYTE
  }

  /** Stalls on the first requests, then answers. */
  private static RawServer server(Stall stall, int stalled) {
    return new RawServer(
        (number, out) -> {
          if (number > stalled) {
            RawServer.reply(out, "", BODY);
            return;
          }
          if (stall != Stall.NOTHING) {
            RawServer.headers(out, "", BODY.length);
          }
          int sent =
              switch (stall) {
                case HALF_A_BODY -> BODY.length / 2;
                case ALL_BUT_ONE_BYTE -> BODY.length - 1;
                default -> 0;
              };
          out.write(BODY, 0, sent);
          out.flush();
          while (stall == Stall.DRIP) {
            out.write(' ');
            out.flush();
            Thread.sleep(20);
          }
          Thread.sleep(60_000);
        });
  }

  private static LangChain4jModel model(RawServer server, Duration timeout) {
    return OpenAiModels.openAiCompatible("tiny", server.baseUrl(), null, timeout);
  }

  @ParameterizedTest
  @EnumSource(Stall.class)
  void timesOutWhereverAReplyStalls(Stall stall) {
    try (RawServer server = server(stall, 99)) {
      long start = System.nanoTime();
      assertThatThrownBy(() -> model(server, Duration.ofMillis(300)).call(REQUEST))
          .isInstanceOf(LmException.TimedOut.class)
          .hasMessageContaining("did not answer in time");

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    }
  }

  @Test
  void isTriedAgain() {
    try (RawServer server = server(Stall.HEADERS, 2)) {
      LmPipeline pipeline =
          LmPipeline.builder(model(server, Duration.ofSeconds(2)))
              .retry(
                  RetrySettings.defaults().withDelays(Duration.ofMillis(1), Duration.ofMillis(1)))
              .build();

      assertThat(pipeline.call(REQUEST).text()).isEqualTo("whole");
      assertThat(server.requests()).isEqualTo(3);
    }
  }

  @Test
  void endsWithAnInterruptToo() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (RawServer server =
        new RawServer(
            (number, out) -> {
              RawServer.headers(out, "", 100);
              asked.countDown();
              Thread.sleep(60_000);
            })) {
      FutureTask<Boolean> call =
          new FutureTask<>(
              () -> {
                assertThatThrownBy(() -> model(server, Duration.ofMinutes(1)).call(REQUEST))
                    .isInstanceOf(LmException.Interrupted.class);
                return Thread.currentThread().isInterrupted();
              });
      Thread thread = new Thread(call);
      thread.start();
      asked.await();
      thread.interrupt();

      assertThat(call.get()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S"})
  void takesNoTimeoutThatIsNotAboveZero(String timeout) {
    assertThatThrownBy(
            () ->
                OpenAiModels.openAiCompatible(
                    "tiny", "http://localhost:1/v1", null, Duration.parse(timeout)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("replyTimeout (" + timeout + ") is not above 0");
  }

  /** S2: each client of the JDK has threads of its own. */
  @Test
  void aModelPerRequestSharesItsThreads() {
    try (RawServer server = server(Stall.NOTHING, 0)) {
      model(server, Duration.ofSeconds(30)).call(REQUEST);
      long before = clientThreads();

      for (int i = 0; i < 100; i++) {
        OpenAiModels.openAiCompatible("tiny", server.baseUrl(), "key-" + i).call(REQUEST);
      }

      assertThat(clientThreads() - before).isLessThan(20);
    }
  }

  private static long clientThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("HttpClient"))
        .count();
  }
}
