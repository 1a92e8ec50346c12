package dev.hone.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.context.Budget;
import dev.hone.context.Context;
import dev.hone.context.SpendMeter;
import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.pipeline.LmPipeline;
import dev.hone.pipeline.RetrySettings;
import dev.hone.testkit.FaultyServer;
import dev.hone.testkit.FaultyServer.Fault;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The soak of the benchmarks in small: every call ends, and nothing is lost or counted twice. */
@Timeout(120)
class SoakTest {
  private static final int CALLS = 600;

  /** By the number of a call and of the attempt, so that each fault is there, first and last. */
  private static Fault fault(String text, int attempt) {
    int number = Integer.parseInt(text.substring(text.indexOf(' ') + 1));
    if (number % 20 == 0) {
      return attempt == 1 ? Fault.RATE_LIMITED : Fault.NONE;
    } else if (number % 50 == 1) {
      return attempt == 1 ? Fault.BROKEN : Fault.NONE;
    } else if (number % 100 == 2) {
      return attempt == 1 ? Fault.STALLED : Fault.NONE;
    } else if (number % 100 == 3) {
      return attempt == 1 ? Fault.TRUNCATED : Fault.NONE;
    } else if (number % 100 == 4) {
      return Fault.WRONG_CONTENT;
    }
    return number % 200 == 5 ? Fault.BROKEN : Fault.NONE;
  }

  private static String ask(int number) {
    String text = "question " + number;
    try {
      String reply = Context.current().callModel(LmRequest.of(LmMessage.user(text))).text();
      return reply.equals("echo " + text) ? "reply" : "another reply";
    } catch (LmException e) {
      return e.getClass().getSimpleName();
    }
  }

  private static String expected(int number) {
    if (number % 100 == 4) {
      return "InvalidRequest";
    }
    return number % 200 == 5 ? "Unavailable" : "reply";
  }

  @Test
  void everyCallEndsInItsReplyOrTheRightErrorAndEveryAttemptIsCountedOnce() {
    try (FaultyServer server = new FaultyServer(Duration.ofMillis(20), SoakTest::fault)) {
      LmPipeline pipeline =
          LmPipeline.builder(
                  OpenAiModels.openAiCompatible(
                      "soak", server.baseUrl(), null, Duration.ofSeconds(5)))
              .maxInFlight(100)
              .retry(
                  RetrySettings.defaults().withDelays(Duration.ofMillis(5), Duration.ofMillis(20)))
              .build();
      SpendMeter meter = new SpendMeter();
      Budget budget = Budget.unlimited();
      Context context = Context.builder().lm(pipeline).listener(meter).budget(budget).build();

      List<Integer> numbers = IntStream.range(0, CALLS).boxed().toList();
      List<String> outcomes =
          context.call(() -> Context.current().workers().map(numbers, SoakTest::ask));

      assertThat(outcomes).isEqualTo(numbers.stream().map(SoakTest::expected).toList());
      assertThat(meter.total().lmCalls()).isEqualTo(server.attempts());
      assertThat(meter.total().usage().totalTokens())
          .isEqualTo((long) FaultyServer.TOKENS_PER_REPLY * server.count(Fault.NONE));
      assertThat(budget.spentCalls())
          .isEqualTo(server.attempts() - server.count(Fault.RATE_LIMITED));
    }
  }
}
