package dev.hone.optimize.mipro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.context.Context;
import dev.hone.context.LmEvent;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.Evaluator;
import dev.hone.evaluate.Outcome;
import dev.hone.lm.ForwardingLanguageModel;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import dev.hone.optimize.fake.ProposerRules;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Ticket;
import dev.hone.pipeline.LmPipeline;
import dev.hone.pipeline.RetrySettings;
import dev.hone.testkit.FlakyModel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A tenth of the calls fails, in eight ways: the score stays what it is, and nothing is hidden. */
class MixedFailuresTest {
  private static final int EXAMPLES = 300;
  private static final int SEEDS = 20;
  private static final double SHARE = 0.1;

  private static final List<Supplier<LmException>> KINDS =
      List.of(
          () -> new LmException.RateLimited("slow down", null, null),
          () -> new LmException.TimedOut("too late", null),
          () -> new LmException.Unavailable("503", null, null),
          () -> new LmException.ContextWindowExceeded("too long", null),
          () -> new LmException.ContentRefused("not this", null),
          () -> new LmException.InvalidRequest("what?", null),
          () -> new LmException.ProviderFailed("broken", null));

  /**
   * One that answers, and in one of eight failures with what nobody can read; the rules of the
   * model behind it throw at what asks for a repair.
   */
  private static final class Unreadable extends ForwardingLanguageModel {
    private final AtomicInteger thrown = new AtomicInteger();
    private final long seed;

    Unreadable(LanguageModel model, long seed) {
      super(model);
      this.seed = seed;
    }

    @Override
    public LmResponse call(LmRequest request) {
      if (draw(seed + 7, request, 0) < SHARE / 8) {
        return LmResponse.of("I would rather talk about the weather.", LmUsage.of(5, 5), id());
      }
      try {
        return super.call(request);
      } catch (RuntimeException e) {
        thrown.incrementAndGet();
        throw e;
      }
    }
  }

  private static double draw(long seed, LmRequest request, int attempt) {
    return new SplittableRandom(seed * 1_000_003 + request.toText().hashCode() + 31L * attempt)
        .nextDouble();
  }

  private static RuleModel model() {
    return RuleModel.of(ProposerRules::echo, Tickets.rules(p -> p.demos().isEmpty() ? 0.6 : 0.9));
  }

  private static FlakyModel flaky(LanguageModel model, long seed) {
    return FlakyModel.failingBy(
        model,
        (request, attempt) -> {
          double draw = draw(seed, request, attempt) / (SHARE * 7 / 8);
          return draw < 1
              ? Optional.of(KINDS.get((int) (draw * KINDS.size())).get())
              : Optional.empty();
        });
  }

  private static Context context(LanguageModel model, AtomicInteger failedAttempts) {
    RetrySettings retries = RetrySettings.defaults().withDelays(Duration.ZERO, Duration.ZERO);
    return Context.builder()
        .lm(LmPipeline.builder(model).noCache().retry(retries).build())
        .listener(
            (event, metadata) -> {
              if (event instanceof LmEvent.AttemptFailed) {
                failedAttempts.incrementAndGet();
              }
            })
        .build();
  }

  private static Evaluation<Ticket, Route> evaluation(Context context) {
    Evaluator<Ticket, Route> evaluator =
        Evaluator.of(Tickets.data(0, EXAMPLES, "quartz"), Tickets.metric());
    return context.call(() -> evaluator.evaluate(new Tickets.Router()));
  }

  @Test
  void theScoreIsThatOfACleanRunWithinItsInterval() {
    double clean = evaluation(context(model(), new AtomicInteger())).score();
    int outside = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      Evaluation<Ticket, Route> hurt =
          evaluation(context(flaky(new Unreadable(model(), seed), seed), new AtomicInteger()));
      boolean within = hurt.interval().lower() <= clean && clean <= hurt.interval().upper();
      outside += within ? 0 : 1;
    }

    assertThat(outside).isLessThanOrEqualTo(1);
  }

  @Test
  void everyFailureIsAccountedFor() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      Unreadable unreadable = new Unreadable(model(), seed);
      FlakyModel flaky = flaky(unreadable, seed);
      AtomicInteger failedAttempts = new AtomicInteger();

      Evaluation<Ticket, Route> hurt = evaluation(context(flaky, failedAttempts));

      assertThat(flaky.failures()).isGreaterThan(10);
      assertThat(failedAttempts).hasValue(flaky.failures() + unreadable.thrown.get());
      assertThat(hurt.spend().lmCalls()).isEqualTo(flaky.calls());
      long scored = hurt.count(Outcome.Scored.class);
      int failed = hurt.errorsByClass().values().stream().mapToInt(group -> group.count()).sum();
      assertThat(scored + failed).isEqualTo(EXAMPLES);
    }
  }

  private enum Way {
    RACING,
    TPE
  }

  @ParameterizedTest
  @EnumSource
  void aRunFindsWhatIsThereAndSaysWhatFailed(Way way) {
    MiproV2 settings = way == Way.RACING ? MiproV2.light().demoSets(3) : Trial.small();
    AtomicInteger failedAttempts = new AtomicInteger();
    Unreadable unreadable = new Unreadable(model(), 3);
    FlakyModel flaky = flaky(unreadable, 3);

    MiproV2Report report =
        Trial.run(context(flaky, failedAttempts), settings, Trial.task()).report();

    assertThat(report.improved()).isTrue();
    assertThat(failedAttempts).hasValue(flaky.failures() + unreadable.thrown.get());
    assertThat(report.spend().lmCalls()).isEqualTo(flaky.calls());
    assertThat(report.notes())
        .anyMatch(note -> note.contains("failed") || note.contains("no score"));
  }
}
