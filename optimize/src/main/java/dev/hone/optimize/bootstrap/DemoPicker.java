package dev.hone.optimize.bootstrap;

import dev.hone.data.Dataset;
import dev.hone.optimize.candidate.BootstrapSettings;
import dev.hone.program.Predict;
import dev.hone.program.Predictors;
import dev.hone.prompt.Demo;
import dev.hone.random.RandomSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * Makes demo sets, one per predictor, of successful traces and labelled examples; no demo twice.
 */
public final class DemoPicker {
  private final Map<String, List<Demo>> labeledByPredictor = new LinkedHashMap<>();
  private final Predictors predictors;
  private final BootstrapSettings settings;

  /** A picker of the demos that these examples and the traces of their runs give. */
  public DemoPicker(Predictors predictors, Dataset<?, ?> trainset, BootstrapSettings settings) {
    this.predictors = predictors;
    this.settings = settings;
    predictors
        .byName()
        .forEach(
            (name, predict) ->
                labeledByPredictor.put(
                    name,
                    LabeledDemos.distinct(LabeledDemos.fitting(predict, trainset.examples()))));
  }

  private Predict<?, ?> predict(String name) {
    return Objects.requireNonNull(predictors.byName().get(name));
  }

  /** Labelled demos only. */
  public Map<String, List<Demo>> labeled(SplittableRandom random) {
    return demos(List.of(), random);
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

  /** Demos of these traces, filled up with labelled ones of other examples. */
  public Map<String, List<Demo>> demos(List<SuccessfulTrace> traces, SplittableRandom random) {
    Map<String, List<Demo>> result = new LinkedHashMap<>();
    Set<String> used = new HashSet<>();
    traces.forEach(trace -> used.add(trace.exampleId()));
    labeledByPredictor.forEach(
        (name, labeled) -> {
          List<Demo> recorded = new ArrayList<>();
          traces.forEach(trace -> trace.demo(name, predict(name), random).ifPresent(recorded::add));
          List<Demo> demos = new ArrayList<>(LabeledDemos.distinct(recorded));
          Set<LabeledDemos.Shown> shown =
              demos.stream().map(LabeledDemos.Shown::of).collect(Collectors.toSet());
          List<Demo> others =
              labeled.stream()
                  .filter(demo -> !used.contains(demo.exampleId()))
                  .filter(demo -> !shown.contains(LabeledDemos.Shown.of(demo)))
                  .toList();
          int wanted = Math.max(0, settings.maxLabeledDemos() - demos.size());
          demos.addAll(RandomSource.sample(others, wanted, random.split()));
          result.put(name, List.copyOf(demos));
        });
    return result;
  }
}
