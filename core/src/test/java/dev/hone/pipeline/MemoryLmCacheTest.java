package dev.hone.pipeline;

import static dev.hone.lm.FakeModel.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MemoryLmCacheTest {
  @Test
  void givesBackWhatWasPutIn() {
    LmCache cache = LmCache.memory();

    cache.put("key", reply("one"));
    cache.put("key", reply("two"));

    assertThat(cache.get("key")).contains(reply("two"));
    assertThat(cache.get("other")).isEmpty();
  }

  @Test
  void keepsNoMoreThanItsBound() {
    LmCache cache = LmCache.memory(10);

    IntStream.range(0, 1_000).forEach(i -> cache.put("key " + i, reply("r")));

    assertThat(IntStream.range(0, 1_000).filter(i -> cache.get("key " + i).isPresent()).count())
        .isLessThanOrEqualTo(10);
  }

  @Test
  void whatAThreadPutInIsThereAtOnceThoughOthersWriteAndNothingIsLost() throws Exception {
    MemoryLmCache cache = new MemoryLmCache(100_000);
    TestThreads threads = new TestThreads();
    AtomicInteger number = new AtomicInteger();
    AtomicInteger missed = new AtomicInteger();
    CountDownLatch ended = new CountDownLatch(16);

    threads.start(
        16,
        () -> {
          for (int i = number.getAndIncrement(); i < 20_000; i = number.getAndIncrement()) {
            cache.put("key " + i, reply("r" + i));
            missed.addAndGet(cache.get("key " + i).isPresent() ? 0 : 1);
          }
          ended.countDown();
          return true;
        });

    ended.await();
    assertThat(missed).hasValue(0);
    assertThat(cache.unwritten()).isZero();
    assertThat(IntStream.range(0, 20_000).filter(i -> cache.get("key " + i).isEmpty())).isEmpty();
  }

  @Test
  void refusesABoundBelowOne() {
    assertThatThrownBy(() -> LmCache.memory(0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("maxEntries (0)");
  }

  @Test
  void keepsFewerRepliesInASmallHeap() {
    assertThat(MemoryLmCache.entriesFor(64L << 20)).isEqualTo(4096);
    assertThat(MemoryLmCache.entriesFor(1L << 30)).isEqualTo(50_000);
    assertThat(MemoryLmCache.entriesFor(1)).isEqualTo(1);
  }
}
