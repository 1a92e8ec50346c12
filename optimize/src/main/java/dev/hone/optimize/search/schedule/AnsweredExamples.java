package dev.hone.optimize.search.schedule;

import dev.hone.context.Spend;
import dev.hone.context.SpendMeter;
import dev.hone.data.Example;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.EvaluationEngine;
import dev.hone.evaluate.EvaluationEvent;
import dev.hone.evaluate.ExampleResult;
import dev.hone.observe.Event;
import dev.hone.observe.EventListener;
import dev.hone.optimize.search.EvaluationRequest;
import dev.hone.optimize.search.EvaluationScores;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The results and the cost of a trial so far, for one that is stopped before its end. Thread-safe.
 */
public final class AnsweredExamples<I, O> implements EventListener {
  private final SpendMeter meter = new SpendMeter();
  private final Map<String, Example<I, O>> examplesById;
  private final Map<String, ExampleResult<I, O>> resultsById = new ConcurrentHashMap<>();

  /** Takes what becomes of these examples. */
  public AnsweredExamples(List<Example<I, O>> examples) {
    examplesById =
        examples.stream().collect(Collectors.toMap(Example::id, e -> e, (first, equal) -> first));
  }

  @Override
  @SuppressWarnings("unchecked") // the result of one of these examples has their types
  public void onEvent(Event event, Map<String, String> metadata) {
    meter.onEvent(event, metadata);
    if (event instanceof EvaluationEvent.ExampleFinished finished
        && examplesById.containsKey(finished.result().example().id())) {
      resultsById.put(finished.result().example().id(), (ExampleResult<I, O>) finished.result());
    }
  }

  /** What became of an example, if that is known. */
  public Optional<ExampleResult<I, O>> result(Example<I, O> example) {
    return Optional.ofNullable(resultsById.get(example.id()));
  }

  /** The scores of a request, as far as what became of its examples is known. */
  public EvaluationScores scores(
      EvaluationRequest request, List<Example<I, O>> examples, EvaluationEngine<I, O> engine) {
    List<OptionalDouble> scores = new ArrayList<>();
    List<Optional<Object>> observations = new ArrayList<>();
    for (int index : request.examples()) {
      Evaluation<I, O> one = engine.of(result(examples.get(index)).stream().toList());
      scores.add(one.scores().stream().findFirst().orElse(OptionalDouble.empty()));
      observations.add(one.observations().stream().findFirst().orElse(Optional.empty()));
    }
    return new EvaluationScores(request, scores, observations);
  }

  /** What was paid for, calls for examples without a result included. */
  public Spend spend() {
    return meter.total();
  }
}
