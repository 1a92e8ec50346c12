package dev.hone.examples;

import dev.hone.context.Context;
import dev.hone.data.Source;
import dev.hone.datasets.Gsm8k;
import dev.hone.datasets.Gsm8k.Answer;
import dev.hone.datasets.Gsm8k.Question;
import dev.hone.evaluate.Evaluator;
import dev.hone.lm.LanguageModel;
import dev.hone.observe.Progress;
import dev.hone.optimize.mipro.MiproV2;
import dev.hone.optimize.search.Search;
import dev.hone.program.ChainOfThought;
import java.nio.file.Files;
import java.nio.file.Path;

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
    var model = LanguageModel.named(args.length > 0 ? args[0] : "embedded");
    var ours = Source.ofResource(Gsm8kTutorial.class, "gsm8k/problems.jsonl");
    var problems = Gsm8k.read(args.length > 1 ? Source.of(Path.of(args[1])) : ours);
    var split = problems.first(220).splitAt(Math.min(problems.size() * 2 / 3, 200), 1);
    var trainset = split.first();
    var devset = split.rest();
    System.out.println("trainset: " + trainset.describe());

    var program = ChainOfThought.of(Question.class, Answer.class);
    var evaluator = Evaluator.of(devset, Gsm8k.metric()).maxInFlight(8);
    var folder = Files.createTempDirectory("hone");
    var brief = model.withOptions(options -> options.maxTokens(250));
    Context.builder()
        .lm(brief)
        .listener(Progress.to(System.out))
        .build()
        .run(
            () -> {
              System.out.println("baseline: " + evaluator.evaluate(program));

              var light = MiproV2.light().maxBootstrappedDemos(3).maxLabeledDemos(4);
              var tuned = light.compile(program, trainset, Gsm8k.metric());
              tuned.save(folder.resolve("mipro_optimized.json"));
              System.out.println("light: " + evaluator.evaluate(tuned));

              var zeroShot = MiproV2.light().maxBootstrappedDemos(0).maxLabeledDemos(0);
              var instructed = zeroShot.compile(program, trainset, Gsm8k.metric());
              instructed.save(folder.resolve("mipro_zeroshot_optimized.json"));
              System.out.println("instructions only: " + evaluator.evaluate(instructed));

              var advanced = MiproV2.withoutPreset().candidates(7).trials(15).search(Search.tpe());
              var own = advanced.proposer(p -> p.withInitTemperature(0.5)).minibatchSize(25);
              var best = own.fullEvaluationSteps(10).maxBootstrappedDemos(3).maxLabeledDemos(4);
              var last = best.compile(program, trainset, Gsm8k.metric());
              last.save(folder.resolve("mipro_advanced.json"));
              System.out.println("own settings: " + evaluator.evaluate(last).table(5));
            });
    System.out.println("The embedded model cannot calculate: it answers as its examples do.");
  }
}
