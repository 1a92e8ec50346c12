package dev.hone.pipeline;

import static dev.hone.lm.FakeModel.reply;
import static dev.hone.lm.FakeModel.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.lm.LmResponse;
import dev.hone.lm.LmResponse.StopReason;
import dev.hone.lm.LmUsage;
import dev.hone.lm.MessagePart;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** K-I: what is no answer is never cached, nor given out of a cache. */
@Timeout(30)
class AnswersOnlyTest {
  private final AtomicInteger paid = new AtomicInteger();
  private final Map<String, LmResponse> kept = new ConcurrentHashMap<>();
  private final LmCache cache =
      new LmCache() {
        @Override
        public Optional<LmResponse> get(String key) {
          return Optional.ofNullable(kept.get(key));
        }

        @Override
        public void put(String key, LmResponse response) {
          kept.put(key, response);
        }
      };

  private static AttemptListener reading(String word) {
    return new AttemptListener() {
      @Override
      public boolean isAnswer(LmResponse response) {
        return response.text().contains(word);
      }
    };
  }

  static Stream<LmResponse> noAnswers() {
    LmResponse.Builder builder = LmResponse.builder().usage(LmUsage.of(1, 1)).modelId("m");
    return Stream.of(
        builder.text("cut off").stopReason(StopReason.LENGTH).build(),
        builder.text("").stopReason(StopReason.LENGTH).build(),
        builder.text("withheld").stopReason(StopReason.CONTENT_FILTER).build(),
        builder.text("").stopReason(StopReason.STOP).build(),
        builder.text(" \n").stopReason(StopReason.STOP).build(),
        builder.text("").stopReason(StopReason.OTHER).build(),
        builder.reasoning("only thoughts").stopReason(StopReason.STOP).build());
  }

  static Stream<LmResponse> answers() {
    LmResponse.Builder builder = LmResponse.builder().usage(LmUsage.of(1, 1)).modelId("m");
    return Stream.of(
        builder.text("text").build(),
        builder.text("text").stopReason(StopReason.OTHER).build(),
        builder.text("text").stopReason(StopReason.TOOL_CALLS).build(),
        builder
            .parts(List.of(MessagePart.toolCall("1", "search", "{}")))
            .stopReason(StopReason.TOOL_CALLS)
            .build());
  }

  private CacheStep giving(LmResponse response) {
    return new CacheStep(
        (request, listener) -> {
          paid.incrementAndGet();
          return response;
        },
        cache,
        RequestKey.Model.named("m"));
  }

  @ParameterizedTest
  @MethodSource("noAnswers")
  void returnsWhatIsNoAnswerAndAsksAnewNextTime(LmResponse noAnswer) {
    CacheStep step = giving(noAnswer);

    assertThat(step.call(request("a"), AttemptListener.NONE)).isEqualTo(noAnswer);
    assertThat(step.call(request("a"), AttemptListener.NONE)).isEqualTo(noAnswer);

    assertThat(paid).hasValue(2);
    assertThat(kept).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("answers")
  void keepsAnswers(LmResponse answer) {
    CacheStep step = giving(answer);

    step.call(request("a"), AttemptListener.NONE);
    step.call(request("a"), AttemptListener.NONE);

    assertThat(paid).hasValue(1);
  }

  @Test
  void keepsOnlyWhatTheReaderCanRead() {
    CacheStep step =
        new CacheStep(
            (r, w) -> reply("r" + paid.incrementAndGet()), cache, RequestKey.Model.named("m"));

    assertThat(step.call(request("a"), reading("r3")).text()).isEqualTo("r1");
    assertThat(step.call(request("a"), reading("r3")).text()).isEqualTo("r2");
    assertThat(step.call(request("a"), reading("r3")).text()).isEqualTo("r3");
    assertThat(step.call(request("a"), reading("r3")).cached()).isTrue();
    assertThat(paid).hasValue(3);
  }

  @Test
  void passesOverWhatACacheHasOfBeforeAndCannotBeRead() {
    CacheStep step =
        new CacheStep(
            (r, w) -> reply("r" + paid.incrementAndGet()), cache, RequestKey.Model.named("m"));
    step.call(request("a"), reading("r1"));

    assertThat(step.call(request("a"), reading("r2")).text()).isEqualTo("r2");
    assertThat(kept.values()).extracting(LmResponse::text).containsExactly("r2");
  }

  @Test
  void twinsOfACallWhoseReplyIsNoAnswerAskOnceMoreTogether() throws Exception {
    TestThreads threads = new TestThreads();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    CacheStep step =
        new CacheStep(
            (r, w) -> {
              int number = paid.incrementAndGet();
              begun.countDown();
              try {
                go.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return reply("r" + number);
            },
            cache,
            RequestKey.Model.named("m"));

    FutureTask<LmResponse> first = threads.start(() -> step.call(request("a"), reading("r2")));
    begun.await();
    List<FutureTask<LmResponse>> twins =
        threads.start(10, () -> step.call(request("a"), reading("r2")));
    threads.awaitWaitingFrom(0);
    go.countDown();

    assertThat(first.get().text()).isEqualTo("r1");
    for (FutureTask<LmResponse> twin : twins) {
      assertThat(twin.get().text()).isEqualTo("r2");
    }
    assertThat(paid).hasValue(2);
  }
}
