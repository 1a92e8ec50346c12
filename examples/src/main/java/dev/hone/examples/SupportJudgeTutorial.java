package dev.hone.examples;

import dev.hone.batch.BatchRun;
import dev.hone.compiled.Compiled;
import dev.hone.context.Context;
import dev.hone.data.Columns;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.data.Source;
import dev.hone.datasets.ConversationTruncator;
import dev.hone.evaluate.Evaluator;
import dev.hone.history.JoinedEvaluations;
import dev.hone.judge.Agreement;
import dev.hone.judge.GeneralizationGap;
import dev.hone.judge.JudgeComparison;
import dev.hone.lm.LanguageModel;
import dev.hone.metric.JudgeMetric;
import dev.hone.metric.Metric;
import dev.hone.metric.Score;
import dev.hone.optimize.fewshot.LabeledFewShot;
import dev.hone.optimize.mipro.MiproV2;
import dev.hone.program.ChainOfThought;
import dev.hone.program.Predict;
import dev.hone.program.Program;
import dev.hone.signature.Desc;
import dev.hone.signature.Signature;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Customer support, from raw conversations to a judge that agrees with people and a generator that
 * is better by it; read it from top to bottom. It runs on the model inside the process, or on those
 * that its arguments name: the generator's, then the judge's.
 */
public final class SupportJudgeTutorial {
  record Raw(String conversation, String help) {}

  record Request(String help, String transcript) {}

  record Reply(@Desc("one or two sentences on how, when and at what price") String reply) {}

  record Answered(String transcript, String reply) {}

  record Verdict(@Desc("what the customer thinks of the reply") Opinion opinion) {}

  enum Opinion {
    SATISFIED,
    UNSATISFIED
  }

  /** Repeats up to three of the customer's own messages, which helps nobody. */
  record Wordy(Predict<Request, Reply> generator) implements Program<Request, Reply> {
    @Override
    public Reply run(Request request) {
      var said = request.transcript().lines().filter(line -> line.startsWith("Customer: "));
      var times = Math.floorMod(request.transcript().hashCode(), 4);
      var words = said.limit(times).map(line -> " We see that you wrote: " + line.substring(10));
      return new Reply(generator.run(request).reply() + words.collect(Collectors.joining()));
    }
  }

  private SupportJudgeTutorial() {}

  /**
   * Runs it.
   *
   * @param args the names of the generator's model and the judge's; may be left out
   * @throws Exception if nothing can be written to the folder of temporary files
   */
  public static void main(String[] args) throws Exception {
    var model = LanguageModel.named(args.length > 0 ? args[0] : "embedded");
    var other = args.length > 1 ? LanguageModel.named(args[1]) : model;
    Path folder = Files.createTempDirectory("hone");
    Context.builder().lm(model).build().run(() -> run(model, other, folder));
  }

  private static void run(LanguageModel model, LanguageModel other, Path folder) {
    print("\n== Data: raw conversations, each cut where an answer is due");
    var file = Source.ofResource(SupportJudgeTutorial.class, "conversations/raw.jsonl");
    var columns = Columns.asNamed().labelsOptional();
    var raw = Dataset.ofJsonl(file, Signature.of(Raw.class, Reply.class, ""), columns);
    var english = raw.filter(row -> row.extra("language").orElse("").equals("en"));
    var usable = english.filter(row -> !row.input().conversation().isBlank());
    var cut =
        ConversationTruncator.seed(101)
            .minTurns(2)
            .endingWith("Customer")
            .truncate(usable, Raw::conversation, (row, part) -> request(row, part.text()));
    print("%d rows, %d usable; %s".formatted(raw.size(), usable.size(), cut));
    var sample = cut.dataset().shuffled(10).first(300);
    var generatorSet = sample.slice(0, 75);
    var heldOut = sample.slice(75, 150);

    print("\n== Baseline generator: its outputs, in a batch, labelled by people");
    var instructions = "Write the next reply of the company, short and to the point.";
    var generator = Predict.of(Request.class, Reply.class, instructions);
    var various = generator.on(model.withOptions(options -> options.temperature(1)));
    var batch = BatchRun.of(various).maxInFlight(4).run(sample.slice(150, 300));
    var gold = batch.answered().map(row -> labelled(row, row.expected().reply()));
    print(batch.report() + "\n" + gold.describe());
    var judgeSet = gold.slice(0, 75);
    var judgeTestset = gold.slice(75, 150);

    print("\n== Baseline judge: its agreement with people");
    var judgeModel = other.withOptions(options -> options.temperature(0));
    var judge = ChainOfThought.of(Answered.class, Verdict.class, "Does the reply help?");
    print(Agreement.of(judge.on(judgeModel), judgeTestset, Verdict::opinion));

    print("\n== Judge tuned with MIPROv2: its agreement with people");
    Metric<Answered, Verdict> match = Metric.exact(Verdict::opinion);
    var mipro = MiproV2.light().seed(101);
    var tunedJudge = mipro.taskModel(judgeModel).compile(judge, judgeSet, match);
    Compiled.of(judge).save(folder.resolve("baseline_judge.json"));
    tunedJudge.save(folder.resolve("judge.json"));
    var loaded = Compiled.load(judge, folder.resolve("judge.json"));
    print(Agreement.of(loaded.on(judgeModel), judgeTestset, Verdict::opinion));

    print("\n== Overfitting: a judge of 24 demos, on these and on others");
    var seen = judgeSet.first(24);
    var fewShot = LabeledFewShot.defaults().maxLabeledDemos(24).compile(judge, seen, match);
    print("24 demos: " + GeneralizationGap.of(fewShot.on(judgeModel), match, seen, judgeTestset));
    var gap = GeneralizationGap.of(tunedJudge.on(judgeModel), match, judgeSet, judgeTestset);
    print("MIPROv2: " + gap);

    print("\n== Generator tuned with MIPROv2 by that judge");
    var byJudge = judged(loaded.on(judgeModel));
    Metric<Request, Reply> byGold = (row, reply, run) -> Score.of(isGood(row, reply.reply()));
    var tuned = mipro.compile(generator, generatorSet, byJudge).compiled();
    tuned.save(folder.resolve("generator.json"));
    print("generator: " + GeneralizationGap.of(tuned, byJudge, generatorSet, heldOut));
    var judgeEvaluator = Evaluator.of(heldOut, byJudge);
    var old = judgeEvaluator.evaluate(generator);
    var now = judgeEvaluator.evaluate(tuned);
    print("judge: %.3f -> %.3f, %s".formatted(old.score(), now.score(), now.compareWith(old)));
    var goldEvaluator = Evaluator.of(heldOut, byGold);
    var was = goldEvaluator.evaluate(generator);
    var is = goldEvaluator.evaluate(tuned);
    print("gold:  %.3f -> %.3f, %s".formatted(was.score(), is.score(), is.compareWith(was)));
    for (var pair : JoinedEvaluations.of(old, now).better()) {
      var row = pair.after().example();
      var good = isGood(row, pair.after().output().orElseThrow().reply());
      print(row.extra("id").orElse("") + " rose by the judge, and is " + (good ? "good" : "bad"));
    }

    print("\n== Length: the same replies, with the customer's words after them");
    var wordy = new Wordy(generator);
    print(JudgeComparison.of(old, judgeEvaluator.evaluate(wordy), Reply::reply));
    print("gold:  " + goldEvaluator.evaluate(wordy).compareWith(was));

    print("\n== Variability: five verdicts on each reply");
    var warm = judged(loaded.on(other.withOptions(options -> options.temperature(0.7))));
    print(Evaluator.of(heldOut, warm.repeat(5)).evaluate(tuned).judgeSpread().orElseThrow());
  }

  private static Example<Request, Reply> request(Example<Raw, Reply> row, String conversation) {
    String transcript = "At %s.\n%s".formatted(row.extra("company").orElse(""), conversation);
    return Example.unlabelled(new Request(row.input().help(), transcript));
  }

  private static JudgeMetric<Request, Reply, Verdict> judged(Program<Answered, Verdict> judge) {
    return Metric.judgeBoolean(
        judge,
        (row, reply) -> new Answered(row.input().transcript(), reply.reply()),
        verdict -> verdict.opinion() == Opinion.SATISFIED);
  }

  /** What people say, who know the right answer: it is in the reply, and a wrong one is not. */
  private static boolean isGood(Example<?, ?> row, String reply) {
    return says(reply, row.extra("needs").orElseThrow())
        && row.extra("forbids").filter(wrong -> says(reply, wrong)).isEmpty();
  }

  private static boolean says(String reply, String pattern) {
    return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE).matcher(reply).find();
  }

  private static Example<Answered, Verdict> labelled(Example<Request, Reply> row, String reply) {
    var opinion = isGood(row, reply) ? Opinion.SATISFIED : Opinion.UNSATISFIED;
    return Example.of(new Answered(row.input().transcript(), reply), new Verdict(opinion));
  }

  private static void print(Object text) {
    System.out.println(text);
  }
}
