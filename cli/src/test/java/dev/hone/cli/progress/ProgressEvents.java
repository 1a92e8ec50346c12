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
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Events as an optimizer and a pipeline give them. */
final class ProgressEvents {
  private static final LmRequest REQUEST = LmRequest.of(LmMessage.user("hi"));
  private static final EventStamp STAMP = Span.none(Clock.systemUTC()).stamp();
  static final Event PLANNED =
      new MiproV2Event.Planned(
          STAMP,
          MiproV2Plan.builder()
              .build(
                  OptimizationPlan.builder("MiproV2")
                      .validationExamples(45)
                      .maxProgramRuns(600)
                      .stage(PlannedStage.of("search", "100 runs", 1, 100))
                      .build()));

  static final Event STARTED = new OptimizerEvent.OptimizerStarted(STAMP, "MiproV2", 100, 45);
  static final Event SEARCH =
      new OptimizerEvent.StageStarted(STAMP, "MiproV2", "search", "find the best");

  static final String LONG = "the server said that the credential is that of another account";

  static Event trial(int index, int choice, int examples, double score, double best) {
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

  static Event failed(LmException error) {
    ScriptedModel model =
        ScriptedModel.replying(
            request -> {
              throw error;
            });
    return only(LmEvent.AttemptFailed.class, model);
  }

  static Event answered() {
    return only(LmEvent.CallAnswered.class, ScriptedModel.answering(request -> "hi"));
  }

  static Event callFailed(LmException error) {
    return only(
        LmEvent.CallFailed.class,
        ScriptedModel.answering(
            request -> {
              throw error;
            }));
  }

  /** The event of a kind that one call of a model gives. */
  static Event only(Class<? extends LmEvent> kind, LanguageModel model) {
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

  private ProgressEvents() {}
}
