package dev.hone.benchmarks.ablation;

import dev.hone.context.Context;
import dev.hone.context.SpendMeter;
import dev.hone.data.Dataset;
import dev.hone.evaluate.EvaluationEngine;
import dev.hone.evaluate.EvaluationSettings;
import dev.hone.examples.BuiltInTask;
import dev.hone.lm.LmUsage;
import dev.hone.local.EmbeddedModel;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.mipro.CandidateSpace;
import dev.hone.optimize.mipro.MiproV2;
import dev.hone.optimize.mipro.MiproV2Report;
import dev.hone.optimize.mipro.MiproV2Settings;
import dev.hone.optimize.run.TaskData;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.SearchProblem;
import dev.hone.pipeline.LmPipeline;
import dev.hone.program.Predictors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import tools.jackson.databind.node.ObjectNode;

/**
 * What every configuration of a real search space scores on every validation example, and on the
 * test set: searches are played on it without calling a model again.
 *
 * @param problem the search space with its validation examples
 * @param outcomes a score per validation example, by configuration
 * @param testScores the mean score on the test set, by configuration
 * @param tokens the prompt and completion tokens of a run on the test set, in the mean, by
 *     configuration; validation outcomes of some are known from the optimizer's run
 * @param candidates the instructions and demo sets
 */
record RecordedOutcomes(
    SearchProblem problem,
    Map<Configuration, List<OptionalDouble>> outcomes,
    Map<Configuration, Double> testScores,
    Map<Configuration, Double> tokens,
    CandidateSpace candidates) {

  /** Bootstraps and proposes as MIPROv2 does, then evaluates every configuration on everything. */
  static RecordedOutcomes of(BuiltInTask<ObjectNode, ObjectNode> task, MiproV2 optimizer) {
    SpendMeter spent = new SpendMeter();
    Context context =
        Context.builder()
            .lm(LmPipeline.builder(EmbeddedModel.load()).build())
            .build()
            .withListener(spent);
    return context.call(() -> record(task, optimizer, spent));
  }

  private static RecordedOutcomes record(
      BuiltInTask<ObjectNode, ObjectNode> task, MiproV2 optimizer, SpendMeter spent) {
    OptimizationTask<ObjectNode, ObjectNode> optimization =
        OptimizationTask.of(task.program(), task.trainset(), task.metric());
    MiproV2Report report = optimizer.compile(optimization).report();
    CandidateSpace space =
        new CandidateSpace(
            report.instructions(), report.demoSets(), Predictors.of(task.program()).initialState());
    TaskData<ObjectNode, ObjectNode> data = data(optimization, optimizer.settings());
    EvaluationEngine<ObjectNode, ObjectNode> engine =
        new EvaluationEngine<>(
            task.program(), task.metric(), EvaluationSettings.defaults().withMemoize(false));
    Map<Configuration, List<OptionalDouble>> outcomes = new LinkedHashMap<>();
    Map<Configuration, Double> testScores = new LinkedHashMap<>();
    Map<Configuration, Double> tokens = new LinkedHashMap<>();
    for (long i = 0; i < space.searchSpace().size(); i++) {
      Configuration configuration = space.searchSpace().at(i);
      outcomes.put(configuration, scores(engine, space, configuration, data.valset()));
      long before = tokens(spent);
      testScores.put(
          configuration,
          engine.evaluate(space.state(configuration), task.testset().examples()).score());
      tokens.put(configuration, (tokens(spent) - before) / (double) task.testset().size());
    }
    SearchProblem problem =
        SearchProblem.of(space.searchSpace(), space.baseline(), data.strata())
            .tokensPerRun(each -> tokens.getOrDefault(each, 1000.0));
    return new RecordedOutcomes(problem, outcomes, testScores, tokens, space);
  }

  private static long tokens(SpendMeter spent) {
    LmUsage usage = spent.total().usage();
    return usage.promptTokens() + usage.completionTokens();
  }

  private static TaskData<ObjectNode, ObjectNode> data(
      OptimizationTask<ObjectNode, ObjectNode> task, MiproV2Settings settings) {
    return TaskData.of(
        task, settings.valsetFraction(), settings.maxValidationExamples(), settings.seed());
  }

  private static List<OptionalDouble> scores(
      EvaluationEngine<ObjectNode, ObjectNode> engine,
      CandidateSpace space,
      Configuration configuration,
      Dataset<ObjectNode, ObjectNode> examples) {
    return engine.evaluate(space.state(configuration), examples.examples()).scores();
  }

  double testScore(Configuration configuration) {
    return testScores.getOrDefault(configuration, Double.NaN);
  }

  double best() {
    return testScores.values().stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }
}
