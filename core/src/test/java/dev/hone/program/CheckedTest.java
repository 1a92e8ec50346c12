package dev.hone.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hone.InvalidInputException;
import dev.hone.compiled.Compiled;
import dev.hone.context.Budget;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.Evaluator;
import dev.hone.lm.FakeModel;
import dev.hone.lm.LmException;
import dev.hone.metric.Metric;
import dev.hone.metric.Score;
import dev.hone.program.Programs.Answer;
import dev.hone.program.Programs.Hop;
import dev.hone.program.Programs.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Checks of a program's output: retried with the message, counted, hard or soft. */
class CheckedTest {
  private static final Question QUESTION = new Question("How long?");
  private static final String SHORT = "The answer is too long; use one word";
  private static final String LOW = "The answer has capitals";

  private static FakeModel answers(String... answers) {
    return FakeModel.replying(
        java.util.Arrays.stream(answers)
            .map(answer -> FakeModel.chat("answer", answer))
            .toArray(String[]::new));
  }

  private static Checked<Question, Answer> checked() {
    return Programs.answerer("Answer.").check(out -> !out.answer().contains(" "), SHORT);
  }

  private static Checked<Question, Answer> both() {
    return checked().check(out -> out.answer().equals(out.answer().toLowerCase(Locale.ROOT)), LOW);
  }

  @Test
  void anOutputThatPassesIsReturnedAfterOneCall() {
    FakeModel model = answers("short");

    assertThat(model.context().call(() -> checked().run(QUESTION))).isEqualTo(new Answer("short"));

    assertThat(model.requests()).hasSize(1);
  }

  @Test
  void theNextTryIsToldTheMessageAndTheOutputAndAskedAnew() {
    FakeModel model = answers("far too long", "short");

    assertThat(model.context().call(() -> checked().run(QUESTION))).isEqualTo(new Answer("short"));

    assertThat(FakeModel.last(model.requests().get(0))).doesNotContain(SHORT);
    assertThat(FakeModel.last(model.requests().get(1))).contains(SHORT, "far too long");
    assertThat(model.requests())
        .extracting(request -> request.options().rolloutId())
        .doesNotHaveDuplicates();
  }

  @Test
  void aHardCheckRefusesTheLastOutput() {
    FakeModel model = answers("a b", "c d", "e f", "g h");

    var thrown =
        catchThrowableOfType(
            Checked.CheckFailedException.class,
            () -> model.context().run(() -> checked().run(QUESTION)));

    assertThat(thrown).hasMessageContaining(SHORT).hasMessageContaining("e f");
    assertThat(thrown.output()).isEqualTo(new Answer("e f"));
    assertThat(thrown.tries()).isEqualTo(3);
    assertThat(model.requests()).hasSize(3);
  }

  @Test
  void aSoftCheckReturnsTheLastOutput() {
    FakeModel model = answers("a b", "c d", "e f", "g h");

    Answer answer = model.context().call(() -> checked().soft().retries(1).run(QUESTION));

    assertThat(answer).isEqualTo(new Answer("c d"));
    assertThat(model.requests()).hasSize(2);
  }

  @Test
  void allChecksLookAtEveryOutputAndTheirMessagesGoTogether() {
    FakeModel model = answers("Too Long", "Short", "short");

    assertThat(model.context().call(() -> both().run(QUESTION))).isEqualTo(new Answer("short"));

    assertThat(FakeModel.last(model.requests().get(1))).contains(SHORT, LOW);
    assertThat(FakeModel.last(model.requests().get(2))).contains(LOW).doesNotContain(SHORT);
  }

  @Test
  void returnsTheLastOutputThatPassedTheHardChecks() {
    Checked<Question, Answer> mixed =
        Programs.answerer("Answer.")
            .check(out -> !out.answer().contains(" "), SHORT)
            .soft()
            .check(out -> out.answer().equals(out.answer().toLowerCase(Locale.ROOT)), LOW);
    FakeModel model = answers("a b", "Short", "Other");

    assertThat(model.context().call(() -> mixed.run(QUESTION))).isEqualTo(new Answer("a b"));
  }

  @Test
  void aTryThatFailsLosesNoOutputThatIsThere() {
    Checked<Question, Answer> soft = checked().soft();
    FakeModel poor = answers("a b", "c d", "e f");

    assertThat(
            FakeModel.responding(
                    request ->
                        FakeModel.reply(
                            FakeModel.last(request).contains(SHORT)
                                ? "mumble"
                                : FakeModel.chat("answer", "a b")))
                .context()
                .call(() -> soft.run(QUESTION)))
        .isEqualTo(new Answer("a b"));
    assertThat(
            poor.context().toBuilder()
                .budget(Budget.ofCalls(2))
                .build()
                .call(() -> soft.run(QUESTION)))
        .isEqualTo(new Answer("c d"));
    assertThatThrownBy(
            () ->
                answers("a b").context().toBuilder()
                    .budget(Budget.ofCalls(1))
                    .build()
                    .run(() -> checked().run(QUESTION)))
        .isInstanceOf(LmException.BudgetExhausted.class);
  }

  @Test
  void aCheckMaySayWhatIsWrongAndSeeTheInput() {
    Checked<Question, Answer> checked =
        Programs.answerer("Answer.")
            .checkWith(
                "echo",
                (in, out) ->
                    in.question().equals(out.answer())
                        ? Optional.of("do not repeat " + in.question())
                        : Optional.empty())
            .check((in, out) -> out.answer().length() < in.question().length(), "too long");
    FakeModel model = answers("How long?", "ok");

    assertThat(model.context().call(() -> checked.run(QUESTION))).isEqualTo(new Answer("ok"));
    assertThat(FakeModel.last(model.requests().get(1)))
        .contains("do not repeat How long?; too long");
  }

  @Test
  void aCheckThatThrowsIsTheProgramsFailureAndSaysSo() {
    Checked<Question, Answer> broken =
        Programs.answerer("Answer.")
            .check(
                out -> {
                  throw new IllegalStateException("no dictionary");
                },
                "unknown word");

    assertThatThrownBy(() -> answers("a").context().run(() -> broken.run(QUESTION)))
        .isInstanceOf(Checked.CheckFailedException.class)
        .hasMessageContaining("unknown word")
        .hasMessageContaining("no dictionary")
        .hasRootCauseMessage("no dictionary");
  }

  @Test
  void aCheckThatReturnsNullIsNamed() {
    Checked<Question, Answer> broken = Programs.answerer("Answer.").checkWith("tone", out -> null);

    assertThatThrownBy(() -> answers("a").context().run(() -> broken.run(QUESTION)))
        .isInstanceOf(Checked.CheckFailedException.class)
        .hasMessageContaining("\"tone\"")
        .hasMessageContaining("null result");
  }

  @Test
  void refusesTwoChecksOfOneName() {
    assertThatThrownBy(() -> checked().check(out -> true, SHORT))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> checked().retries(-1)).isInstanceOf(InvalidInputException.class);
  }

  @Test
  void predictorsKeepTheirNamesAndStatesAndSavedProgramsFit() {
    Checked<Question, Answer> around = Hop.create().check(out -> true, SHORT);

    assertThat(Predictors.of(around).byName().keySet()).containsExactly("query", "answer");
    assertThat(new ProgramRunner<>(around).name()).isEqualTo("Hop");
    var saved = Compiled.of(Hop.create()).toJson();
    assertThat(Compiled.fromJson(around, saved).state())
        .isEqualTo(Predictors.of(around).initialState());
  }

  @Test
  void metricsSeeAllTriesAndOptimizersLearnFromTheOneThatIsReturned() {
    Checked<Question, Answer> around =
        Hop.create().check(out -> !out.answer().contains(" "), SHORT);
    ProgramRunner<Question, Answer> runner = new ProgramRunner<>(around);
    FakeModel model =
        FakeModel.answering(
            request ->
                FakeModel.last(request).contains("[[ ## query ## ]]")
                    ? FakeModel.chat("query", "q")
                    : FakeModel.chat(
                        "answer", FakeModel.last(request).contains(SHORT) ? "ok" : "not ok"));

    var run =
        model.context().call(() -> runner.trace(runner.predictors().initialState(), QUESTION));

    assertThat(run.allSteps()).hasSize(4);
    assertThat(run.steps()).extracting(TraceStep::predictor).containsExactly("query", "answer");
    assertThat(run.steps().toString()).doesNotContain("not ok").doesNotContain(SHORT);
    assertThat(run.checks()).containsExactly(new ProgramRun.CheckResult(SHORT, 1, true));
    assertThat(run.outputs()).extracting(ProgramRunner.PartOutput::part).containsExactly(around);
  }

  @Test
  void failuresAndRepairsAreCountedInMetricsResultsNotesAndEvents() {
    FakeModel model =
        FakeModel.answering(
            request -> {
              String asked = FakeModel.last(request);
              boolean repairs = asked.contains(SHORT) && !asked.contains("never");
              boolean good = asked.contains("good") || repairs;
              return FakeModel.chat("answer", good ? "ok" : "not ok");
            });
    List<ProgramRun.CheckResult> seen = new ArrayList<>();
    List<String> events = new ArrayList<>();
    Metric<Question, Answer> metric =
        (example, output, run) -> {
          synchronized (seen) {
            seen.addAll(run.checks());
          }
          return Score.of(1);
        };
    Dataset<Question, Answer> data =
        Dataset.of(
            IntStream.range(0, 6)
                .mapToObj(
                    i ->
                        Example.of(
                            new Question((i < 3 ? "good " : i < 5 ? "bad " : "never ") + i),
                            new Answer("ok")))
                .toList());

    Evaluation<Question, Answer> evaluation =
        model.context().toBuilder()
            .listener(
                (event, metadata) -> {
                  if (event instanceof ProgramEvent.CheckFailed failed) {
                    synchronized (events) {
                      events.add(failed.check() + failed.tryNumber());
                    }
                  }
                })
            .build()
            .call(() -> Evaluator.of(data, metric).evaluate(checked().soft()));

    assertThat(seen).filteredOn(ProgramRun.CheckResult::repaired).hasSize(2);
    assertThat(seen).filteredOn(check -> !check.passed()).hasSize(1);
    assertThat(evaluation.notes())
        .contains(
            "The check \""
                + SHORT
                + "\" failed on 3 of 6 examples; another try passed it on 2 of them.");
    assertThat(evaluation.results().get(5).checks())
        .containsExactly(new ProgramRun.CheckResult(SHORT, 3, false));
    assertThat(events)
        .containsExactlyInAnyOrder(SHORT + 1, SHORT + 1, SHORT + 1, SHORT + 2, SHORT + 3);
  }

  @Test
  void aCheckThatCallsAModelAddsNoStepAndHearsNoAdvice() {
    Predict<Answer, Programs.Query> judge =
        Predict.of(Answer.class, Programs.Query.class, "Judge.");
    FakeModel model =
        FakeModel.answering(
            request ->
                FakeModel.system(request).contains("Judge.")
                    ? FakeModel.chat(
                        "query", FakeModel.last(request).contains("good") ? "yes" : "no")
                    : FakeModel.chat(
                        "answer", FakeModel.last(request).contains("refused") ? "good" : "poor"));
    Checked<Question, Answer> around =
        Programs.answerer("Answer.").check(out -> judge.run(out).query().equals("yes"), "poor one");
    ProgramRunner<Question, Answer> runner = new ProgramRunner<>(around);

    var run =
        model.context().call(() -> runner.trace(runner.predictors().initialState(), QUESTION));

    assertThat(run.output()).isEqualTo(new Answer("good"));
    assertThat(run.allSteps()).hasSize(2);
    assertThat(model.requests())
        .filteredOn(request -> FakeModel.system(request).contains("Judge."))
        .hasSize(2)
        .noneMatch(request -> FakeModel.last(request).contains("poor one"));
  }

  @Test
  void nestedChecksAddTheirAdvice() {
    Checked<Question, Answer> inner = checked();
    Checked<Question, Answer> outer =
        new Checkable(inner).check(out -> out.answer().startsWith("z"), "Begin with z");
    FakeModel model = answers("short", "a b", "zoo");

    assertThat(model.context().call(() -> outer.run(QUESTION))).isEqualTo(new Answer("zoo"));

    assertThat(FakeModel.last(model.requests().get(2))).contains("Begin with z", SHORT);
  }

  record Checkable(Program<Question, Answer> inner) implements Program<Question, Answer> {
    @Override
    public Answer run(Question input) {
      return inner.run(input);
    }
  }
}
