package dev.hone.pipeline;

import static dev.hone.lm.FakeModel.reply;
import static dev.hone.lm.FakeModel.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.lm.Capabilities;
import dev.hone.lm.FakeModel;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LmPipelineTest {
  private static final RetrySettings QUICK =
      RetrySettings.defaults().withDelays(Duration.ofMillis(1), Duration.ofMillis(1));

  @Test
  void answersTheSecondTimeFromTheCache() {
    FakeModel model = FakeModel.saying("yes");
    LmPipeline pipeline = LmPipeline.of(model);

    LmResponse first = pipeline.call(request("a"));
    LmResponse second = pipeline.call(request("a"));

    assertThat(first).isEqualTo(reply("yes"));
    assertThat(second).isEqualTo(reply("yes").asCached());
    assertThat(second.usage()).isEqualTo(LmUsage.NONE);
    assertThat(model.calls()).isEqualTo(1);
  }

  @Test
  void paysForEveryCallWithoutACache() {
    FakeModel model = FakeModel.saying("yes");
    LmPipeline pipeline = LmPipeline.builder(model).noCache().build();

    pipeline.call(request("a"));
    LmResponse second = pipeline.call(request("a"));

    assertThat(second.cached()).isFalse();
    assertThat(model.calls()).isEqualTo(2);
  }

  @Test
  void keepsTheRepliesOfModelsThatShareACacheApart() {
    LmCache cache = LmCache.memory();
    LmPipeline one = LmPipeline.builder(new FakeModel("one", r -> reply("1"))).cache(cache).build();
    LmPipeline two = LmPipeline.builder(new FakeModel("two", r -> reply("2"))).cache(cache).build();

    one.call(request("a"));

    assertThat(two.call(request("a")).text()).isEqualTo("2");
    assertThat(one.call(request("a")).text()).isEqualTo("1");
  }

  @Test
  void triesAgainBehindTheCache() {
    List<String> log = new ArrayList<>();
    FakeModel model =
        new FakeModel(
            "fake",
            r -> {
              log.add("call");
              if (log.size() < 3) {
                throw new LmException.Unavailable("down", null, null);
              }
              return reply("up");
            });
    LmPipeline pipeline = LmPipeline.builder(model).retry(QUICK).build();

    assertThat(pipeline.call(request("a")).text()).isEqualTo("up");
    assertThat(pipeline.call(request("a")).cached()).isTrue();
    assertThat(log).hasSize(3);
  }

  @Test
  void holdsNoPlaceInFlightWhileItWaitsToTryAgain() throws Exception {
    FakeModel model =
        new FakeModel(
            "fake",
            r -> {
              String text = r.messages().get(0).text();
              if (text.equals("later")) {
                throw new LmException.Unavailable("down", Duration.ofMinutes(1), null);
              }
              return reply(text);
            });
    LmPipeline pipeline = LmPipeline.builder(model).maxInFlight(1).build();
    TestThreads threads = new TestThreads();

    FutureTask<LmResponse> patient = threads.start(() -> pipeline.call(request("later")));
    TestThreads.await(() -> model.calls() == 1);
    threads.awaitWaitingFrom(0);
    LmResponse now = pipeline.call(request("now"));
    threads.thread(0).interrupt();

    assertThat(now.text()).isEqualTo("now");
    assertThatThrownBy(patient::get).hasCauseInstanceOf(LmException.Interrupted.class);
  }

  @Test
  void tellsTheWatchOfEveryAttemptAndOfNoCachedReply() {
    List<String> told = new ArrayList<>();
    AttemptListener watch =
        new AttemptListener() {
          @Override
          public void beforeAttempt() {
            told.add("attempt");
          }

          @Override
          public void afterFailure(LmException error) {
            told.add(error.getMessage());
          }
        };
    FakeModel model =
        new FakeModel(
            "fake",
            r -> {
              if (told.size() == 1) {
                throw new LmException.TimedOut("slow", null);
              }
              return reply("ok");
            });
    LmPipeline pipeline = LmPipeline.builder(model).retry(QUICK).build();

    pipeline.call(request("a"), watch);
    pipeline.call(request("a"), watch);

    assertThat(told).containsExactly("attempt", "slow", "attempt");
  }

  @Test
  void turnsABugOfTheProviderIntoAFatalErrorWithItsCause() {
    IllegalStateException bug = new IllegalStateException("oops");
    FakeModel model =
        new FakeModel(
            "fake",
            r -> {
              throw bug;
            });

    assertThatThrownBy(() -> LmPipeline.of(model).call(request("a")))
        .isInstanceOf(LmException.ProviderFailed.class)
        .isInstanceOf(LmException.Fatal.class)
        .hasMessage("The model fake failed with an unexpected IllegalStateException: oops")
        .hasCause(bug);
    assertThat(model.calls()).isEqualTo(1);
  }

  @Test
  void hidesACredentialInWhateverAProviderThrows() {
    RuntimeException bug = new IllegalStateException("401 for Bearer abcdef123 and sk-abcdef123");
    FakeModel surprising =
        new FakeModel(
            "fake",
            r -> {
              throw bug;
            });
    FakeModel mapping =
        new FakeModel(
            "fake",
            r -> {
              throw new LmException.Unauthorized(bug.getMessage(), bug);
            });

    assertThatThrownBy(() -> LmPipeline.of(surprising).call(request("a")))
        .isInstanceOf(LmException.ProviderFailed.class)
        .hasMessageEndingWith("IllegalStateException: 401 for Bearer [hidden] and sk-[hidden]");
    assertThatThrownBy(() -> LmPipeline.of(mapping).call(request("a")))
        .hasMessage("401 for Bearer [hidden] and sk-[hidden]");
    assertThat(new LmException.TimedOut(null, bug)).hasMessage("no message");
  }

  @Test
  void rejectsANullReply() {
    FakeModel model = new FakeModel("fake", r -> null);

    assertThatThrownBy(() -> LmPipeline.of(model).call(request("a")))
        .isInstanceOf(LmException.ProviderFailed.class)
        .hasMessageContaining("The model fake returned null, expected a reply. Maybe")
        .hasMessageContaining("FakeModel");
  }

  @Test
  void letsAnErrorPassAndCanBeCalledAgain() {
    AssertionError error = new AssertionError("from a test's model");
    FakeModel model =
        new FakeModel(
            "fake",
            r -> {
              throw error;
            });
    LmPipeline pipeline = LmPipeline.builder(model).maxInFlight(1).build();

    assertThatThrownBy(() -> pipeline.call(request("a"))).isSameAs(error);
    assertThatThrownBy(() -> pipeline.call(request("a"))).isSameAs(error);
  }

  @Test
  void seesAnInterruptInWhateverAProviderThrows() {
    FakeModel model =
        new FakeModel(
            "fake",
            r -> {
              throw new IllegalStateException("wrapped", new InterruptedException());
            });

    assertThatThrownBy(() -> LmPipeline.of(model).call(request("a")))
        .isInstanceOf(LmException.Interrupted.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void speaksForItsProvider() {
    LanguageModel provider =
        new LanguageModel() {
          @Override
          public LmResponse call(LmRequest request) {
            return reply("x");
          }

          @Override
          public String id() {
            return "the id";
          }

          @Override
          public Capabilities capabilities() {
            return Capabilities.JSON_SCHEMA;
          }

          @Override
          public boolean holdsCredentials() {
            return true;
          }
        };

    LmPipeline pipeline = LmPipeline.of(provider);

    assertThat(pipeline.id()).isEqualTo("the id");
    assertThat(pipeline.capabilities()).isEqualTo(Capabilities.JSON_SCHEMA);
    assertThat(pipeline.holdsCredentials()).isTrue();
    assertThat(pipeline.maxInFlight()).isEqualTo(16);
    assertThat(LmPipeline.of(pipeline)).isSameAs(pipeline);
  }

  @Test
  void refusesAModelThatIsNullOrHasNoId() {
    assertThatThrownBy(() -> LmPipeline.of(null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("The language model is null. Maybe");
    assertThatThrownBy(() -> LmPipeline.of(new FakeModel(null, r -> reply("x"))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("FakeModel is null, expected a name. Maybe");
  }

  @Test
  void refusesToLetNothingPass() {
    assertThatThrownBy(() -> LmPipeline.builder(FakeModel.saying("x")).maxInFlight(0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("maxInFlight (0) is less than 1. Maybe use 16.");
  }
}
