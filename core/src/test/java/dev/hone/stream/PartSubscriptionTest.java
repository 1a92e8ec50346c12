package dev.hone.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.lm.LmException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PartSubscriptionTest {
  /** Asks for nothing by itself. */
  private static final class Idle implements Flow.Subscriber<StreamPart> {
    private final BlockingQueue<Object> got = new LinkedBlockingQueue<>();

    @Override
    public void onSubscribe(Flow.Subscription subscription) {}

    @Override
    public void onNext(StreamPart part) {
      got.add(part);
    }

    @Override
    public void onError(Throwable error) {
      got.add(error);
    }

    @Override
    public void onComplete() {
      got.add("complete");
    }
  }

  @Test
  void aSubscriberThatTakesNothingDoesNotHoldTheRunForEver() throws InterruptedException {
    Idle idle = new Idle();
    CountDownLatch ended = new CountDownLatch(1);
    PartSubscription subscription =
        new PartSubscription(
            idle,
            parts -> {
              try {
                for (int i = 0; i < 1_000; i++) {
                  parts.accept(new StreamPart.Finished(i));
                }
              } finally {
                ended.countDown();
              }
            },
            Duration.ofMillis(50));

    subscription.request(1);
    ended.await();
    subscription.request(Long.MAX_VALUE);

    for (int i = 0; i <= PartSubscription.CAPACITY; i++) {
      assertThat(idle.got.take()).isEqualTo(new StreamPart.Finished(i));
    }
    assertThat(idle.got.take())
        .isInstanceOfSatisfying(
            LmException.TimedOut.class,
            e -> assertThat(e).hasMessageContaining("took none of 256 parts"));
  }
}
