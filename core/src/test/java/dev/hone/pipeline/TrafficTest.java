package dev.hone.pipeline;

import static dev.hone.lm.FakeModel.reply;
import static dev.hone.lm.FakeModel.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import dev.hone.pipeline.flow.FlowTime;
import dev.hone.pipeline.flow.GivenUpAttempt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rates, deadlines, second attempts and a second model, in virtual time. */
@Timeout(30)
class TrafficTest {
  private final VirtualTime time = new VirtualTime();
  private final List<String> told = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger asked = new AtomicInteger();

  private final AttemptListener listener =
      new AttemptListener() {
        @Override
        public void beforeAttempt() {
          told.add("begun");
        }

        @Override
        public void afterReply(LmResponse response) {
          told.add("answered");
        }

        @Override
        public void afterFailure(LmException error) {
          told.add(error.getClass().getSimpleName());
        }
      };

  /** A model that takes a time for each of its calls, and then does as told. */
  private LanguageModel taking(String id, long... millis) {
    return new LanguageModel() {
      @Override
      public LmResponse call(LmRequest request) {
        int index = asked.getAndIncrement();
        try {
          time.sleep(millis[Math.min(index, millis.length - 1)] * 1_000_000);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new LmException.Interrupted("stopped", e);
        }
        return reply(id + " " + index);
      }

      @Override
      public String id() {
        return id;
      }
    };
  }

  private LmPipeline.Builder pipeline(LanguageModel model, TrafficSettings traffic) {
    return LmPipeline.builder(model)
        .noCache()
        .retry(RetrySettings.none())
        .time(time)
        .traffic(traffic);
  }

  private static TrafficSettings traffic() {
    return TrafficSettings.defaults();
  }

  /** A model that answers at once and costs tokens. */
  private static LanguageModel costing(long tokens) {
    return new LanguageModel() {
      @Override
      public LmResponse call(LmRequest request) {
        return LmResponse.of("x", LmUsage.of(tokens, 0), "costly");
      }

      @Override
      public String id() {
        return "costly";
      }
    };
  }

  @Test
  void letsNoMoreRequestsThroughInAnyMinuteThanItMay() {
    LmPipeline pipeline = pipeline(costing(1), traffic().requestsPerMinute(60)).build();

    List<Long> times = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      pipeline.call(request("q" + i));
      times.add(time.millis());
    }

    for (int i = 60; i < times.size(); i++) {
      assertThat(times.get(i) - times.get(i - 60)).isGreaterThanOrEqualTo(60_000);
    }
    assertThat(time.millis()).isBetween(199_000L, 205_000L);
  }

  @Test
  void putsEstimatesOfTokensRightByWhatRepliesCost() {
    LmPipeline pipeline = pipeline(costing(1_000), traffic().tokensPerMinute(60_000)).build();

    for (int i = 0; i < 121; i++) {
      pipeline.call(request("q" + i));
    }

    // 121 calls of 1,000 tokens, whose estimate was some 200
    assertThat(time.millis()).isBetween(115_000L, 125_000L);
  }

  @Test
  void lettingAPromptThroughThatIsLargerThanASecondsWorth() {
    LmPipeline pipeline = pipeline(costing(30_000), traffic().tokensPerMinute(60_000)).build();
    LmRequest large = LmRequest.of(LmMessage.user("x".repeat(120_000)));

    pipeline.call(large);
    pipeline.call(large);
    pipeline.call(large);

    assertThat(time.millis()).isBetween(59_000L, 63_000L);
  }

  @Test
  void givesUpAnAttemptThatTakesTooLongAndTriesAgain() {
    LmPipeline pipeline =
        pipeline(taking("slow", 60_000, 100), traffic().attemptTimeout(Duration.ofSeconds(1)))
            .retry(RetrySettings.defaults())
            .build();

    assertThat(pipeline.call(request("a"), listener).text()).isEqualTo("slow 1");
    assertThat(told).containsExactly("begun", "TimedOut", "begun", "answered");
    assertThat(time.millis()).isBetween(1_400L, 1_800L);
  }

  @Test
  void saysWhichModelTookTooLongAndHowLong() {
    LmPipeline pipeline =
        pipeline(taking("slow", 60_000), traffic().attemptTimeout(Duration.ofSeconds(1))).build();

    assertThatThrownBy(() -> pipeline.call(request("a")))
        .isInstanceOf(LmException.TimedOut.class)
        .hasMessage("slow gave no reply within 1000 ms. Maybe allow more time.");
  }

  @Test
  void endsACallByItsDeadlineHoweverOftenItIsTried() {
    LmPipeline pipeline =
        pipeline(taking("slow", 60_000), traffic().deadline(Duration.ofSeconds(3)))
            .retry(RetrySettings.defaults().withMaxAttempts(100))
            .build();

    assertThatThrownBy(() -> pipeline.call(request("a"), listener))
        .isInstanceOf(LmException.TimedOut.class);
    assertThat(time.millis()).isEqualTo(3_000);
    assertThat(told).containsExactly("begun", "TimedOut");
  }

  @Test
  void failsAtOnceWhereARateLeavesNoPlaceBeforeTheDeadline() {
    LmPipeline pipeline =
        pipeline(costing(1), traffic().requestsPerMinute(6).deadline(Duration.ofSeconds(5)))
            .build();
    pipeline.call(request("a"));

    assertThatThrownBy(() -> pipeline.call(request("b"), listener))
        .isInstanceOf(LmException.TimedOut.class)
        .hasMessageContaining("its rate per minute is used up");
    assertThat(told).isEmpty();
    assertThat(time.millis()).isZero();
  }

  @Test
  void doesNotWaitForARetryThatTheDeadlineDoesNotAllow() {
    LmPipeline pipeline =
        LmPipeline.builder(failing(new LmException.RateLimited("x", Duration.ofMinutes(1), null)))
            .noCache()
            .time(time)
            .traffic(traffic().deadline(Duration.ofSeconds(5)))
            .build();

    assertThatThrownBy(() -> pipeline.call(request("a")))
        .isInstanceOf(LmException.RateLimited.class);
    assertThat(time.millis()).isZero();
  }

  private LanguageModel failing(LmException error) {
    return new LanguageModel() {
      @Override
      public LmResponse call(LmRequest request) {
        asked.incrementAndGet();
        throw error;
      }

      @Override
      public String id() {
        return "failing";
      }
    };
  }

  @Test
  void asksASecondTimeWhereTheFirstIsSlowAndCountsBoth() {
    LmPipeline pipeline =
        pipeline(taking("m", 10_000, 100), traffic().hedgeAfter(Duration.ofSeconds(1))).build();

    assertThat(pipeline.call(request("a"), listener).text()).isEqualTo("m 1");
    assertThat(time.millis()).isEqualTo(1_100);
    assertThat(told).containsExactly("begun", "TimedOut", "begun", "answered");
    assertThat(asked).hasValue(2);
  }

  @Test
  void takesTheFirstReplyAlsoIfTheSecondAttemptIsSlowerAndAsksNeverMoreThanTwice() {
    LmPipeline pipeline =
        pipeline(taking("m", 1_500, 9_000), traffic().hedgeAfter(Duration.ofSeconds(1))).build();

    assertThat(pipeline.call(request("a"), listener).text()).isEqualTo("m 0");
    assertThat(time.millis()).isEqualTo(1_500);
    assertThat(told).containsExactly("begun", "TimedOut", "begun", "answered");
    assertThat(asked).hasValue(2);
  }

  @Test
  void asksOnceWhereTheFirstIsQuick() {
    LmPipeline pipeline =
        pipeline(taking("m", 900), traffic().hedgeAfter(Duration.ofSeconds(1))).build();

    pipeline.call(request("a"), listener);

    assertThat(told).containsExactly("begun", "answered");
    assertThat(asked).hasValue(1);
  }

  @Test
  void makesNoSecondAttemptWithoutAPlaceForIt() {
    LmPipeline pipeline =
        pipeline(taking("m", 5_000), traffic().hedgeAfter(Duration.ofSeconds(1)))
            .maxInFlight(1)
            .build();

    pipeline.call(request("a"), listener);

    assertThat(told).containsExactly("begun", "answered");
    assertThat(time.millis()).isEqualTo(5_000);
  }

  @Test
  void asksTheSecondModelWhereTheFirstIsAwayAndOnlyThere() {
    LmPipeline away =
        pipeline(failing(new LmException.Unavailable("down", null, null)), traffic())
            .fallback(pipeline(costing(1), traffic()).build())
            .build();
    LmPipeline refused =
        pipeline(failing(new LmException.Unauthorized("no", null)), traffic())
            .fallback(pipeline(costing(1), traffic()).build())
            .build();

    assertThat(away.call(request("a"), listener).modelId()).isEqualTo("costly");
    assertThat(told).containsExactly("begun", "Unavailable", "begun", "answered");
    assertThatThrownBy(() -> refused.call(request("a")))
        .isInstanceOf(LmException.Unauthorized.class);
  }

  @Test
  void modelsThatThrowOneInstanceEachTimeFailWithIt() {
    LmException down = new LmException.Unavailable("down", null, null);
    LmException away = new LmException.Unavailable("away", null, null);
    LmPipeline same =
        pipeline(failing(down), traffic())
            .fallback(pipeline(failing(down), traffic()).build())
            .build();
    LmPipeline two =
        pipeline(failing(down), traffic())
            .fallback(pipeline(failing(away), traffic()).build())
            .build();

    assertThatThrownBy(() -> same.call(request("a"))).isSameAs(down).hasNoSuppressedExceptions();
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> two.call(request("a"))).isSameAs(away);
    }
    assertThat(away.getSuppressed()).containsExactly(down);
  }

  @Test
  void anAttemptIsMadeHereWhereTheMachineHasNoMoreThreads() {
    FlowTime withoutThreads =
        new FlowTime() {
          @Override
          public long nanoTime() {
            return SYSTEM.nanoTime();
          }

          @Override
          public void sleep(long nanos) throws InterruptedException {
            SYSTEM.sleep(nanos);
          }

          @Override
          public boolean await(CountDownLatch latch, long nanos) throws InterruptedException {
            return SYSTEM.await(latch, nanos);
          }

          @Override
          public void execute(Runnable code) {
            throw new OutOfMemoryError("unable to create native thread");
          }
        };
    LmPipeline pipeline =
        pipeline(costing(1), traffic().attemptTimeout(Duration.ofMinutes(1)))
            .time(withoutThreads)
            .build();

    assertThat(pipeline.call(request("a"), listener).text()).isEqualTo("x");
    assertThat(told).containsExactly("begun", "answered");
  }

  @Test
  void timesThatAreAsGoodAsNoneAreKept() {
    Duration ever = Duration.ofSeconds(Long.MAX_VALUE);
    TrafficSettings traffic = traffic().attemptTimeout(ever).deadline(ever).hedgeAfter(ever);

    assertThat(pipeline(costing(1), traffic).build().call(request("a")).text()).isEqualTo("x");
    assertThat(traffic.deadline()).contains(Duration.ofDays(365));
  }

  @Test
  void theDeadlineHoldsForTheSecondModelToo() {
    LmPipeline second =
        pipeline(taking("slow", 60_000), traffic().deadline(Duration.ofMinutes(5))).build();
    LmPipeline unwatched = pipeline(taking("slow", 60_000), traffic()).build();
    for (LmPipeline other : List.of(second, unwatched)) {
      long before = time.millis();
      LmPipeline first =
          pipeline(
                  failing(new LmException.Unavailable("down", null, null)),
                  traffic().deadline(Duration.ofSeconds(5)))
              .fallback(other)
              .build();
      asked.set(0);

      assertThatThrownBy(() -> first.call(request("a"))).isInstanceOf(LmException.TimedOut.class);
      assertThat(time.millis() - before).isEqualTo(5_000);
    }
  }

  @Test
  void makesNoSecondAttemptWhereTheTimeIsOver() {
    LmPipeline pipeline =
        pipeline(
                taking("m", 60_000),
                traffic().hedgeAfter(Duration.ofSeconds(10)).deadline(Duration.ofSeconds(5)))
            .build();

    assertThatThrownBy(() -> pipeline.call(request("a"), listener))
        .isInstanceOf(LmException.TimedOut.class);
    assertThat(asked).hasValue(1);
    assertThat(told).containsExactly("begun", "TimedOut");
  }

  @Test
  void theTimeOfAnAttemptBeginsOnceItMayBeMade() {
    AttemptListener waiting =
        new AttemptListener() {
          @Override
          public void beforeAttempt() {
            try {
              time.sleep(Duration.ofSeconds(30).toNanos());
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
          }
        };
    LmPipeline pipeline =
        pipeline(taking("m", 900), traffic().attemptTimeout(Duration.ofSeconds(1))).build();

    assertThat(pipeline.call(request("a"), waiting).text()).isEqualTo("m 0");
  }

  @Test
  void anAttemptThatIsNoLongerMadeIsNoneThatWasGivenUp() {
    List<Boolean> givenUp = new ArrayList<>();
    AttemptListener late =
        new AttemptListener() {
          @Override
          public void beforeAttempt() {
            try {
              time.sleep(Duration.ofSeconds(10).toNanos());
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
          }

          @Override
          public void afterFailure(LmException error) {
            givenUp.add(GivenUpAttempt.endedWith(error));
          }
        };
    LmPipeline ended =
        pipeline(taking("m", 900), traffic().deadline(Duration.ofSeconds(5))).build();
    LmPipeline slow =
        pipeline(taking("m", 9_000), traffic().attemptTimeout(Duration.ofSeconds(1))).build();

    assertThatThrownBy(() -> ended.call(request("a"), late))
        .hasMessageContaining("as it had to wait before it was made");
    assertThat(asked).hasValue(0);
    assertThatThrownBy(() -> slow.call(request("a"), late))
        .isInstanceOf(LmException.TimedOut.class);
    assertThat(givenUp).containsExactly(false, true);
  }

  @Test
  void whoGivesUpWaitingForItsTimeLeavesItToOthers() {
    LmPipeline pipeline =
        pipeline(costing(1), traffic().requestsPerMinute(6).tokensPerMinute(6_000)).build();
    pipeline.call(request("a"));
    for (int i = 0; i < 20; i++) {
      String text = "b" + i;
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> pipeline.call(request(text)))
          .isInstanceOf(LmException.Interrupted.class);
      assertThat(Thread.interrupted()).isTrue();
    }

    pipeline.call(request("c"));

    assertThat(time.millis()).isBetween(1_000L, 12_500L);
  }

  @Test
  void doesNotCacheTheSecondModelsReplyAsTheFirsts() {
    AtomicInteger calls = new AtomicInteger();
    LanguageModel sometimes =
        new LanguageModel() {
          @Override
          public LmResponse call(LmRequest request) {
            if (calls.incrementAndGet() == 1) {
              throw new LmException.Unavailable("down", null, null);
            }
            return reply("first");
          }

          @Override
          public String id() {
            return "sometimes";
          }
        };
    LmPipeline pipeline =
        LmPipeline.builder(sometimes)
            .retry(RetrySettings.none())
            .fallback(pipeline(costing(1), traffic()).build())
            .build();

    assertThat(pipeline.call(request("a")).text()).isEqualTo("x");
    assertThat(pipeline.call(request("a")).text()).isEqualTo("first");
    assertThat(pipeline.call(request("a")).cached()).isTrue();
  }

  @Test
  void saysWhatASettingLacks() {
    assertThatThrownBy(() -> traffic().requestsPerMinute(0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("requestsPerMinute (0) is less than 1. Maybe use 500.");
    assertThatThrownBy(() -> traffic().tokensPerMinute(-1)).hasMessageContaining("200000");
    assertThatThrownBy(() -> traffic().hedgeAfter(Duration.ZERO)).hasMessageContaining("above 0");
    assertThat(traffic().deadline(Duration.ofSeconds(5)).toString()).contains("deadline PT5S");
  }
}
