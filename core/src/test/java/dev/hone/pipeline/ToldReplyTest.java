package dev.hone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import dev.hone.lm.ReplyListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A reply that is told while it arrives, on its way through the pipeline. */
class ToldReplyTest {
  private static final LmRequest REQUEST = LmRequest.of(LmMessage.user("Count."));
  private static final RetrySettings FAST =
      RetrySettings.builder().delays(Duration.ofMillis(1), Duration.ofMillis(9)).build();

  /** Tells "one two", and breaks off its first streams after a number of characters. */
  private static final class Breaking implements LanguageModel {
    private final AtomicInteger calls = new AtomicInteger();
    private final int breaks;
    private final int after;
    private final Supplier<LmException> error;

    Breaking(int breaks, int after, Supplier<LmException> error) {
      this.breaks = breaks;
      this.after = after;
      this.error = error;
    }

    @Override
    public LmResponse call(LmRequest request) {
      return call(request, ReplyListener.NONE);
    }

    @Override
    public LmResponse call(LmRequest request, ReplyListener listener) {
      boolean broken = calls.incrementAndGet() <= breaks;
      String text = "one two";
      for (int i = 0; i < text.length(); i++) {
        if (broken && i == after) {
          throw error.get();
        }
        listener.onText(text.substring(i, i + 1));
      }
      return LmResponse.of(text, LmUsage.of(3, 2), id());
    }

    @Override
    public String id() {
      return "breaking";
    }
  }

  private static final class Heard implements ReplyListener {
    private final StringBuilder text = new StringBuilder();
    private final boolean restarts;
    private int pieces;

    Heard(boolean restarts) {
      this.restarts = restarts;
    }

    @Override
    public void onText(String delta) {
      text.append(delta);
      pieces++;
    }

    @Override
    public boolean restart() {
      text.setLength(0);
      return restarts;
    }
  }

  private static LmException down() {
    return new LmException.Unavailable("down", Duration.ofMillis(3), null);
  }

  private static LmPipeline.Builder pipeline(LanguageModel model) {
    return LmPipeline.builder(model).retry(FAST);
  }

  @Test
  void triesAgainBeforeAnythingWasTold() {
    Breaking model = new Breaking(2, 0, ToldReplyTest::down);
    Heard heard = new Heard(false);

    LmResponse reply = pipeline(model).build().call(REQUEST, heard);

    assertThat(reply.text()).isEqualTo("one two");
    assertThat(heard.text).hasToString("one two");
    assertThat(model.calls).hasValue(3);
  }

  @Test
  void neverTriesAgainOnceSomethingWasTold() {
    Breaking model = new Breaking(2, 3, ToldReplyTest::down);
    Heard heard = new Heard(false);
    LmPipeline second = LmPipeline.of(new Breaking(0, 0, ToldReplyTest::down));
    LmPipeline pipeline = pipeline(model).fallback(second).build();

    assertThatThrownBy(() -> pipeline.call(REQUEST, heard))
        .isInstanceOfSatisfying(
            LmException.StreamBroken.class,
            e -> assertThat(e.retryAfter()).contains(Duration.ofMillis(3)))
        .hasMessageContaining("a part of it was shown")
        .cause()
        .isInstanceOf(LmException.Unavailable.class);
    assertThat(model.calls).hasValue(1);
    assertThat(pipeline.call(REQUEST).text()).as("a broken reply is in no cache").isNotEmpty();
  }

  @Test
  void triesAgainIfTheListenerHasShownNothing() {
    Breaking model = new Breaking(1, 3, ToldReplyTest::down);
    Heard heard = new Heard(true);

    pipeline(model).build().call(REQUEST, heard);

    assertThat(heard.text).hasToString("one two");
    assertThat(model.calls).hasValue(2);
  }

  @Test
  void tellsWhatIsCachedInOnePiece() {
    Breaking model = new Breaking(0, 0, ToldReplyTest::down);
    LmPipeline pipeline = pipeline(model).build();
    pipeline.call(REQUEST);
    Heard heard = new Heard(false);

    LmResponse reply = pipeline.call(REQUEST, heard);

    assertThat(reply.cached()).isTrue();
    assertThat(heard.text).hasToString("one two");
    assertThat(heard.pieces).isEqualTo(1);
    assertThat(model.calls).hasValue(1);
  }

  @Test
  void givesWhatTheListenerThrowsAsItIs() {
    Breaking model = new Breaking(0, 0, ToldReplyTest::down);
    LmException mine = new LmException.Unavailable("of the listener", null, null);
    ReplyListener listener =
        new ReplyListener() {
          @Override
          public void onText(String delta) {
            throw mine;
          }
        };

    assertThatThrownBy(() -> pipeline(model).build().call(REQUEST, listener)).isSameAs(mine);
    assertThat(model.calls)
        .as("a retriable exception of the listener is no failed attempt")
        .hasValue(1);
  }

  @Test
  void tellsOnTheCallingThreadWhereAttemptsAreWatched() {
    Breaking model = new Breaking(1, 0, ToldReplyTest::down);
    TrafficSettings traffic =
        TrafficSettings.defaults()
            .attemptTimeout(Duration.ofSeconds(20))
            .hedgeAfter(Duration.ofMillis(1));
    List<Thread> threads = new ArrayList<>();
    StringBuilder text = new StringBuilder();

    pipeline(model)
        .traffic(traffic)
        .build()
        .call(
            REQUEST,
            new ReplyListener() {
              @Override
              public void onText(String delta) {
                text.append(delta);
                threads.add(Thread.currentThread());
              }
            });

    assertThat(text).hasToString("one two");
    assertThat(threads).containsOnly(Thread.currentThread());
    assertThat(model.calls).hasValue(2);
  }

  @Test
  void aWatchedStreamThatBreaksIsNotTriedAgain() {
    Breaking model = new Breaking(9, 3, ToldReplyTest::down);
    TrafficSettings traffic = TrafficSettings.defaults().attemptTimeout(Duration.ofSeconds(20));
    Heard heard = new Heard(false);

    assertThatThrownBy(() -> pipeline(model).traffic(traffic).build().call(REQUEST, heard))
        .isInstanceOf(LmException.StreamBroken.class);
    assertThat(model.calls).hasValue(1);
    assertThat(heard.pieces).isEqualTo(3);
  }

  @Test
  void aBrokenStreamIsTheFailureOfThoseOnlyWhoWereShownAPart() throws Exception {
    List<Thread> threads = new CopyOnWriteArrayList<>();
    AtomicInteger ended = new AtomicInteger();
    Breaking model =
        new Breaking(
            2,
            3,
            () -> {
              int others = threads.size() - 1 - ended.getAndIncrement();
              while (threads.stream().filter(ToldReplyTest::waits).count() < others) {
                Thread.onSpinWait();
              }
              return down();
            });
    LmPipeline pipeline = pipeline(model).build();
    List<FutureTask<String>> calls = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Heard heard = new Heard(false);
      FutureTask<String> call =
          new FutureTask<>(
              () -> {
                try {
                  pipeline.call(REQUEST, heard);
                } catch (LmException.StreamBroken e) {
                  return heard.pieces + " pieces";
                }
                return heard.text.toString();
              });
      calls.add(call);
      threads.add(new Thread(call));
    }
    threads.forEach(Thread::start);

    List<String> heard = new ArrayList<>();
    for (FutureTask<String> call : calls) {
      heard.add(call.get());
    }
    assertThat(heard)
        .containsExactlyInAnyOrder("3 pieces", "3 pieces", "one two", "one two", "one two");
    assertThat(model.calls).hasValue(3);
  }

  private static boolean waits(Thread thread) {
    return thread.getState() == Thread.State.WAITING;
  }
}
