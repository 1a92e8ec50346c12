package dev.hone.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.context.Context;
import dev.hone.context.LmEvent;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.observe.Event;
import dev.hone.observe.EventStamp;
import dev.hone.observe.Span;
import dev.hone.optimize.OptimizationPlan;
import dev.hone.optimize.OptimizerEvent;
import dev.hone.optimize.PlannedStage;
import dev.hone.optimize.mipro.MiproV2Event;
import dev.hone.optimize.mipro.MiproV2Plan;
import dev.hone.optimize.mipro.TrialRecord;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.ConfigurationSummary;
import dev.hone.optimize.search.EvaluationRequest;
import dev.hone.pipeline.LmPipeline;
import dev.hone.pipeline.RetrySettings;
import dev.hone.testkit.ScriptedModel;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressTest {
  private static final LmRequest REQUEST = LmRequest.of(LmMessage.user("hi"));
  private static final EventStamp STAMP = Span.none(Clock.systemUTC()).stamp();
  private static final Event PLANNED =
      new MiproV2Event.Planned(
          STAMP,
          MiproV2Plan.builder()
              .build(
                  OptimizationPlan.builder("MiproV2")
                      .validationExamples(45)
                      .maxProgramRuns(600)
                      .stage(PlannedStage.of("search", "100 runs", 1, 100))
                      .build()));

  private static final Event STARTED =
      new OptimizerEvent.OptimizerStarted(STAMP, "MiproV2", 100, 45);
  private static final Event SEARCH =
      new OptimizerEvent.StageStarted(STAMP, "MiproV2", "search", "find the best");

  private static final String LONG =
      "the server said that the credential is that of another account";

  private final StringWriter text = new StringWriter();

  private long nanos = 1;

  private Progress progress(Progress.Mode mode, int columns) {
    return new Progress(new PrintWriter(text), mode, columns, () -> nanos);
  }

  private void show(Event... events) {
    try (Progress progress = progress(Progress.Mode.LINES, 0)) {
      for (Event event : events) {
        progress.onEvent(event, Map.of());
      }
    }
  }

  /** What a terminal shows: carriage returns overwrite. */
  private String screen() {
    StringBuilder line = new StringBuilder();
    int column = 0;
    for (char c : text.toString().toCharArray()) {
      if (c == '\r') {
        column = 0;
      } else {
        line.setLength(Math.max(line.length(), column));
        line.replace(column, Math.min(line.length(), column + 1), String.valueOf(c));
        column++;
      }
    }
    return line.toString().stripTrailing();
  }

  private static Event trial(int index, int choice, int examples, double score, double best) {
    EvaluationRequest.Kind kind =
        examples == 45 ? EvaluationRequest.Kind.FULL : EvaluationRequest.Kind.MINIBATCH;
    Configuration configuration = Configuration.of(choice);
    List<Integer> indices = IntStream.range(0, examples).boxed().toList();
    EvaluationRequest ask =
        new EvaluationRequest(index, kind, configuration, indices, EvaluationRequest.Choice.GUIDED);
    TrialRecord.Builder trial = TrialRecord.builder(ask);
    return new MiproV2Event.TrialFinished(
        STAMP,
        score < 0 ? trial.build() : trial.score(score, null).build(),
        0,
        best < 0
            ? Optional.empty()
            : Optional.of(new ConfigurationSummary(configuration, best, examples, true)));
  }

  private static Event failed(LmException error) {
    ScriptedModel model =
        ScriptedModel.replying(
            request -> {
              throw error;
            });
    return only(LmEvent.AttemptFailed.class, model);
  }

  private static Event answered() {
    return only(LmEvent.CallAnswered.class, ScriptedModel.answering(request -> "hi"));
  }

  private static Event callFailed(LmException error) {
    return only(
        LmEvent.CallFailed.class,
        ScriptedModel.answering(
            request -> {
              throw error;
            }));
  }

  /** The event of a kind that one call of a model gives. */
  private static Event only(Class<? extends LmEvent> kind, LanguageModel model) {
    List<Event> events = new ArrayList<>();
    LmPipeline pipeline = LmPipeline.builder(model).retry(RetrySettings.none()).build();
    Context context =
        Context.builder().lm(pipeline).listener((event, metadata) -> events.add(event)).build();
    try {
      context.callModel(REQUEST);
    } catch (LmException expected) {
      assertThat(kind).isIn(LmEvent.AttemptFailed.class, LmEvent.CallFailed.class);
    }
    return events.stream().filter(kind::isInstance).findFirst().orElseThrow();
  }

  @Test
  void numbersTrialsFromOneAndSaysHowMuchTheySaw() {
    show(
        PLANNED,
        trial(0, 7, 10, 0.45, -1),
        trial(1, 7, 5, 0.85, 0.706),
        trial(2, 7, 45, 0.72, 0.72),
        trial(3, 8, 10, -1, 0.72));

    assertThat(text.toString().lines())
        .containsExactly(
            "[0 s] at most 600 program runs",
            "[0 s] trial 1: 45.0 on 10",
            "[0 s] trial 2: 85.0 on 5, best 70.6",
            "[0 s] trial 3: 72.0 on all 45, best 72.0",
            "[0 s] trial 4: no score on 10, best 72.0");
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 20, 50, 80, 200})
  void isNeverWiderThanTheTerminalAndLeavesNothingOnIt(int columns) {
    Progress progress = progress(Progress.Mode.BAR, columns);
    progress.stage("a program whose name leaves no room for much 長い名前");
    List<String> shown = new ArrayList<>();
    for (Event event : List.of(STARTED, PLANNED, SEARCH, answered(), trial(131, 7, 10, 1, 1))) {
      nanos += Duration.ofSeconds(3).toNanos();
      progress.onEvent(event, Map.of());
      shown.add(screen());
    }
    progress.onEvent(callFailed(new LmException.Unauthorized(LONG, null)), Map.of());
    shown.add(screen());
    progress.close();

    assertThat(text.toString()).doesNotContain("\n").endsWith("\r");
    assertThat(shown).allSatisfy(line -> assertThat(line).hasSizeBetween(1, columns - 1));
    assertThat(screen()).isEmpty();
  }

  @Test
  void showsStageBarShareScoreCallsAndTimeLeft() {
    Progress progress = progress(Progress.Mode.BAR, 80);
    for (Event event : List.of(STARTED, PLANNED, SEARCH)) {
      progress.onEvent(event, Map.of());
    }
    for (int call = 0; call < 25; call++) {
      nanos += Duration.ofMillis(400).toNanos();
      progress.onEvent(answered(), Map.of());
    }
    progress.onEvent(trial(3, 7, 10, 0.5, 0.773), Map.of());

    assertThat(screen())
        .isEqualTo(
            "searching  [#######---------------------]  25 %  best 77.3  25 calls  30 s left");
    progress.close();
    assertThat(screen()).isEmpty();

    text.getBuffer().setLength(0);
    Progress wide = progress(Progress.Mode.BAR, 200);
    for (Event event : List.of(STARTED, PLANNED, SEARCH)) {
      wide.onEvent(event, Map.of());
    }
    for (int call = 0; call < 25; call++) {
      nanos += Duration.ofMillis(400).toNanos();
      wide.onEvent(answered(), Map.of());
    }
    assertThat(screen()).contains("[#######-----------------------]  25 %", "25 calls  30 s left");
  }

  @Test
  void countsWhatACommandCountsByItself() {
    Progress progress = progress(Progress.Mode.BAR, 50);
    progress.stage("writing", 4);
    progress.advance();
    nanos += Duration.ofSeconds(1).toNanos();
    progress.advance();

    assertThat(screen()).isEqualTo("writing  [#########----------]  50 %  2 of 4  1 s");
  }

  @Test
  void saysSomethingAboveTheBarThatStays() {
    Progress progress = progress(Progress.Mode.BAR, 50);
    progress.stage("writing", 4);
    progress.say("a note");

    assertThat(text.toString()).contains("\ra note" + System.lineSeparator() + "\rwriting  [");
  }

  @Test
  void showsForAWhileWhyCallsWait() {
    Progress progress = progress(Progress.Mode.BAR, 80);
    progress.stage("testing", 4);
    progress.onEvent(
        failed(new LmException.RateLimited("later", Duration.ofSeconds(7), null)), Map.of());

    assertThat(screen()).isEqualTo("testing  rate limit reached, retry 1 of 3 in 7.9 s");

    nanos += Duration.ofSeconds(9).toNanos();
    progress.advance();

    assertThat(screen())
        .isEqualTo("testing  [#######-----------------------]  25 %  1 of 4  1 call  27 s left");
  }

  @Test
  void isSilentWhenAskedToBe() {
    try (Progress progress = progress(Progress.Mode.NOTHING, 0)) {
      progress.stage("testing", 4);
      progress.onEvent(trial(3, 7, 10, 0.5, 0.773), Map.of());
      progress.say("a note");
    }

    assertThat(text.toString()).isEmpty();
  }

  @Test
  void showsNoBarAfterCtrlC() {
    Progress progress = progress(Progress.Mode.BAR, 80);
    progress.stage("testing", 4);
    progress.hide();
    progress.advance();
    progress.stage("more", 2);

    assertThat(screen()).isEmpty();
  }

  @Test
  void showsTheWholeMessageOfAFailureWhereThereIsNoTerminal() {
    show(callFailed(new LmException.Unauthorized(LONG, null)));

    assertThat(text.toString().lines()).containsExactly("[0 s] a call failed: " + LONG);
  }

  @Test
  void saysThatACallIsTriedAgain() {
    show(failed(new LmException.Unavailable("down", null, null)));
    show(failed(new LmException.TimedOut("late", null)));
    show(failed(new LmException.RateLimited("later", Duration.ofSeconds(7), null)));

    assertThat(text.toString().lines())
        .containsExactly(
            "[0 s] model not reached, retry 1 of 3 in 0.5 s",
            "[0 s] no answer in time, retry 1 of 3 in 0.5 s",
            "[0 s] rate limit reached, retry 1 of 3 in 7.9 s");
  }

  @Test
  void complainsOnceWhenManyCallsFailTogether() {
    Event down = failed(new LmException.Unavailable("down", null, null));

    show(down, down, down);

    assertThat(text.toString().lines()).hasSize(1);
  }

  @Test
  void countsTheRetriesOfEachCall() {
    RetryPhrases retries = new RetryPhrases(RetrySettings.defaults());
    Event down = failed(new LmException.Unavailable("down", null, null));

    assertThat(retries.of(down).orElseThrow().text()).contains("retry 1 of 3");
    assertThat(retries.of(down).orElseThrow().text()).contains("retry 2 of 3");
    assertThat(retries.of(down).orElseThrow().text()).contains("in 2.0 s");
    assertThat(retries.of(down)).isEmpty();
    assertThat(retries.of(answered())).isEmpty();
    assertThat(retries.of(down).orElseThrow().text()).contains("retry 1 of 3");
    assertThat(retries.of(failed(new LmException.Unauthorized("no", null)))).isEmpty();
  }
}
