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
import dev.hone.judge.Agreement;
import dev.hone.judge.JudgeComparison;
import dev.hone.judge.LengthBias;
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
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Customer support: from raw conversations to a judge that agrees with people, and to a generator
 * that is better by that judge. Read it from top to bottom. It runs on the model inside the
 * process, or on those that its arguments name: the generator's, and the judge's.
 */
public final class SupportJudgeTutorial {
  record Raw(String conversation, String help) {}

  record Request(
      @Desc("what the company's help pages say") String help,
      @Desc("the conversation so far") String transcript) {}

  record Reply(
      @Desc("one or two sentences on how it works, when and at what price") String reply) {}

  enum Opinion {
    SATISFIED,
    UNSATISFIED
  }

  record Answered(
      @Desc("the conversation so far") String transcript,
      @Desc("the agent's next message") String reply) {}

  record Verdict(@Desc("whether the reply satisfies the customer") Opinion opinion) {}

  /** Says what another generator says, and up to three times that it is a pleasure. */
  record Padded(Program<Request, Reply> generator) implements Program<Request, Reply> {
    private static final String POLITE =
        " It is always a pleasure to help you, and we are happy to have you as our customer.";

    @Override
    public Reply run(Request request) {
      int times = Math.floorMod(request.transcript().hashCode(), 4);
      return new Reply(generator.run(request).reply() + POLITE.repeat(times));
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
    var judgeModel =
        (args.length > 1 ? LanguageModel.named(args[1]) : model)
            .withOptions(options -> options.temperature(0));
    Path folder = Files.createTempDirectory("hone");
    Context.builder().lm(model).build().run(() -> run(judgeModel, folder));
  }

  private static void run(LanguageModel judgeModel, Path folder) {
    heading("Data: raw conversations, each cut where an answer is due");
    var raw =
        Dataset.ofJsonl(
            Source.ofResource(SupportJudgeTutorial.class, "conversations/raw.jsonl"),
            Signature.of(Raw.class, Reply.class, ""),
            Columns.asNamed().labelsOptional());
    var usable =
        raw.filter(row -> row.extra("language").orElse("").equals("en"))
            .filter(row -> !row.input().conversation().isBlank());
    var truncator = ConversationTruncator.seed(101).minTurns(2).endingWith("Customer").idFrom("id");
    var cut =
        truncator.truncate(
            usable,
            Raw::conversation,
            (row, part) ->
                Example.<Request, Reply>unlabelled(
                    new Request(
                        row.input().help(),
                        "At " + row.extra("company").orElse("") + ".\n" + part.text())));
    print("%d rows, %d usable; %s".formatted(raw.size(), usable.size(), cut));
    var sample = cut.dataset().shuffled(10).first(300);
    var forJudge = sample.slice(0, 150);
    var forGenerator = sample.slice(150, 225);
    var heldOut = sample.slice(225, 300);

    heading("Baseline generator: outputs for people to label, in a batch");
    var generator =
        Predict.of(
            Request.class,
            Reply.class,
            "Write the next reply of the company, short and to the point.");
    var hot = Context.current().lm().withOptions(options -> options.temperature(1));
    var batch = BatchRun.of(generator.on(hot)).maxInFlight(4).run(forJudge);
    print(batch.report());
    var gold = batch
            .answered()
            .map(
                row ->
                    Example.of(
                        new Answered(row.input().transcript(), row.expected().reply()),
                        new Verdict(
                            isGood(row, row.expected().reply())
                                ? Opinion.SATISFIED
                                : Opinion.UNSATISFIED)));
    var judgeTrainset = gold.slice(0, 75);
    var judgeTestset = gold.slice(75, 150);
    print(gold.describe());

    heading("Baseline judge: how far it agrees with people");
    var judge =
        ChainOfThought.of(
            Answered.class,
            Verdict.class,
            "Judge whether the agent's reply satisfies the customer.");
    print(Agreement.of(judge.on(judgeModel), judgeTestset, Verdict::opinion));

    heading("Judge, tuned with MIPROv2");
    Metric<Answered, Verdict> match = Metric.exact(Verdict::opinion);
    var mipro = MiproV2.light().seed(101);
    var tunedJudge = mipro.taskModel(judgeModel).compile(judge, judgeTrainset, match);
    Compiled.of(judge).save(folder.resolve("baseline_judge.json"));
    tunedJudge.save(folder.resolve("judge.json"));
    var trusted = Compiled.load(judge, folder.resolve("judge.json")).on(judgeModel);
    print(Agreement.of(trusted, judgeTestset, Verdict::opinion));

    heading("Overfitting: on the examples it was made of, and on others");
    var few = judgeTrainset.first(24);
    var learnt = LabeledFewShot.defaults().maxLabeledDemos(24).compile(judge, few, match);
    compareAccuracy("24 demos", learnt.compiled().on(judgeModel), few, judgeTestset);
    compareAccuracy("MIPROv2", trusted, judgeTrainset, judgeTestset);

    heading("Generator, tuned with MIPROv2 by that judge");
    var judged = judged(trusted);
    Metric<Request, Reply> byPeople =
        (request, reply, run) -> Score.of(isGood(request, reply.reply()));
    var tuned = mipro.compile(generator, forGenerator, judged);
    tuned.save(folder.resolve("generator.json"));
    print(tuned.report().best());
    var byJudge = Evaluator.of(heldOut, judged);
    var byGold = Evaluator.of(heldOut, byPeople);
    var before = byJudge.evaluate(generator);
    var after = byJudge.evaluate(tuned);
    print("judge: " + after.compareWith(before));
    print("gold:  " + byGold.evaluate(tuned).compareWith(byGold.evaluate(generator)));
    print("judge on its trainset: " + Evaluator.of(forGenerator, judged).evaluate(tuned).interval());

    heading("What changed, by conversation");
    for (int i = 0; i < heldOut.size(); i++) {
      var old = before.results().get(i);
      var now = after.results().get(i);
      if (!old.score().equals(now.score())) {
        print(
            "%s  judge %.0f -> %.0f, gold %s -> %s"
                .formatted(
                    now.example().extra("id").orElse(""),
                    old.score().orElse(Double.NaN),
                    now.score().orElse(Double.NaN),
                    isGood(old.example(), old.output().orElseThrow().reply()),
                    isGood(now.example(), now.output().orElseThrow().reply())));
      }
    }

    heading("Length: the same replies with polite words around them");
    for (var by : List.of(judge.on(judgeModel), trusted)) {
      var metric = judged(by);
      var plain = Evaluator.of(heldOut, metric).evaluate(generator);
      var padded = Evaluator.of(heldOut, metric).evaluate(new Padded(generator));
      print(JudgeComparison.of(plain, padded, Reply::reply));
      print(LengthBias.of(padded, Reply::reply));
    }
    print("gold: " + byGold.evaluate(new Padded(generator)).compareWith(byGold.evaluate(generator)));

    heading("Variability: five verdicts at temperature 0.7 on each reply");
    var warm = Compiled.load(judge, folder.resolve("judge.json")).on(judgeModel.withOptions(o -> o.temperature(0.7)));
    print(Evaluator.of(heldOut, judged(warm).repeat(5)).evaluate(tuned).judgeSpread());
  }

  private static JudgeMetric<Request, Reply, Verdict> judged(Program<Answered, Verdict> judge) {
    return Metric.judgeBoolean(
        judge,
        (request, reply) -> new Answered(request.input().transcript(), reply.reply()),
        verdict -> verdict.opinion() == Opinion.SATISFIED);
  }

  /** What people would say: a reply is good if it has what is needed, and nothing that is wrong. */
  private static boolean isGood(Example<?, ?> row, String reply) {
    return texts(row, "needs").allMatch(need -> need.matcher(reply).find())
        && texts(row, "forbids").noneMatch(wrong -> wrong.matcher(reply).find());
  }

  private static Stream<Pattern> texts(Example<?, ?> row, String extra) {
    return row.extras().get(extra).valueStream().map(text -> Pattern.compile(text.asString(), Pattern.CASE_INSENSITIVE));
  }

  private static void compareAccuracy(String name, Program<Answered, Verdict> judge, Dataset<Answered, Verdict> seen, Dataset<Answered, Verdict> unseen) {
    var there = Agreement.of(judge, seen, Verdict::opinion).accuracy();
    var here = Agreement.of(judge, unseen, Verdict::opinion).accuracy();
    boolean overfitted = there.interval().lower() > here.interval().upper();
    print("%s: %s on its examples, %s on others, overfitted: %s".formatted(name, there, here, overfitted));
  }

  private static void heading(String title) {
    print("\n== " + title);
  }

  private static void print(Object text) {
    System.out.println(text);
  }
}
