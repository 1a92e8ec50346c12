package dev.hone.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.lm.LmResponse;
import dev.hone.lm.LmResponse.StopReason;
import dev.hone.lm.LmUsage;
import dev.hone.lm.MessagePart;
import dev.hone.pipeline.LmCache;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The tests that every {@link LmCache} must pass; extend it in the tests of an implementation. */
public abstract class LmCacheContract {
  private static final String KEY = "0".repeat(63);

  /** Makes the contract; for subclasses. */
  protected LmCacheContract() {}

  /** An empty cache that keeps at least 1,000 replies. Called once a test. */
  protected abstract LmCache cache();

  @Test
  void givesNothingForAKeyItDoesNotHold() {
    LmCache cache = cache();

    cache.put(KEY + "a", LmResponse.of("text", LmUsage.NONE, "model"));

    assertThat(cache.get(KEY + "b")).isEmpty();
  }

  @Test
  void givesBackEveryPartOfAReply() {
    LmCache cache = cache();
    LmResponse full =
        LmResponse.builder()
            .parts(
                List.of(
                    MessagePart.thinking("I thought, then\nwrote", "signed"),
                    MessagePart.text("naïve 日本 \uD83D\uDE00\n\t\"quoted\" \u0000"),
                    MessagePart.toolCall("call_1", "search", "{\"query\": \"日本\"}")))
            .stopReason(StopReason.LENGTH)
            .usage(LmUsage.of(11, 22).toBuilder().cachedPromptTokens(5).known(false).build())
            .modelId("vendor:model")
            .build();

    cache.put(KEY + "a", full);

    assertThat(cache.get(KEY + "a")).contains(full);
  }

  @Test
  void givesBackRepliesWithoutTextOrReasoning() {
    LmCache cache = cache();
    for (StopReason reason : StopReason.values()) {
      LmResponse bare = LmResponse.builder().stopReason(reason).modelId("model").build();

      cache.put(KEY + "a", bare);

      assertThat(cache.get(KEY + "a")).contains(bare);
    }
  }

  @Test
  void givesBackALongReply() {
    LmCache cache = cache();
    LmResponse reply = LmResponse.of("lorem ipsum ".repeat(50_000), LmUsage.of(1, 1), "model");

    cache.put(KEY + "a", reply);

    assertThat(cache.get(KEY + "a")).contains(reply);
  }

  @Test
  void keepsTheLatestReplyOfAKey() {
    LmCache cache = cache();

    cache.put(KEY + "a", LmResponse.of("first", LmUsage.NONE, "model"));
    cache.put(KEY + "a", LmResponse.of("second", LmUsage.NONE, "model"));

    assertThat(cache.get(KEY + "a").map(LmResponse::text)).contains("second");
  }

  @Test
  void keepsWhatSeveralThreadsPutIn() throws Exception {
    LmCache cache = cache();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      Callable<Boolean> fill =
          () -> {
            for (int i = 0; i < 100; i++) {
              cache.put(KEY + i, LmResponse.of("reply " + i, LmUsage.NONE, "model"));
              assertThat(cache.get(KEY + i).map(LmResponse::text)).contains("reply " + i);
            }
            return true;
          };
      for (Future<Boolean> done : threads.invokeAll(List.of(fill, fill, fill, fill, fill, fill))) {
        assertThat(done.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(IntStream.range(0, 100).mapToObj(i -> cache.get(KEY + i)))
        .doesNotContain(java.util.Optional.empty());
  }
}
