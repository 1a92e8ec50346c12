package dev.hone.benchmarks.sidebyside;

import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.Evaluator;
import dev.hone.json.Json;
import dev.hone.optimize.Optimized;
import dev.hone.optimize.mipro.MiproV2Report;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs of Hone beside those of DSPy: test score before and after, what optimizing spent, what each
 * later call of the optimized program costs, and the report's text.
 */
public final class HoneRuns {
  /** By task: the program as given on the test set, which is the same for all seeds. */
  private final Map<String, ObjectNode> baselines = new HashMap<>();

  private final Path splits;

  private HoneRuns(Path splits) {
    this.splits = splits;
  }

  /**
   * Appends a row for each run.
   *
   * @param arguments see {@link RunList#of}
   */
  public static void main(String[] arguments) throws Exception {
    RunList list = RunList.of(arguments);
    HoneRuns runs = new HoneRuns(list.splits());
    list.each(
        (row, server, task, variant, seed) ->
            runs.run(row, server, task, HoneVariant.named(variant), seed));
  }

  private <I, O> void run(
      ObjectNode row, StandIn server, SideBySideTask<I, O> task, HoneVariant variant, long seed)
      throws Exception {
    SplitData<I, O> data = SplitData.read(splits, task, seed);
    Evaluator<I, O> evaluator = Evaluator.of(data.test(), task.metric());
    if (!baselines.containsKey(task.name())) {
      ObjectNode counted = Json.object();
      Evaluation<I, O> before =
          server.phase(counted, "baseline", () -> evaluator.evaluate(task.program()));
      baselines.put(task.name(), counted.put("before", before.score()));
    }
    row.setAll(baselines.get(task.name()));
    Optimized<I, O, ?> tuned =
        server.phase(
            row, "optimize", () -> variant.optimizer(seed).compile(data.optimization(task)));
    Evaluation<I, O> after = server.phase(row, "final", () -> evaluator.evaluate(tuned));
    row.put("after", after.score());
    row.put("failed", after.scores().stream().filter(score -> score.isEmpty()).count());
    row.put("baseline_returned", tuned.report() instanceof MiproV2Report run && !run.improved());
    row.put("report", tuned.report().toString());
  }
}
