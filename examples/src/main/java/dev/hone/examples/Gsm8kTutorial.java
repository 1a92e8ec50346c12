package dev.hone.examples;

import dev.hone.context.Context;
import dev.hone.data.Source;
import dev.hone.datasets.Gsm8k;
import dev.hone.evaluate.Evaluator;
import dev.hone.lm.LanguageModel;
import dev.hone.observe.Progress;
import dev.hone.optimize.mipro.MiproV2;
import dev.hone.optimize.search.Search;
import dev.hone.program.ChainOfThought;
import dev.hone.signature.Signature;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.node.ObjectNode;

/** Word problems with MIPROv2: light, instructions only, and with settings of one's own. */
public final class Gsm8kTutorial {
  private Gsm8kTutorial() {}

  /**
   * Runs it.
   *
   * @param args the name of a model and a file of GSM8K; both may be left out
   * @throws Exception if nothing can be written to the folder of temporary files
   */
  public static void main(String[] args) throws Exception {
    var named = LanguageModel.named(args.length > 0 ? args[0] : "embedded");
    var model = named.withOptions(options -> options.maxTokens(250));
    var context = Context.builder().lm(model).listener(Progress.to(System.out)).build();
    var folder = Files.createTempDirectory("hone");

    var ours = Source.ofResource(Gsm8kTutorial.class, "gsm8k/problems.jsonl");
    var file = args.length > 1 ? Source.of(Path.of(args[1])) : ours;
    var signature = Signature.parse("question -> answer: float");
    var problems = Gsm8k.read(file, signature).first(300).split(0.66, 1);
    var trainset = problems.first();
    System.out.println(trainset.describe());

    var program = ChainOfThought.of(signature);
    var metric = Gsm8k.<ObjectNode>metric("answer");
    var evaluator = Evaluator.of(problems.rest(), metric).maxInFlight(8);
    context.run(() -> System.out.println("baseline: " + evaluator.evaluate(program)));

    // Instructions and examples, by the preset.
    var light = MiproV2.light().maxBootstrappedDemos(3).maxLabeledDemos(4);
    var tuned = context.call(() -> light.compile(program, trainset, metric));
    tuned.save(folder.resolve("mipro_optimized.json"));
    context.run(() -> System.out.println("light: " + evaluator.evaluate(tuned)));

    // Instructions only.
    var zeroShot = MiproV2.light().maxBootstrappedDemos(0).maxLabeledDemos(0);
    var instructed = context.call(() -> zeroShot.compile(program, trainset, metric));
    instructed.save(folder.resolve("mipro_zeroshot_optimized.json"));
    context.run(() -> System.out.println("zero-shot: " + evaluator.evaluate(instructed)));

    // Settings of one's own: 7 candidates, 15 trials on minibatches of 25.
    var own = MiproV2.withoutPreset().candidates(7).trials(15).initTemperature(0.5);
    var demos = own.maxBootstrappedDemos(3).maxLabeledDemos(4).search(Search.tpe());
    var advanced = demos.minibatch(true).minibatchSize(25).fullEvaluationSteps(10);
    var best = context.call(() -> advanced.compile(program, trainset, metric));
    best.save(folder.resolve("mipro_advanced.json"));
    context.run(() -> System.out.println("advanced: " + evaluator.evaluate(best)));
    System.out.println("Saved in " + folder);
    System.out.println(args.length > 0 ? "" : "The embedded model cannot calculate: it copies.");
  }
}
