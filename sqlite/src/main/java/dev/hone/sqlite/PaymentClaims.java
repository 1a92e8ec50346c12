package dev.hone.sqlite;

import dev.hone.lm.LmException;
import dev.hone.pipeline.LmCache;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who of several processes pays for a key. A process that has the right keeps it as long as it
 * lives, since a thread of it renews the right while a call is under way; that of one that died is
 * over {@link #TERM} later. Those that wait look again and again, 5 to 200 ms apart. Thread-safe.
 */
final class PaymentClaims {
  /** How long a right lasts that is not renewed. */
  static final Duration TERM = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(PaymentClaims.class);
  private static final long FIRST_WAIT_MILLIS = 5;
  private static final long LONGEST_WAIT_MILLIS = 200;

  private final SharedFile file;
  private final Clock clock;
  private final Predicate<String> isKept;
  private final String owner = UUID.randomUUID().toString();
  private final Set<String> held = ConcurrentHashMap.newKeySet();
  private final ReentrantLock starting = new ReentrantLock();
  private @Nullable ScheduledThreadPoolExecutor renewing;

  /**
   * Rights in a file.
   *
   * @param isKept whether the file has the reply to a key
   */
  PaymentClaims(SharedFile file, Clock clock, Predicate<String> isKept) {
    this.file = file;
    this.clock = clock;
    this.isKept = isKept;
  }

  /** Waits until nobody pays for a key, or its reply is there; takes the right if it is not. */
  LmCache.Lease take(String key) {
    long wait = FIRST_WAIT_MILLIS;
    while (!tryTake(key)) {
      if (isKept.test(key)) {
        return () -> {};
      }
      pause(wait);
      wait = Math.min(LONGEST_WAIT_MILLIS, wait * 3 / 2);
    }
    return () -> giveBack(key);
  }

  private boolean tryTake(String key) {
    long now = clock.millis();
    long until = now + TERM.toMillis();
    long absurd = until + TERM.toMillis();
    boolean taken =
        file.with(
            store ->
                !store.isClaimed(key, now, absurd) && store.claim(key, owner, now, until, absurd));
    if (taken) {
      held.add(key);
      startRenewing();
    }
    return taken;
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LmException.Interrupted(
          "Interrupted while waiting for another process that makes the same call", e);
    }
  }

  /** Who gives the right to a key back with the reply to it; empty if this does not have it. */
  Optional<String> givenBackWith(String key) {
    return held.remove(key) ? Optional.of(owner) : Optional.empty();
  }

  private void giveBack(String key) {
    if (held.remove(key)) {
      file.with(
          store -> {
            store.release(key, owner);
            return true;
          });
    }
  }

  private void startRenewing() {
    starting.lock();
    try {
      if (renewing == null) {
        renewing = new ScheduledThreadPoolExecutor(1, PaymentClaims::daemon);
        long third = TERM.toMillis() / 3;
        var unused =
            renewing.scheduleWithFixedDelay(this::renewOrLog, third, third, TimeUnit.MILLISECONDS);
      }
    } finally {
      starting.unlock();
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "hone-cache-claims");
    thread.setDaemon(true);
    return thread;
  }

  /** A failure ends no thread that others rely on. */
  private void renewOrLog() {
    try {
      renew();
    } catch (RuntimeException e) {
      LOG.warn(
          "The right to pay for calls under way was not renewed, so they may be paid twice", e);
    }
  }

  /** Keeps the rights that are held; one that could not be given back ends with its term. */
  void renew() {
    long until = clock.millis() + TERM.toMillis();
    for (String key : List.copyOf(held)) {
      file.with(
          store -> {
            store.renew(key, owner, until);
            return true;
          });
    }
  }

  /** Ends the renewal, and gives back what is still held. */
  void close() {
    starting.lock();
    try {
      if (renewing != null) {
        renewing.shutdownNow();
      }
    } finally {
      starting.unlock();
    }
    List.copyOf(held).forEach(this::giveBack);
  }
}
