package dev.hone.optimize.run;

import dev.hone.context.LmEvent;
import dev.hone.context.Spend;
import dev.hone.context.SpendMeter;
import dev.hone.observe.Event;
import dev.hone.observe.EventListener;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Adds up what a run costs, by stage and by model. Thread-safe. */
public final class RunMeter implements EventListener {
  private final Map<String, SpendMeter> byModel = new TreeMap<>();
  private final Map<String, Spend> byStage = new LinkedHashMap<>();

  @Override
  public synchronized void onEvent(Event event, Map<String, String> metadata) {
    if (event instanceof LmEvent.CallAnswered answered) {
      of(answered.modelId()).onEvent(event, metadata);
    } else if (event instanceof LmEvent.AttemptFailed failed) {
      of(failed.modelId()).onEvent(event, metadata);
    }
  }

  private SpendMeter of(String modelId) {
    return byModel.computeIfAbsent(modelId, id -> new SpendMeter());
  }

  /** Adds to what a stage cost. */
  public synchronized void closeStage(String stage, Spend spend) {
    byStage.merge(stage, spend, Spend::plus);
  }

  /** What each stage cost, in the order in which they were first closed. */
  public synchronized Map<String, Spend> byStage() {
    return new LinkedHashMap<>(byStage);
  }

  /** What each model cost, by its id. */
  public synchronized Map<String, Spend> byModel() {
    Map<String, Spend> result = new TreeMap<>();
    byModel.forEach((model, meter) -> result.put(model, meter.total()));
    return result;
  }
}
