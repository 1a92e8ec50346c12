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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

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
                      .build()));

  private static final String LONG =
      "the server said that the credential is that of another account";

  private final StringWriter text = new StringWriter();

  private void show(boolean terminal, Event... events) {
    Progress progress = new Progress(new PrintWriter(text), terminal);
    for (Event event : events) {
      progress.onEvent(event, Map.of());
    }
    progress.close();
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
        false,
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

  @Test
  void keepsToOneLineOfATerminalAndLeavesNothingOnIt() {
    show(
        true,
        new DemoEvent.Measuring(STAMP, "MIPROv2 light"),
        PLANNED,
        answered(),
        trial(131, 7, 10, 1, 1),
        new DemoEvent.Measuring(STAMP, "a program whose name leaves no room for much"),
        trial(132, 7, 10, 1, 1),
        callFailed(new LmException.Unauthorized(LONG, null)));

    String[] drawn = text.toString().split("\r");
    assertThat(text.toString()).doesNotContain("\n").endsWith("\r");
    assertThat(drawn).allSatisfy(line -> assertThat(line.length()).isIn(0, 49));
    assertThat(drawn[drawn.length - 1]).isBlank();
    assertThat(text.toString())
        .contains("[0 s] MIPROv2 light: at most 600 program runs")
        .contains("[0 s] trial 132: 100.0 on 10, best 100.0; 1 call ")
        .contains("[0 s] trial 133: 100.0 on 10, best 100.0 ")
        .contains("[0 s] a call failed: the server said that the", "…");
  }

  @Test
  void showsTheWholeMessageOfAFailureWhereThereIsNoTerminal() {
    show(false, callFailed(new LmException.Unauthorized(LONG, null)));

    assertThat(text.toString().lines()).containsExactly("[0 s] a call failed: " + LONG);
  }

  @Test
  void leavesOutTheCallsWhereThereIsNoRoom() {
    Event[] events = new Event[10_001];
    Arrays.fill(events, answered());
    events[10_000] = trial(131, 7, 10, 1, 1);

    show(false, events);

    assertThat(text.toString().lines()).containsExactly("[0 s] trial 132: 100.0 on 10, best 100.0");
  }

  @Test
  void saysThatACallIsTriedAgain() {
    show(false, failed(new LmException.Unavailable("down", null, null)));
    show(false, failed(new LmException.TimedOut("late", null)));
    show(false, failed(new LmException.RateLimited("later", Duration.ofSeconds(7), null)));

    assertThat(text.toString().lines())
        .containsExactly(
            "[0 s] model not reached, retry 1 of 3 in 0.5 s",
            "[0 s] no answer in time, retry 1 of 3 in 0.5 s",
            "[0 s] rate limit reached, retry 1 of 3 in 7.9 s");
  }

  @Test
  void complainsOnceWhenManyCallsFailTogether() {
    Event down = failed(new LmException.Unavailable("down", null, null));

    show(false, down, down, down);

    assertThat(text.toString().lines()).hasSize(1);
  }

  @Test
  void countsTheRetriesOfEachCall() {
    Failures failures = new Failures(Demo.RETRY);
    Event down = failed(new LmException.Unavailable("down", null, null));

    assertThat(failures.of(down)).hasValueSatisfying(s -> assertThat(s).contains("retry 1 of 3"));
    assertThat(failures.of(down)).hasValueSatisfying(s -> assertThat(s).contains("retry 2 of 3"));
    assertThat(failures.of(down)).hasValueSatisfying(s -> assertThat(s).contains("in 2.0 s"));
    assertThat(failures.of(down)).isEmpty();
    assertThat(failures.of(answered())).isEmpty();
    assertThat(failures.of(down)).hasValueSatisfying(s -> assertThat(s).contains("retry 1 of 3"));
    assertThat(failures.of(failed(new LmException.Unauthorized("no", null)))).isEmpty();
  }
}
