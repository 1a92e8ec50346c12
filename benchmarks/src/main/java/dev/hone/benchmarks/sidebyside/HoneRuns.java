package dev.hone.benchmarks.sidebyside;

import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.Evaluator;
import dev.hone.optimize.Optimized;
import dev.hone.optimize.mipro.MiproV2Report;
import java.nio.file.Path;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs of Hone beside those of DSPy: test score before and after, what optimizing spent, what each
 * later call of the optimized program costs, and the report's text.
 */
public final class HoneRuns {
  private HoneRuns() {}

  /**
   * Appends a row for each run.
   *
   * @param arguments see {@link RunList#of}
   */
  public static void main(String[] arguments) throws Exception {
    RunList list = RunList.of(arguments);
    list.each(
        (row, server, task, variant, seed) ->
            run(row, server, task, HoneVariant.named(variant), list.splits(), seed));
  }

  private static <I, O> void run(
      ObjectNode row,
      StandIn server,
      SideBySideTask<I, O> task,
      HoneVariant variant,
      Path splits,
      long seed)
      throws Exception {
    SplitData<I, O> data = SplitData.read(splits, task, seed);
    Evaluator<I, O> evaluator = Evaluator.of(data.test(), task.metric());
    Evaluation<I, O> before =
        server.phase(row, "baseline", () -> evaluator.evaluate(task.program()));
    Optimized<I, O, ?> tuned =
        server.phase(
            row, "optimize", () -> variant.optimizer(seed).compile(data.optimization(task)));
    Evaluation<I, O> after = server.phase(row, "final", () -> evaluator.evaluate(tuned));
    row.put("before", before.score()).put("after", after.score());
    row.put("failed", failed(before) + failed(after));
    row.put("baseline_returned", tuned.report() instanceof MiproV2Report run && !run.improved());
    row.put("report", tuned.report().toString());
  }

  private static long failed(Evaluation<?, ?> evaluation) {
    return evaluation.scores().stream().filter(score -> score.isEmpty()).count();
  }
}
