package dev.hone.agents.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hone.InvalidInputException;
import dev.hone.agents.rollout.Draws.Answer;
import dev.hone.agents.rollout.Draws.Question;
import dev.hone.agents.rollout.Draws.TwoSteps;
import dev.hone.context.Budget;
import dev.hone.context.Context;
import dev.hone.context.MissingModelException;
import dev.hone.lm.LmException;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.program.Predict;
import dev.hone.program.Predictors;
import dev.hone.program.Program;
import dev.hone.program.ProgramRunner;
import dev.hone.program.TraceStep;
import dev.hone.testkit.ScriptedModel;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class BestOfNTest {
  /** The place of the attempt as a number. */
  private static double worth(Answer answer) {
    return Double.parseDouble(answer.answer());
  }

  private static BestOfN<Question, Answer> best(int n) {
    return BestOfN.of(Draws.answerer(), n, (in, out) -> worth(out));
  }

  private static Program<Question, Answer> fails(RuntimeException... errors) {
    AtomicInteger next = new AtomicInteger();
    return input -> {
      throw errors[next.getAndIncrement() % errors.length];
    };
  }

  private static List<String> answers(Rollouts<Answer> rollouts) {
    return rollouts.all().stream().map(a -> a.output().orElseThrow().answer()).toList();
  }

  @Test
  void returnsTheOutputOfTheHighestRewardAndOfEqualOnesTheFirst() {
    ScriptedModel model = Draws.byPlace(place -> List.of("1", "3", "2", "3.0").get(place));

    Rollouts<Answer> rollouts = Draws.context(model, 1).call(() -> best(4).rollouts(Draws.ANY));

    assertThat(rollouts.output()).isEqualTo(new Answer("3"));
    assertThat(rollouts.winner().orElseThrow().index()).isEqualTo(1);
    assertThat(rollouts.end()).isEqualTo(Rollouts.End.ALL_MADE);
    assertThat(answers(rollouts)).containsExactly("1", "3", "2", "3.0");
    assertThat(rollouts.all()).extracting(a -> a.spend().lmCalls()).containsOnly(1L);
    assertThat(rollouts.spend().lmCalls()).isEqualTo(4);
    assertThat(model.requests()).allMatch(r -> r.options().temperature().equals(1.0));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 16})
  void theFirstPlaceThatReachesTheThresholdWinsOnAnyNumberOfThreads(int threads) {
    ScriptedModel model =
        ScriptedModel.answering(
            request -> {
              int place = Draws.place(request);
              for (int i = 0; i < 200 * (12 - place); i++) {
                Thread.onSpinWait();
              }
              return Draws.filled(request, field -> place >= 5 ? "9" : "" + place % 3);
            });

    for (int run = 0; run < 50; run++) {
      Rollouts<Answer> rollouts =
          Draws.context(model, threads).call(() -> best(12).threshold(9).rollouts(Draws.ANY));

      assertThat(answers(rollouts)).containsExactly("0", "1", "2", "0", "1", "9");
      assertThat(rollouts.winner().orElseThrow().index()).isEqualTo(5);
      assertThat(rollouts.end()).isEqualTo(Rollouts.End.SETTLED);
      assertThat(rollouts.leftOut()).isEqualTo(6);
    }
  }

  @Test
  void waitsForThoseBeforeTheOneThatWasFast() throws InterruptedException {
    CountDownLatch fast = new CountDownLatch(1);
    ScriptedModel model =
        ScriptedModel.answering(
            request -> {
              int place = Draws.place(request);
              await(place < 3 ? fast : new CountDownLatch(0));
              String answer = Draws.filled(request, field -> place == 1 || place == 3 ? "9" : "0");
              if (place == 3) {
                fast.countDown();
              }
              return answer;
            });

    Rollouts<Answer> rollouts =
        Draws.context(model, 8).call(() -> best(4).threshold(9).rollouts(Draws.ANY));

    assertThat(rollouts.winner().orElseThrow().index()).isEqualTo(1);
    assertThat(rollouts.all()).hasSize(2);
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(20, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nobody came");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LmException.Interrupted("interrupted", e);
    }
  }

  @Test
  void cancelsAttemptsThatAreUnderWaySoThatTheirFurtherCallsAreNotMade() {
    CountDownLatch allAsked = new CountDownLatch(8);
    AtomicInteger cancelled = new AtomicInteger();
    CountDownLatch never = new CountDownLatch(1);
    ScriptedModel model =
        ScriptedModel.answering(
            request -> {
              if (Draws.outputs(request).contains("hint")) {
                allAsked.countDown();
                try {
                  await(Draws.place(request) == 0 ? allAsked : never);
                } catch (LmException.Interrupted e) {
                  cancelled.incrementAndGet();
                  throw e;
                }
              }
              return Draws.filled(request, field -> "9");
            });
    BestOfN<Question, Answer> best =
        BestOfN.of(TwoSteps.create(), 8, (in, out) -> worth(out)).threshold(9);

    Rollouts<Answer> rollouts = Draws.context(model, 8).call(() -> best.rollouts(Draws.ANY));

    assertThat(rollouts.all()).hasSize(1);
    assertThat(cancelled).hasValue(7);
    assertThat(model.requests()).hasSize(9);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void oneAfterAnotherNoCallIsMadeTooMany() {
    ScriptedModel model = Draws.byPlace(place -> "" + place);

    Draws.context(model, 16).run(() -> best(10).threshold(2).maxInFlight(1).run(Draws.ANY));

    assertThat(model.calls()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void whereNothingWorkedThatIsAnErrorWithAllCauses(int n) {
    RuntimeException[] errors =
        IntStream.range(0, n)
            .mapToObj(i -> new IllegalStateException("broken " + i))
            .toArray(RuntimeException[]::new);
    BestOfN<Question, Answer> best = BestOfN.of(fails(errors), n, (in, out) -> 1);

    Draws.context(Draws.byPlace(p -> ""), 1)
        .run(
            () -> {
              RolloutsFailedException thrown =
                  catchThrowableOfType(RolloutsFailedException.class, () -> best.run(Draws.ANY));
              assertThat(thrown)
                  .hasMessageStartingWith("None of " + n + " rollout")
                  .hasMessageContaining("on " + n)
                  .hasMessageContaining("broken 0");
              assertThat(thrown.getCause()).isSameAs(errors[0]);
              assertThat(thrown.getSuppressed()).hasSize(n - 1);
              assertThat(thrown.rollouts().all()).hasSize(n);
              assertThat(best.rollouts(Draws.ANY).winner()).isEmpty();
            });
  }

  @Test
  void aModelThatIsGoneIsNoFaultOfTheProgram() {
    BestOfN<Question, Answer> best =
        BestOfN.of(fails(new LmException.ContentRefused("no", null)), 2, (in, out) -> 1);

    assertThatThrownBy(
            () -> Draws.context(Draws.byPlace(p -> ""), 1).run(() -> best.run(Draws.ANY)))
        .isInstanceOf(LmException.ContentRefused.class);
  }

  @Test
  void anAttemptThatFailsCostsItselfOnly() {
    ScriptedModel model =
        ScriptedModel.answering(
            request ->
                Draws.place(request) == 1
                    ? "mumble"
                    : Draws.filled(request, f -> "" + Draws.place(request)));

    Rollouts<Answer> rollouts = Draws.context(model, 1).call(() -> best(3).rollouts(Draws.ANY));

    assertThat(rollouts.output()).isEqualTo(new Answer("2"));
    assertThat(rollouts.all().get(1).failure().orElseThrow())
        .hasMessageContaining("could not be read");
    assertThat(rollouts.all().get(1).spend().lmCalls()).isEqualTo(3);
  }

  @Test
  void failuresOfTheRewardAreToldApart() {
    BestOfN<Question, Answer> best =
        BestOfN.of(
            Draws.answerer(),
            3,
            (in, out) -> {
              if (out.answer().equals("0")) {
                throw new IllegalStateException("no reward");
              }
              return out.answer().equals("1") ? Double.NaN : 0.5;
            });

    Rollouts<Answer> rollouts =
        Draws.context(Draws.byPlace(p -> "" + p), 4).call(() -> best.rollouts(Draws.ANY));

    assertThat(rollouts.winner().orElseThrow().index()).isEqualTo(2);
    assertThat(rollouts.all()).allMatch(a -> a.failure().isEmpty());
    assertThat(rollouts.all().get(0).judgeFailure().orElseThrow()).hasMessage("no reward");
    assertThat(rollouts.all().get(1).judgeFailure().orElseThrow())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("NaN");
    assertThat(rollouts.all().get(0).output()).contains(new Answer("0"));
  }

  @Test
  void aRewardThatAlwaysFailsIsNoAnswer() {
    BestOfN<Question, Answer> best =
        BestOfN.of(Draws.answerer(), 2, (in, out) -> Double.POSITIVE_INFINITY);

    assertThatThrownBy(
            () -> Draws.context(Draws.byPlace(p -> "a"), 1).run(() -> best.run(Draws.ANY)))
        .isInstanceOf(RolloutsFailedException.class)
        .hasMessageContaining("the reward or vote failed on 2");
  }

  @Test
  void nestedUseNeverAsksTheSameTwiceNorAsAnOptimizersOtherDrawDoes() {
    ScriptedModel model = Draws.byPlace(place -> "1");
    BestOfN<Question, Answer> nested = BestOfN.of(best(3), 4, (in, out) -> worth(out));
    Context context = Draws.context(model, 4);

    context.run(() -> nested.run(Draws.ANY));
    context
        .withDraw(LmOptions.defaults().withTemperature(0.3).withRolloutId(1))
        .run(() -> nested.run(Draws.ANY));
    Set<Long> ids =
        model.requests().stream().map(r -> r.options().rolloutId()).collect(Collectors.toSet());
    context.run(() -> nested.run(Draws.ANY));

    assertThat(ids).hasSize(24).doesNotContain(0L);
    assertThat(model.requests()).hasSize(36);
    assertThat(model.requests().subList(24, 36))
        .allMatch(request -> ids.contains(request.options().rolloutId()));
  }

  @Test
  void theTemperatureMayBeLeftToTheContext() {
    ScriptedModel model = Draws.byPlace(place -> "1");
    Context context =
        Draws.context(model, 1).toBuilder()
            .options(LmOptions.defaults().withTemperature(0.2))
            .build();

    context.run(() -> best(1).run(Draws.ANY));
    context.run(() -> best(1).temperature(0.7).run(Draws.ANY));
    context.run(() -> best(1).temperature(null).run(Draws.ANY));

    assertThat(model.requests())
        .extracting(request -> request.options().temperature())
        .containsExactly(1.0, 0.7, 0.2);
  }

  @Test
  void aBudgetThatIsSpentOnTheWayKeepsWhatWasPaidFor() {
    Context context =
        Draws.context(Draws.byPlace(place -> "" + place), 1).toBuilder()
            .budget(Budget.ofCalls(3))
            .build();

    Rollouts<Answer> rollouts = context.call(() -> best(6).rollouts(Draws.ANY));

    assertThat(rollouts.end()).isEqualTo(Rollouts.End.BUDGET_SPENT);
    assertThat(rollouts.output()).isEqualTo(new Answer("2"));
    assertThat(rollouts.all()).hasSize(4);
    assertThat(rollouts.leftOut()).isEqualTo(2);
    assertThatThrownBy(() -> context.run(() -> best(6).run(Draws.ANY)))
        .isInstanceOf(LmException.BudgetExhausted.class);
  }

  @Test
  void withoutAModelItEndsAtOnce() {
    assertThatThrownBy(() -> Context.builder().build().run(() -> best(3).run(Draws.ANY)))
        .isInstanceOf(MissingModelException.class);
  }

  @Test
  void anInterruptEndsAllAttemptsAndStaysSet() throws Exception {
    CountDownLatch asked = new CountDownLatch(3);
    AtomicInteger inFlight = new AtomicInteger();
    ScriptedModel model =
        ScriptedModel.answering(
            request -> {
              inFlight.incrementAndGet();
              asked.countDown();
              try {
                await(new CountDownLatch(1));
              } finally {
                inFlight.decrementAndGet();
              }
              return "";
            });
    Throwable[] thrown = new Throwable[1];
    boolean[] flag = new boolean[1];
    Thread caller =
        new Thread(
            () -> {
              try {
                Draws.context(model, 3).run(() -> best(3).run(Draws.ANY));
              } catch (Throwable e) {
                thrown[0] = e;
                flag[0] = Thread.currentThread().isInterrupted();
              }
            });
    caller.start();
    await(asked);
    caller.interrupt();
    caller.join();

    assertThat(thrown[0]).isInstanceOf(LmException.Interrupted.class);
    assertThat(flag[0]).isTrue();
    assertThat(inFlight).hasValue(0);
  }

  @Test
  void metricsSeeAllStepsTheWinnersLastAndOptimizersLearnFromTheWinnersOnly() {
    BestOfN<Question, Answer> best = BestOfN.of(TwoSteps.create(), 3, (in, out) -> worth(out));
    ProgramRunner<Question, Answer> runner = new ProgramRunner<>(best);

    var run =
        Draws.context(Draws.byPlace(p -> List.of("1", "3", "2").get(p)), 8)
            .call(() -> runner.trace(runner.predictors().initialState(), Draws.ANY));

    assertThat(run.steps())
        .extracting(TraceStep::predictor)
        .containsExactly("program.hint", "program.answer");
    assertThat(run.steps().get(1).outputs().path("answer").asString()).isEqualTo("3");
    assertThat(run.allSteps())
        .filteredOn(step -> step.predictor().equals("program.answer"))
        .extracting(step -> step.outputs().path("answer").asString())
        .containsExactly("1", "2", "3");
    assertThat(run.outputs()).extracting(ProgramRunner.PartOutput::part).containsExactly(best);
  }

  @Test
  void runsUnderTheStateOfACandidate() {
    ScriptedModel model = Draws.byPlace(place -> "1");
    BestOfN<Question, Answer> best = best(2);
    ProgramRunner<Question, Answer> runner = new ProgramRunner<>(best);
    var state = runner.predictors().initialState();

    assertThat(Predictors.of(best).byName().keySet()).containsExactly("program");
    Draws.context(model, 2)
        .run(
            () ->
                runner.run(
                    state.with("program", state.of("program").withInstructions("Be brief.")),
                    Draws.ANY));

    assertThat(model.requests()).hasSize(2).allMatch(r -> Draws.system(r).contains("Be brief."));
  }

  @Test
  void theCallsOfARewardAreCountedApartAndAreNoSteps() {
    Predict<Answer, Draws.Hint> judge = Predict.of(Answer.class, Draws.Hint.class, "Judge.");
    BestOfN<Question, Answer> best =
        BestOfN.of(
            Draws.answerer(),
            2,
            (in, out, run) -> run.steps().size() + judge.run(out).hint().length());
    ScriptedModel model = Draws.byPlace(place -> "x");

    Rollouts<Answer> rollouts = Draws.context(model, 1).call(() -> best.rollouts(Draws.ANY));

    assertThat(rollouts.all())
        .allSatisfy(
            attempt -> {
              assertThat(attempt.reward()).hasValue(2);
              assertThat(attempt.judgeSpend().lmCalls()).isEqualTo(1);
              assertThat(attempt.spend().lmCalls()).isEqualTo(1);
              assertThat(attempt.steps()).hasSize(1);
            });
    assertThat(model.requests())
        .filteredOn(r -> Draws.system(r).contains("Judge."))
        .extracting(LmRequest::options)
        .containsOnly(LmOptions.defaults());
  }

  @Test
  void refusesToMakeNoAttempt() {
    assertThatThrownBy(() -> best(0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("n (0)");
  }

  @Test
  void aMessageOfAllFailuresEndsInOneFullStop() {
    BestOfN<Question, Answer> best = BestOfN.of(Draws.answerer(), 2, (in, out) -> Double.NaN);
    ScriptedModel model = Draws.byPlace(place -> "a");

    assertThatThrownBy(() -> Draws.context(model, 1).run(() -> best.run(Draws.ANY)))
        .isInstanceOf(RolloutsFailedException.class)
        .hasMessageEndingWith("a low reward.");
  }

  @Test
  void moreAttemptsThanAnyoneCanPayAreRefused() {
    assertThatThrownBy(() -> best(Integer.MAX_VALUE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("n (2147483647) is more than 100000");
  }
}
