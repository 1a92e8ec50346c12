package dev.hone.optimize;

import static dev.hone.optimize.Hopeless.SORRY;
import static dev.hone.optimize.Hopeless.TRAINSET;
import static dev.hone.optimize.Hopeless.context;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.HoneException;
import dev.hone.compiled.Compiled;
import dev.hone.evaluate.EvaluationFailedException;
import dev.hone.evaluate.Evaluator;
import dev.hone.evaluate.Outcome;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import dev.hone.metric.Metric;
import dev.hone.metric.Score;
import dev.hone.optimize.copro.Copro;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.ProposerRules;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.SeenPrompt;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Router;
import dev.hone.optimize.fake.Tickets.Ticket;
import dev.hone.optimize.fewshot.BootstrapFewShot;
import dev.hone.optimize.knn.KnnFewShot;
import dev.hone.optimize.mipro.MiproV2;
import dev.hone.optimize.randomsearch.BootstrapFewShotWithRandomSearch;
import dev.hone.program.Predict;
import dev.hone.testkit.ScriptedModel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One rule for every optimizer and the evaluator: a model that gives nothing ends the run early, a
 * judge that fails is the metric's failure, and what was found before an end is kept.
 */
class HopelessModelTest {
  @TempDir Path folder;

  @AfterEach
  void clearTheInterrupt() {
    Thread.interrupted();
  }

  /** What is done with a task, by the name of who does it. */
  private interface Work {
    OptimizationReport run(OptimizationTask<Ticket, Route> task);
  }

  private record Named(String name, Work work) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Named of(Optimizer<?> optimizer) {
    return new Named(optimizer.name(), task -> optimizer.compile(task).report());
  }

  static Stream<Named> optimizers() {
    return Stream.of(
        of(MiproV2.light().trials(4)),
        of(Copro.defaults().breadth(3).depth(2)),
        of(BootstrapFewShotWithRandomSearch.defaults().candidatePrograms(3)),
        of(BootstrapFewShot.defaults().maxBootstrappedDemos(40)),
        of(KnnFewShot.defaults()));
  }

  private static OptimizationTask<Ticket, Route> task(Metric<Ticket, Route> metric, int size) {
    return OptimizationTask.of(new Router(), Tickets.data(0, size, "quartz"), metric);
  }

  static Stream<Arguments> optimizersAndCallsInFlight() {
    return optimizers()
        .flatMap(one -> Stream.of(1, 4, 16).map(inFlight -> Arguments.of(one, inFlight)));
  }

  @ParameterizedTest
  @MethodSource("optimizersAndCallsInFlight")
  void aRunWithoutAReadableReplyEndsAfterTwentyExamplesAndWhatIsInFlight(
      Named optimizer, int inFlight) {
    ScriptedModel model = ScriptedModel.answering(r -> SORRY);

    assertThatThrownBy(
            () ->
                context(model, inFlight)
                    .call(() -> optimizer.work().run(task(Tickets.metric(), TRAINSET.size()))))
        .isInstanceOfAny(UnreadableRepliesException.class, EvaluationFailedException.class)
        .hasMessageStartingWith("None of the first 20 ")
        .hasMessageContaining("All replies are \"" + SORRY + "\".");
    assertThat(model.calls()).isBetween(60, 3 * (20 + inFlight));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 16})
  void anEvaluationWithoutAReadableReplyEndsSoToo(int inFlight) {
    ScriptedModel model = ScriptedModel.answering(r -> SORRY);

    assertThatThrownBy(
            () ->
                context(model, inFlight)
                    .call(() -> Evaluator.of(TRAINSET, Tickets.metric()).evaluate(new Router())))
        .isInstanceOf(EvaluationFailedException.class)
        .hasMessageContaining("All replies are \"" + SORRY + "\".");
    assertThat(model.calls()).isBetween(60, 3 * (20 + inFlight));
  }

  private static RuleModel good() {
    return RuleModel.of(ProposerRules::echo, Tickets.rules(p -> p.demos().isEmpty() ? 0.5 : 0.9));
  }

  /** A metric with a judge on a model of its own, which fails on one ticket in ten. */
  private static Metric<Ticket, Route> judged(Supplier<LmResponse> fault, AtomicInteger faults) {
    LanguageModel model =
        ScriptedModel.replying(
            request -> {
              SeenPrompt prompt = SeenPrompt.of(request);
              int number = Tickets.number(lastTicket(request));
              if (number % 10 == 3) {
                faults.incrementAndGet();
                return fault.get();
              }
              return ScriptedModel.reply(
                  request,
                  "[[ ## label ## ]]\n%s\n\n[[ ## completed ## ]]"
                      .formatted(prompt.asksFor("label") ? Tickets.label(number) : "none"));
            });
    var judge = Predict.of(Ticket.class, Route.class, "Judge.").on(Contexts.bare(model, 4));
    return (example, output, run) -> Score.of(judge.run(example.input()).equals(output));
  }

  private static String lastTicket(LmRequest request) {
    String text = request.messages().get(1).text();
    return text.substring(text.indexOf("ticket "));
  }

  static Stream<Arguments> optimizersAndFaultsOfAJudge() {
    List<Supplier<LmResponse>> faults =
        List.of(
            () -> {
              throw new LmException.ContentRefused("the judge's filter", null);
            },
            () -> {
              throw new LmException.ContextWindowExceeded("too long for the judge", null);
            },
            () -> {
              throw new LmException.Unavailable("the judge is away", null, null);
            },
            () -> LmResponse.of("no verdict", LmUsage.of(1, 1), "judge"));
    return optimizers()
        .flatMap(one -> Stream.of(0, 1, 2, 3).map(i -> Arguments.of(one, i, faults.get(i))));
  }

  @ParameterizedTest(name = "{0}, fault {1}")
  @MethodSource("optimizersAndFaultsOfAJudge")
  void aJudgeThatFailsIsNeverTheProgramsZero(
      Named optimizer, int which, Supplier<LmResponse> fault) {
    AtomicInteger faults = new AtomicInteger();

    OptimizationReport report =
        context(good(), 4).call(() -> optimizer.work().run(task(judged(fault, faults), 60)));

    assertThat(faults.get()).isPositive();
    report
        .baselineScore()
        .ifPresent(score -> assertThat(score.unscoredExamples()).as("left out").isPositive());
    assertThat(report.finishReason())
        .isNotIn(FinishReason.FAILED, FinishReason.MODEL_UNAVAILABLE, FinishReason.INTERRUPTED);
  }

  @ParameterizedTest(name = "fault {1}")
  @MethodSource("optimizersAndFaultsOfAJudge")
  void norIsItUnderTheEvaluator(Named unused, int which, Supplier<LmResponse> fault) {
    var evaluation =
        context(good(), 4)
            .call(
                () ->
                    Evaluator.of(Tickets.data(0, 60, "quartz"), judged(fault, new AtomicInteger()))
                        .evaluate(new Router()));

    assertThat(evaluation.count(Outcome.ProgramFailed.class)).isZero();
    assertThat(evaluation.count(Outcome.Scored.class)).isEqualTo(54);
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void anAccountWithoutCreditEndsTheRunAtOnce(Named optimizer) {
    AtomicInteger calls = new AtomicInteger();
    LanguageModel broke =
        ScriptedModel.replying(
            request -> {
              calls.incrementAndGet();
              throw new LmException.PaymentRequired("Insufficient Balance", null);
            });

    assertThatThrownBy(
            () -> context(broke, 4).call(() -> optimizer.work().run(task(Tickets.metric(), 200))))
        .isInstanceOf(HoneException.class)
        .hasMessageContaining("Insufficient Balance");
    assertThat(calls.get()).isLessThanOrEqualTo(12);
  }

  @Test
  void whatWasFoundBeforeAnInterruptCanBeSavedWhileTheThreadIsInterrupted() {
    Thread caller = Thread.currentThread();
    AtomicInteger calls = new AtomicInteger();
    RuleModel model =
        RuleModel.of(
            ProposerRules::echo,
            prompt -> {
              if (calls.incrementAndGet() == 90) {
                caller.interrupt();
              }
              return Tickets.rules(p -> p.demos().isEmpty() ? 0.5 : 0.9).apply(prompt);
            });
    Path file = folder.resolve("best.json");

    Optimized<Ticket, Route, ?> optimized =
        context(model, 4).call(() -> MiproV2.light().compile(task(Tickets.metric(), 60)));
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
    optimized.save(file);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(optimized.report().finishReason()).isEqualTo(FinishReason.INTERRUPTED);
    assertThat(Compiled.load(new Router(), file).state()).isEqualTo(optimized.compiled().state());
  }
}
