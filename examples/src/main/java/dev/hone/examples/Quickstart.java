package dev.hone.examples;

import dev.hone.compiled.Compiled;
import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.evaluate.Evaluator;
import dev.hone.examples.ModerationTask.Snippet;
import dev.hone.examples.ModerationTask.Verdict;
import dev.hone.local.EmbeddedModel;
import dev.hone.metric.Metric;
import dev.hone.optimize.mipro.MiproV2;
import dev.hone.program.Predict;
import java.nio.file.Path;

/**
 * The README's example on the demo's data: a typed call, measured, optimized, saved and loaded.
 * Runs from the checkout's folder, without a key or a network.
 */
public final class Quickstart {
  private Quickstart() {}

  /**
   * Runs it.
   *
   * @param args the folder of train.jsonl and test.jsonl, and the file to save to; both may be left
   *     out
   */
  public static void main(String[] args) {
    Path data =
        Path.of(
            args.length > 0 ? args[0] : "examples/src/main/resources/dev/hone/examples/moderation");
    Path saved = Path.of(args.length > 1 ? args[1] : "quickstart.json");

    var classify = Predict.of(Snippet.class, Verdict.class, "Classify the snippet for moderation.");
    var context = Context.builder().lm(EmbeddedModel.load()).build();
    var verdict = context.call(() -> classify.run(new Snippet("Buy now!!! Cheap watches")));
    System.out.println("before    " + verdict);

    var trainset = Dataset.ofJsonl(data.resolve("train.jsonl"), classify.signature());
    var testset = Dataset.ofJsonl(data.resolve("test.jsonl"), classify.signature());
    Metric<Snippet, Verdict> metric =
        Metric.mean(
            Metric.exact("severity", Verdict::severity),
            Metric.jaccard("violations", Verdict::violations));
    var evaluator = Evaluator.of(testset, metric);
    System.out.println("baseline  " + context.call(() -> evaluator.evaluate(classify)));

    var tuned = context.call(() -> MiproV2.light().seed(42).compile(classify, trainset, metric));
    System.out.println(tuned.report());
    System.out.println("optimized " + context.call(() -> evaluator.evaluate(tuned)));

    tuned.save(saved);
    var loaded = Compiled.load(classify, saved);
    System.out.println("reloaded  " + context.call(() -> evaluator.evaluate(loaded)));
    System.out.println("saved in  " + saved);
  }
}
