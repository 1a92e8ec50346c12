package dev.hone.optimize.bootstrap;

import dev.hone.data.Dataset;
import dev.hone.json.Json;
import dev.hone.optimize.candidate.BootstrapSettings;
import dev.hone.program.Predictors;
import dev.hone.prompt.Demo;
import dev.hone.random.RandomSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Makes demo sets, one per predictor, of successful traces and labelled examples; no demo twice.
 */
public final class DemoPicker {
  private final Map<String, List<Demo>> labeledByPredictor = new LinkedHashMap<>();
  private final Map<String, Demo> wholeById = new HashMap<>();
  private final BootstrapSettings settings;

  /** A picker of the demos that these examples and the traces of their runs give. */
  public DemoPicker(Predictors predictors, Dataset<?, ?> trainset, BootstrapSettings settings) {
    this.settings = settings;
    predictors
        .byName()
        .forEach(
            (name, predict) ->
                labeledByPredictor.put(
                    name,
                    LabeledDemos.distinct(LabeledDemos.fitting(predict, trainset.examples()))));
    trainset.forEach(example -> wholeById.putIfAbsent(example.id(), LabeledDemos.whole(example)));
  }

  /** Random labelled demos only. */
  public Map<String, List<Demo>> labeled(SplittableRandom random) {
    return demos(List.of(), DemoChoice.RANDOM, random);
  }

  /** The first labelled demos of each predictor. */
  public Map<String, List<Demo>> firstLabeled() {
    Map<String, List<Demo>> result = new LinkedHashMap<>();
    labeledByPredictor.forEach(
        (name, labeled) ->
            result.put(
                name, labeled.subList(0, Math.min(settings.maxLabeledDemos(), labeled.size()))));
    return result;
  }

  /** Some of these traces, chosen by the examples that they ran on. */
  public List<SuccessfulTrace> chosen(
      List<SuccessfulTrace> traces, int count, DemoChoice choice, RandomGenerator random) {
    if (choice == DemoChoice.RANDOM) {
      return RandomSource.sample(traces, count, random);
    }
    Map<Demo, SuccessfulTrace> byExample = new LinkedHashMap<>();
    traces.forEach(trace -> byExample.putIfAbsent(wholeOf(trace), trace));
    List<Demo> examples = List.copyOf(byExample.keySet());
    return DemoOrder.choose(choice, List.of(), examples, count, random).stream()
        .map(byExample::get)
        .toList();
  }

  private Demo wholeOf(SuccessfulTrace trace) {
    return wholeById.computeIfAbsent(
        trace.exampleId(),
        id -> new Demo(Json.object(), Json.object(), Demo.Origin.BOOTSTRAPPED, id));
  }

  /** Demos of these traces, filled up with random labelled ones of other examples. */
  public Map<String, List<Demo>> demos(List<SuccessfulTrace> traces, SplittableRandom random) {
    return demos(traces, DemoChoice.RANDOM, random);
  }

  /**
   * Demos of these traces, filled up with labelled ones of other examples. Where all labelled ones
   * would find room, sets that are to be others than that of all are filled up with a half of them.
   *
   * @param choice how the labelled ones are chosen, beside those of the traces
   */
  public Map<String, List<Demo>> demos(
      List<SuccessfulTrace> traces, DemoChoice choice, SplittableRandom random) {
    Map<String, List<Demo>> result = new LinkedHashMap<>();
    Set<String> used = new HashSet<>();
    traces.forEach(trace -> used.add(trace.exampleId()));
    labeledByPredictor.forEach(
        (name, labeled) -> {
          List<Demo> recorded = new ArrayList<>();
          traces.forEach(trace -> trace.demo(name, random).ifPresent(recorded::add));
          List<Demo> demos = new ArrayList<>(LabeledDemos.distinct(recorded));
          Set<LabeledDemos.Shown> shown = LabeledDemos.shown(demos);
          List<Demo> others =
              labeled.stream()
                  .filter(demo -> !used.contains(demo.exampleId()))
                  .filter(demo -> !shown.contains(LabeledDemos.Shown.of(demo)))
                  .toList();
          int room = Math.max(0, settings.maxLabeledDemos() - demos.size());
          boolean half = choice.leavesSomeOut() && room >= others.size();
          int wanted = half ? others.size() / 2 : room;
          demos.addAll(
              DemoOrder.choose(choice, List.copyOf(demos), others, wanted, random.split()));
          result.put(name, List.copyOf(demos));
        });
    return result;
  }
}
