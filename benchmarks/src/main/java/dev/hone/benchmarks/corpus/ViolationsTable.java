package dev.hone.benchmarks.corpus;

import dev.hone.context.Context;
import dev.hone.context.SpendMeter;
import dev.hone.data.Dataset;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.Evaluator;
import dev.hone.examples.BuiltInTask;
import dev.hone.examples.ModerationTask;
import dev.hone.examples.ModerationTask.Snippet;
import dev.hone.examples.ModerationTask.Verdict;
import dev.hone.local.EmbeddedModel;
import dev.hone.metric.CorpusMetric;
import dev.hone.metric.Metric;
import dev.hone.optimize.mipro.MiproV2;
import dev.hone.optimize.search.Search;
import dev.hone.pipeline.LmPipeline;
import dev.hone.program.Predict;
import dev.hone.stats.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The embedded model on the moderation data: which of seven policies a snippet violates, each of
 * which about one in ten does. Accuracy is whether the set of violations is exactly right; macro-F1
 * is the mean F1 of the policies. Optimizers see the training examples only.
 */
final class ViolationsTable {
  private final int seeds;
  private final BuiltInTask<Snippet, Verdict> task = ModerationTask.typed();
  private final Dataset<Snippet, Verdict> trainset = task.trainset();
  private final Dataset<Snippet, Verdict> testset = task.testset();
  private final Predict<Snippet, Verdict> program = task.program();

  ViolationsTable(int seeds) {
    this.seeds = seeds;
  }

  /** Macro-F1 on the test set and model calls, a value per seed. */
  private record Results(double[] scores, double[] calls) {}

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    CorpusMetric<Snippet, Verdict> macro = CorpusMetric.macroF1(Verdict::violations);
    Evaluation<Snippet, Verdict> before =
        context().call(() -> Evaluator.of(testset, macro).evaluate(program));
    lines.addAll(
        List.of(
            "",
            "## Embedded model: which policies are violated?",
            "",
            String.format(
                Locale.ROOT,
                "The moderation data: %d training examples, of which 60%% choose, and %d test examples, which no"
                    + " optimizer sees; each of seven policies is violated by about one in ten. Preset LIGHT,"
                    + " seeds 1 to %d. Macro-F1 over the policies on the test set in points; before: %.1f.",
                trainset.size(),
                testset.size(),
                seeds,
                100 * before.score()),
            "",
            "| search | accuracy as the target | macro-F1 as the target | gain (95%) | calls, accuracy | calls, macro-F1 |",
            "|---|---|---|---|---|---|"));
    for (Search search : List.of(Search.random(), Search.tpe(), Search.racing())) {
      Results accuracy = results(search, Metric.exact(Verdict::violations), macro);
      Results target = results(search, macro, macro);
      lines.add(row(search, accuracy, target));
    }
    return lines;
  }

  private Results results(
      Search search, Metric<Snippet, Verdict> target, CorpusMetric<Snippet, Verdict> measured) {
    double[] scores = new double[seeds];
    double[] calls = new double[seeds];
    for (int i = 0; i < seeds; i++) {
      MiproV2 optimizer = MiproV2.light().valsetFraction(0.6).search(search).seed(i + 1L);
      SpendMeter meter = new SpendMeter();
      var found =
          context().withListener(meter).call(() -> optimizer.compile(program, trainset, target));
      calls[i] = meter.total().lmCalls();
      scores[i] =
          100 * context().call(() -> Evaluator.of(testset, measured).evaluate(found)).score();
    }
    return new Results(scores, calls);
  }

  private static Context context() {
    return Context.builder().lm(LmPipeline.builder(EmbeddedModel.load()).build()).build();
  }

  private static String row(Search search, Results accuracy, Results target) {
    double[] gains = new double[target.scores().length];
    for (int i = 0; i < gains.length; i++) {
      gains[i] = target.scores()[i] - accuracy.scores()[i];
    }
    Interval interval = Interval.ofMean(gains, 0.95);
    return String.format(
        Locale.ROOT,
        "| %s | %.1f | %.1f | %+.1f (%+.1f to %+.1f) | %.0f | %.0f |",
        search.name(),
        mean(accuracy.scores()),
        mean(target.scores()),
        mean(gains),
        interval.lower(),
        interval.upper(),
        mean(accuracy.calls()),
        mean(target.calls()));
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }
}
