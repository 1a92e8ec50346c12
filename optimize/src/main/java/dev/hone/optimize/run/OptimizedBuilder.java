package dev.hone.optimize.run;

import dev.hone.compiled.Compiled;
import dev.hone.compiled.Provenance;
import dev.hone.compiled.Provenance.MeasuredScore;
import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.json.Json;
import dev.hone.optimize.OptimizationReport;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.Optimized;
import dev.hone.program.ProgramState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts together what an optimizer returns: the program with what was learnt, the report, and where
 * it all comes from. Not thread-safe.
 *
 * @param <I> what the program takes
 * @param <O> what it returns
 * @param <R> the type of the report
 */
public final class OptimizedBuilder<I, O, R extends OptimizationReport> {
  private final String optimizer;
  private final OptimizationTask<I, O> task;
  private final ProgramState state;
  private final R report;
  private final List<MeasuredScore> scores = new ArrayList<>();
  private final Map<String, String> dataFingerprints = new LinkedHashMap<>();
  private final Map<String, String> modelIds = new LinkedHashMap<>();
  private ObjectNode settings = Json.object();
  private long seed;

  /**
   * A builder.
   *
   * @param state what was learnt for the student of the task
   */
  public OptimizedBuilder(
      String optimizer, OptimizationTask<I, O> task, ProgramState state, R report) {
    this.optimizer = optimizer;
    this.task = task;
    this.state = state;
    this.report = report;
    data("trainset", task.trainset());
    task.testset().ifPresent(testset -> data("testset", testset));
  }

  /** The optimizer's settings, all of them, and its seed. */
  public OptimizedBuilder<I, O, R> settings(ObjectNode all, long seedOfAll) {
    settings = all.deepCopy();
    seed = seedOfAll;
    return this;
  }

  /**
   * Adds a setting: a number, a truth value or a text; anything else as what its {@code toString}
   * gives.
   */
  public OptimizedBuilder<I, O, R> setting(String name, Object value) {
    if (value instanceof Integer || value instanceof Long) {
      settings.put(name, ((Number) value).longValue());
    } else if (value instanceof Number number) {
      settings.put(name, number.doubleValue());
    } else if (value instanceof Boolean truth) {
      settings.put(name, truth);
    } else {
      settings.put(name, String.valueOf(value));
    }
    return this;
  }

  /** Takes the scores of the report, with what they were measured on, such as its role. */
  public OptimizedBuilder<I, O, R> scoredOn(String examples) {
    report.baselineScore().ifPresent(it -> scores.add(it.measured("baseline on the " + examples)));
    report.bestScore().ifPresent(it -> scores.add(it.measured("best on the " + examples)));
    return this;
  }

  /**
   * Examples that were used in a role, such as {@code valset}; the trainset is that of the task.
   */
  public OptimizedBuilder<I, O, R> data(String role, Dataset<I, O> examples) {
    dataFingerprints.put(role, examples.fingerprint());
    return this;
  }

  /** A model that took part in a role, such as {@code task}. */
  public OptimizedBuilder<I, O, R> model(String role, String modelId) {
    modelIds.put(role, modelId);
    return this;
  }

  /** Takes the model of the current context, which took part in a role, such as {@code task}. */
  public OptimizedBuilder<I, O, R> model(String role) {
    return model(role, Context.current().lm().id());
  }

  /** Puts it together. */
  public Optimized<I, O, R> build() {
    Provenance provenance =
        Provenance.builder(optimizer)
            .settings(settings, seed)
            .scores(scores)
            .dataFingerprints(dataFingerprints)
            .modelIds(modelIds)
            .build();
    return Optimized.of(Compiled.of(task.student(), state, provenance), report);
  }
}
