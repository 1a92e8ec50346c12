package dev.hone.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.lm.LmException;
import dev.hone.pipeline.LmCache;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two caches on one file are as two processes. */
@Timeout(60)
class PaymentClaimsTest {
  @TempDir private Path folder;
  private final TestClock clock = new TestClock();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  private SqliteCache open() {
    return SqliteCache.builder().file(folder.resolve("replies.db")).clock(clock).open();
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void aSecondProcessWaitsForTheReplyOfTheFirst() throws Exception {
    try (SqliteCache first = open();
        SqliteCache second = open()) {
      LmCache.Lease right = first.lease("k");
      Future<String> waiting =
          threads.submit(
              () -> {
                second.lease("k").close();
                return second.get("k").orElseThrow().text();
              });

      first.put("k", SqliteCacheTest.reply("paid once"));
      right.close();

      assertThat(waiting.get()).isEqualTo("paid once");
    }
  }

  @Test
  void aSecondProcessPaysWhenTheFirstFails() throws Exception {
    try (SqliteCache first = open();
        SqliteCache second = open()) {
      LmCache.Lease right = first.lease("k");
      Future<LmCache.Lease> waiting = threads.submit(() -> second.lease("k"));

      right.close();

      waiting.get().close();
      assertThat(second.get("k")).isEmpty();
    }
  }

  @Test
  void otherKeysDoNotWait() {
    try (SqliteCache first = open();
        SqliteCache second = open()) {
      first.lease("k");

      second.lease("another").close();

      assertThat(second.get("another")).isEmpty();
    }
  }

  @Test
  void aProcessThatDiedBlocksNobodyForLongerThanItsTerm() {
    try (SqliteCache dead = open();
        SqliteCache alive = open()) {
      dead.lease("k");

      clock.advance(PaymentClaims.TERM.plusMillis(1));

      alive.lease("k").close();
      assertThat(alive.get("k")).isEmpty();
    }
  }

  @Test
  void aCallThatTakesLongKeepsItsRight() throws Exception {
    try (SharedFile file = sharedFile();
        SqliteCache second = open()) {
      PaymentClaims claims = new PaymentClaims(file, clock, key -> false);
      LmCache.Lease right = claims.take("k");
      for (int i = 0; i < 5; i++) {
        clock.advance(PaymentClaims.TERM.dividedBy(2));
        claims.renew();
      }

      long now = clock.millis();
      assertThat(file.<Boolean>with(store -> store.isClaimed("k", now, Long.MAX_VALUE))).isTrue();
      right.close();
      second.lease("k").close();
      claims.close();
    }
  }

  @Test
  void aRightThatCouldNotBeGivenBackEndsWithItsTerm() {
    try (SharedFile file = sharedFile();
        SqliteCache second = open()) {
      PaymentClaims claims = new PaymentClaims(file, clock, key -> false);
      claims.take("lost");
      claims.givenBackWith("lost"); // and what should have written that failed
      claims.take("held");
      clock.advance(PaymentClaims.TERM.dividedBy(2));
      claims.renew();
      clock.advance(PaymentClaims.TERM.dividedBy(2).plusMillis(1));

      second.lease("lost").close();

      long now = clock.millis();
      assertThat(file.<Boolean>with(store -> store.isClaimed("held", now, Long.MAX_VALUE)))
          .isTrue();
      claims.close();
    }
  }

  @Test
  void aRightFromAClockThatWasWrongIsOver() {
    TestClock wrong = new TestClock();
    wrong.advance(java.time.Duration.ofDays(400));
    Path file = folder.resolve("replies.db");
    try (SqliteCache first = SqliteCache.builder().file(file).clock(wrong).open();
        SqliteCache second = open()) {
      first.lease("k");

      second.lease("k").close();

      assertThat(second.get("k")).isEmpty();
    }
  }

  @Test
  void stopsWaitingWhenInterrupted() throws Exception {
    try (SqliteCache first = open();
        SqliteCache second = open()) {
      first.lease("k");
      Thread.currentThread().interrupt();

      assertThatThrownBy(() -> second.lease("k")).isInstanceOf(LmException.Interrupted.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private SharedFile sharedFile() {
    return new SharedFile(new CacheFile(folder.resolve("replies.db"), clock, Database.BUSY_MILLIS));
  }
}
