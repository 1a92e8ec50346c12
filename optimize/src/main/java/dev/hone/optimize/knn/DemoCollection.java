package dev.hone.optimize.knn;

import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.embed.Embedder;
import dev.hone.embed.Embedding;
import dev.hone.optimize.bootstrap.DemoCounts;
import dev.hone.optimize.bootstrap.LabeledDemos;
import dev.hone.optimize.bootstrap.SuccessfulTrace;
import dev.hone.program.Predict;
import dev.hone.program.Predictors;
import dev.hone.program.ProgramState;
import dev.hone.prompt.Demo;
import dev.hone.prompt.DemoSelection;
import dev.hone.random.RandomSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The demos of each predictor to choose from: one per training example, of its successful run if
 * there was one, else of its label where that fits; none twice, in the order of the trainset.
 */
record DemoCollection(Predictors predictors, Map<String, List<Demo>> byPredictor) {

  static DemoCollection of(
      Predictors predictors, Dataset<?, ?> trainset, List<SuccessfulTrace> traces, long seed) {
    Map<String, SuccessfulTrace> traceById = new HashMap<>();
    traces.forEach(trace -> traceById.putIfAbsent(trace.exampleId(), trace));
    Map<String, List<Demo>> byPredictor = new LinkedHashMap<>();
    predictors
        .byName()
        .forEach(
            (name, predict) -> {
              SplittableRandom random = new RandomSource(seed).of("knn-demos/" + name);
              byPredictor.put(name, demos(name, predict, trainset, traceById, random));
            });
    return new DemoCollection(predictors, byPredictor);
  }

  private static List<Demo> demos(
      String name,
      Predict<?, ?> predict,
      Dataset<?, ?> trainset,
      Map<String, SuccessfulTrace> traceById,
      SplittableRandom random) {
    Map<String, Demo> labeledById = new HashMap<>();
    LabeledDemos.fitting(predict, trainset.examples())
        .forEach(demo -> labeledById.put(demo.exampleId(), demo));
    LinkedHashSet<String> ids = new LinkedHashSet<>();
    trainset.examples().forEach((Example<?, ?> example) -> ids.add(example.id()));
    List<Demo> demos = new ArrayList<>();
    for (String id : ids) {
      Optional.ofNullable(traceById.get(id))
          .flatMap(trace -> trace.demo(name, predict, random))
          .or(() -> Optional.ofNullable(labeledById.get(id)))
          .ifPresent(demos::add);
    }
    return LabeledDemos.distinct(demos);
  }

  /** The number of demos from labels that each predictor has. */
  Map<String, Integer> labeled() {
    return Collections.unmodifiableMap(count().of(Demo.Origin.LABELED));
  }

  /** The number of demos from successful runs that each predictor has. */
  Map<String, Integer> bootstrapped() {
    return Collections.unmodifiableMap(count().of(Demo.Origin.BOOTSTRAPPED));
  }

  /** The number of demos that each predictor has. */
  DemoCounts count() {
    DemoCounts counts = new DemoCounts();
    byPredictor.forEach(counts::take);
    return counts;
  }

  /** The state in which each call shows the k nearest. Embeds every demo's inputs, concurrently. */
  ProgramState state(int k, Embedder embedder) {
    ProgramState state = predictors.initialState();
    for (var entry : byPredictor.entrySet()) {
      List<Demo> demos = entry.getValue();
      List<Embedding> vectors =
          Context.current()
              .workers()
              .map(demos, demo -> embedder.embed(DemoSelection.text(demo.inputs())));
      DemoSelection nearest =
          demos.isEmpty()
              ? DemoSelection.all()
              : new DemoSelection.Nearest(k, embedder.id(), vectors);
      state = state.with(entry.getKey(), state.of(entry.getKey()).withDemos(demos, nearest));
    }
    return state;
  }
}
