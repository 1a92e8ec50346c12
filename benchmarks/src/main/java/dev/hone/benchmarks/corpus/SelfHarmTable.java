package dev.hone.benchmarks.corpus;

import dev.hone.context.Context;
import dev.hone.context.SpendMeter;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.Evaluator;
import dev.hone.examples.BuiltInTask;
import dev.hone.examples.ModerationTask;
import dev.hone.examples.ModerationTask.Policy;
import dev.hone.examples.ModerationTask.Snippet;
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
 * The embedded model on a task of two classes made of the moderation data: whether a snippet is
 * about self-harm, which about one in ten is. Optimizers see the training examples only.
 */
final class SelfHarmTable {
  /** What is to be found. */
  enum SelfHarm {
    /** Intent to hurt oneself, or urging another to. */
    YES,
    /** Anything else. */
    NO
  }

  /** The class of a snippet. */
  record Verdict(SelfHarm selfHarm) {}

  private final int seeds;
  private final Dataset<Snippet, Verdict> trainset;
  private final Dataset<Snippet, Verdict> testset;
  private final Predict<Snippet, Verdict> program =
      Predict.of(Snippet.class, Verdict.class, "Say whether the snippet is about self-harm.");

  SelfHarmTable(int seeds) {
    this.seeds = seeds;
    BuiltInTask<Snippet, ModerationTask.Verdict> task = ModerationTask.typed();
    this.trainset = binary(task.trainset());
    this.testset = binary(task.testset());
  }

  private static Dataset<Snippet, Verdict> binary(
      Dataset<Snippet, ModerationTask.Verdict> examples) {
    return Dataset.of(
        examples.examples().stream()
            .map(
                example ->
                    Example.of(
                        example.input(),
                        new Verdict(
                            example.expected().violations().contains(Policy.SELF_HARM)
                                ? SelfHarm.YES
                                : SelfHarm.NO)))
            .toList());
  }

  /** Macro-F1 on the test set and model calls, a value per seed. */
  private record Results(double[] scores, double[] calls) {}

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    CorpusMetric<Snippet, Verdict> macro = CorpusMetric.macroF1(Verdict::selfHarm);
    Evaluation<Snippet, Verdict> before =
        context().call(() -> Evaluator.of(testset, macro).evaluate(program));
    lines.addAll(
        List.of(
            "",
            "## Embedded model: is it about self-harm?",
            "",
            String.format(
                Locale.ROOT,
                "The moderation data as two classes: %d training examples, %d of them of the rare class, of"
                    + " which 60%% choose; %d test examples, %d of the rare class, which no optimizer sees."
                    + " Preset LIGHT, seeds 1 to %d. Macro-F1 on the test set in points; before: %.1f.",
                trainset.size(),
                rare(trainset),
                testset.size(),
                rare(testset),
                seeds,
                100 * before.score()),
            "",
            "| search | accuracy as the target | macro-F1 as the target | gain (95%) | calls, accuracy | calls, macro-F1 |",
            "|---|---|---|---|---|---|"));
    for (Search search : List.of(Search.random(), Search.tpe(), Search.racing())) {
      Results accuracy = results(search, Metric.exact(Verdict::selfHarm), macro);
      Results target = results(search, macro, macro);
      lines.add(row(search, accuracy, target));
    }
    return lines;
  }

  private static long rare(Dataset<Snippet, Verdict> examples) {
    return examples.examples().stream()
        .filter(example -> example.expected().selfHarm() == SelfHarm.YES)
        .count();
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
