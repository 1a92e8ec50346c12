package dev.hone.benchmarks.sidebyside;

import dev.hone.data.Dataset;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.EvaluationEngine;
import dev.hone.evaluate.EvaluationSettings;
import dev.hone.json.Json;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.candidate.DemoCandidate;
import dev.hone.optimize.candidate.InstructionCandidate;
import dev.hone.optimize.mipro.CandidateSpace;
import dev.hone.optimize.mipro.MiproV2Report;
import dev.hone.optimize.run.TaskData;
import dev.hone.optimize.search.Configuration;
import dev.hone.program.Predictors;
import dev.hone.prompt.Demo;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the candidates of a run hold: all configurations of its instructions and demo sets, each
 * evaluated on every validation and test example. A variant is the most demos of a prompt.
 */
public final class Ceiling {
  private static final String PHASE = "phase";

  private Ceiling() {}

  /**
   * Appends a row for each run.
   *
   * @param arguments see {@link RunList#of}
   */
  public static void main(String[] arguments) throws Exception {
    RunList list = RunList.of(arguments);
    list.each(
        (row, server, task, demos, seed) ->
            record(row, server, task, Integer.parseInt(demos), list.splits(), seed));
  }

  private static <I, O> void record(
      ObjectNode row, StandIn server, SideBySideTask<I, O> task, int demos, Path splits, long seed)
      throws Exception {
    SplitData<I, O> data = SplitData.read(splits, task, seed);
    OptimizationTask<I, O> optimization = data.optimization(task);
    MiproV2Report report =
        server.phase(
            row, "optimize", () -> HoneVariant.search(demos, seed).compile(optimization).report());
    CandidateSpace space =
        new CandidateSpace(
            report.instructions(), report.demoSets(), Predictors.of(task.program()).initialState());
    row.set("returned", choices(report.best().configuration()));
    row.set("baseline", choices(space.baseline()));
    row.set("strata", strings(TaskData.of(optimization, 0.3, seed).strata()));
    row.set("instructions", instructions(report));
    row.set("demos", demoSets(report, data.train()));
    row.set("configurations", configurations(new Recorder<>(server, task, space), data));
  }

  private static <I, O> ArrayNode configurations(Recorder<I, O> recorder, SplitData<I, O> data)
      throws Exception {
    ArrayNode all = Json.array();
    for (long i = 0; i < recorder.space().searchSpace().size(); i++) {
      all.add(recorder.record(recorder.space().searchSpace().at(i), data));
    }
    return all;
  }

  private static ArrayNode instructions(MiproV2Report report) {
    List<String> texts =
        report.instructions().values().iterator().next().stream()
            .map(InstructionCandidate::text)
            .toList();
    return strings(texts);
  }

  /** Each set's demos: the row of the training file, from 0, and whether it is from a run. */
  private static ArrayNode demoSets(MiproV2Report report, Dataset<?, ?> train) {
    List<String> ids = train.examples().stream().map(example -> example.id()).toList();
    ArrayNode sets = Json.array();
    for (DemoCandidate set : report.demoSets().values().iterator().next()) {
      ArrayNode demos = Json.array();
      for (Demo demo : set.demos()) {
        boolean bootstrapped = demo.origin() == Demo.Origin.BOOTSTRAPPED;
        demos.add(
            Json.object()
                .put("row", ids.indexOf(demo.exampleId()))
                .put("bootstrapped", bootstrapped));
      }
      sets.add(Json.object().put("origin", set.origin().name()).set("demos", demos));
    }
    return sets;
  }

  private static ArrayNode choices(Configuration configuration) {
    ArrayNode choices = Json.array();
    configuration.choices().forEach(choices::add);
    return choices;
  }

  private static ArrayNode strings(List<String> texts) {
    ArrayNode array = Json.array();
    texts.forEach(array::add);
    return array;
  }

  /** Evaluates configurations on the validation and on the test set. */
  private record Recorder<I, O>(StandIn server, SideBySideTask<I, O> task, CandidateSpace space) {
    ObjectNode record(Configuration configuration, SplitData<I, O> data) throws Exception {
      ObjectNode counted = Json.object();
      ObjectNode row = Json.object();
      row.set("choices", choices(configuration));
      row.set("val", scores(evaluate(counted, configuration, data.val())));
      row.put("val_prompt_tokens", StandIn.promptTokensPerCall(counted, PHASE));
      row.put("test", evaluate(counted, configuration, data.test()).score());
      row.put("test_prompt_tokens", StandIn.promptTokensPerCall(counted, PHASE));
      return row;
    }

    private Evaluation<I, O> evaluate(
        ObjectNode counted, Configuration configuration, Dataset<I, O> examples) throws Exception {
      EvaluationSettings settings = EvaluationSettings.defaults().withMemoize(false);
      return server.phase(
          counted,
          PHASE,
          () ->
              new EvaluationEngine<>(task.program(), task.metric(), settings)
                  .evaluate(space.state(configuration), examples.examples()));
    }

    private static ArrayNode scores(Evaluation<?, ?> evaluation) {
      ArrayNode scores = Json.array();
      for (OptionalDouble score : evaluation.scores()) {
        scores.add(score.orElse(0));
      }
      return scores;
    }
  }
}
