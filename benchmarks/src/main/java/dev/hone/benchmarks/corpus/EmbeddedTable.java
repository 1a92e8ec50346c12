package dev.hone.benchmarks.corpus;

import dev.hone.context.Context;
import dev.hone.context.SpendMeter;
import dev.hone.data.Dataset;
import dev.hone.evaluate.Evaluator;
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
import java.util.function.Function;

/**
 * A task of the embedded model, optimized for accuracy and for macro-F1 of one output field.
 * Optimizers see the training examples only; macro-F1 is measured on the test examples.
 *
 * @param text what the task is, a paragraph
 * @param getter the field; accuracy is whether it is exactly right
 * @param program what is optimized
 * @param trainset what optimizers see
 * @param testset what no optimizer sees
 */
record EmbeddedTable<I, O>(
    String text,
    Function<O, ?> getter,
    Predict<I, O> program,
    Dataset<I, O> trainset,
    Dataset<I, O> testset) {

  /** Macro-F1 on the test set and model calls, a value per seed. */
  private record Results(double[] scores, double[] calls) {}

  /** The table, for presets LIGHT under seeds from 1 on. */
  List<String> lines(int seeds) {
    CorpusMetric<I, O> macro = CorpusMetric.macroF1(getter);
    double before = context().call(() -> Evaluator.of(testset, macro).evaluate(program)).score();
    List<String> lines = new ArrayList<>();
    lines.addAll(
        List.of(
            "",
            String.format(
                Locale.ROOT,
                "%s %d training examples, of which 60%% choose, and %d test examples, which no optimizer sees."
                    + " Preset LIGHT, seeds 1 to %d; intervals are over seeds, on the one test set. Macro-F1 on"
                    + " the test set in points; before: %.1f.",
                text,
                trainset.size(),
                testset.size(),
                seeds,
                100 * before),
            "",
            "| search | accuracy as the target | macro-F1 as the target | gain (95%) | calls, accuracy | calls, macro-F1 |",
            "|---|---|---|---|---|---|"));
    for (Search search : List.of(Search.random(), Search.tpe(), Search.racing())) {
      Results accuracy = results(seeds, search, Metric.exact(getter), macro);
      Results target = results(seeds, search, macro, macro);
      lines.add(row(search, accuracy, target));
    }
    return lines;
  }

  private Results results(
      int seeds, Search search, Metric<I, O> target, CorpusMetric<I, O> measured) {
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
