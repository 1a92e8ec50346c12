package dev.hone.optimize.run;

import dev.hone.context.LmEvent;
import dev.hone.context.Spend;
import dev.hone.context.SpendMeter;
import dev.hone.evaluate.EvaluationEvent;
import dev.hone.history.PredictorUsage;
import dev.hone.observe.Event;
import dev.hone.observe.EventListener;
import dev.hone.optimize.RunFigures;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Adds up what a run costs, by stage, by model and by predictor. Thread-safe. */
final class RunMeter implements EventListener {
  private final Map<String, SpendMeter> spendByModel = new TreeMap<>();
  private final Map<String, Duration> durationByModel = new TreeMap<>();
  private final Map<String, Spend> spendByStage = new LinkedHashMap<>();
  private final Map<String, Duration> durationByStage = new LinkedHashMap<>();
  private final Map<String, PredictorUsage> usageByPredictor = new TreeMap<>();
  private Spend judgeSpend = Spend.NONE;
  private long knownExamples;

  @Override
  public synchronized void onEvent(Event event, Map<String, String> metadata) {
    if (event instanceof LmEvent.CallAnswered answered) {
      spendOf(answered.modelId()).onEvent(event, metadata);
      durationByModel.merge(answered.modelId(), answered.duration(), Duration::plus);
    } else if (event instanceof LmEvent.AttemptFailed failed) {
      spendOf(failed.modelId()).onEvent(event, metadata);
    } else if (event instanceof LmEvent.CallFailed failed) {
      durationByModel.merge(failed.modelId(), failed.duration(), Duration::plus);
    } else if (event instanceof EvaluationEvent.ExampleFinished finished) {
      take(finished);
    }
  }

  private void take(EvaluationEvent.ExampleFinished finished) {
    if (finished.known()) {
      knownExamples++;
    } else {
      judgeSpend = judgeSpend.plus(finished.result().judgeSpend());
      PredictorUsage.of(finished.result().ownSteps())
          .forEach((name, usage) -> usageByPredictor.merge(name, usage, PredictorUsage::plus));
    }
  }

  private SpendMeter spendOf(String modelId) {
    return spendByModel.computeIfAbsent(modelId, id -> new SpendMeter());
  }

  /** Adds to what a stage cost. */
  synchronized void closeStage(String stage, Spend spend, Duration duration) {
    spendByStage.merge(stage, spend, Spend::plus);
    durationByStage.merge(stage, duration, Duration::plus);
  }

  /** Stages in the order in which they were first closed, models by their ids. */
  synchronized RunFigures.Builder figures() {
    RunFigures.Builder figures = RunFigures.builder();
    spendByStage.forEach(
        (stage, spend) ->
            figures.stage(stage, spend, durationByStage.getOrDefault(stage, Duration.ZERO)));
    spendByModel.forEach(
        (model, meter) ->
            figures.model(
                model, meter.total(), durationByModel.getOrDefault(model, Duration.ZERO)));
    return figures.predictors(usageByPredictor).judge(judgeSpend).knownExamples(knownExamples);
  }
}
