package dev.hone.examples;

import dev.hone.compiled.Compiled;
import dev.hone.context.Context;
import dev.hone.context.Usage;
import dev.hone.data.Dataset;
import dev.hone.evaluate.Evaluator;
import dev.hone.lm.LanguageModel;
import dev.hone.local.EmbeddedModel;
import dev.hone.metric.Metric;
import dev.hone.observe.EventListener;
import dev.hone.optimize.OptimizerEvent;
import dev.hone.optimize.fewshot.BootstrapFewShot;
import dev.hone.optimize.mipro.Auto;
import dev.hone.optimize.mipro.MiproV2;
import dev.hone.optimize.mipro.MiproV2Event;
import dev.hone.optimize.search.Search;
import dev.hone.optimize.search.tpe.TpeSearch;
import dev.hone.program.Predict;
import dev.hone.signature.Desc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Content moderation with MIPROv2, from the signature to a service for several tenants. It runs on
 * the model inside the process, or on the one that its argument names, {@code openai:gpt-4o-mini}.
 */
public final class ModerationTutorial {
  // Signature: what a call takes, and what it returns.
  enum Severity {
    LOW,
    MEDIUM,
    HIGH
  }

  enum Policy {
    HARASSMENT,
    HATE,
    SEXUAL,
    VIOLENCE,
    SELF_HARM,
    SPAM,
    OTHER
  }

  record Snippet(String snippet) {}

  record Verdict(
      @Desc("overall severity of the snippet, for routing") Severity severity,
      @Desc("zero or more policies that the snippet violates") Set<Policy> violations) {}

  // Data: 30 snippets to learn from, then 15 that no optimizer sees.
  private static final String CSV =
      """
          severity,violations,snippet
          low,,"I love your new haircut, looks great!"
          low,,Thanks for the help with my homework yesterday.
          low,,The weather has been awful this week.
          low,,"Just landed in Berlin, anyone want to grab coffee?"
          low,,I disagree with the policy but understand the reasoning.
          medium,harassment,You're an idiot and nobody likes you here.
          medium,harassment,"Shut up, loser, go cry to your mom."
          medium,harassment,Nobody on this team can stand working with you.
          medium,harassment,"Stop posting, you embarrass yourself every time."
          high,hate,"All [ethnic group] are criminals, they should be banned."
          high,hate,[Religious group] people are subhuman and dangerous.
          high,hate;harassment,"Women don't belong in engineering, they ruin teams."
          medium,sexual;spam,"Check out my cam, hot pics in DM, 18+ only."
          medium,sexual,Graphic description of explicit sexual act between adults.
          high,violence;harassment,I'm going to find where you live and hurt you.
          high,violence,Someone should put a bullet in that politician.
          high,violence;harassment,I'll break every bone in your hands if you type that again.
          high,self_harm,"I want to end it all, nothing matters anymore."
          high,self_harm,Detailed instructions on how to cut myself without scars.
          low,spam,"Make $5000/week from home, click here: bit.ly/xyz123"
          low,spam,"BUY NOW!!! Cheap watches replicas, DM for catalog."
          medium,spam,"Free crypto airdrop, connect wallet at evil-site.example"
          low,,Doctors recommend taking iron supplements during pregnancy.
          low,,"I survived a suicide attempt last year and got help, AMA."
          low,,The film depicts wartime violence but is critically acclaimed.
          low,,Sex education curricula vary widely across school districts.
          low,,I think the mayor's housing plan is shortsighted and harmful.
          low,,"Bro, you absolutely destroyed me in that match, well played."
          low,,"She's been a nightmare client, but I won't name her here."
          high,violence;harassment,If you ever speak to my sister again I will end you.
          low,,Have a wonderful weekend everyone!
          low,,"Your code review was thorough, appreciate it."
          medium,harassment,Crawling back under your rock would do us all a favor.
          medium,harassment,You should be ashamed to call yourself an engineer.
          high,hate,[Nationality] people are parasites who steal our jobs.
          high,hate;harassment,"Trans people don't deserve healthcare, change my mind."
          medium,sexual;spam,"DM me for adult content, satisfaction guaranteed."
          high,violence;harassment,I will hunt you down and make sure you never walk again.
          high,self_harm,Nobody would notice if I just stopped existing tomorrow.
          low,spam,"FREE iPhone giveaway, click my link in bio now!!!"
          low,,The clinical trial results on the new SSRI were promising.
          low,,Civil disobedience has historically driven legal reform.
          low,,"That penalty call was robbery, the ref must be blind."
          low,,I disagree with your take but thanks for sharing it.
          high,violence;harassment,Touch my kid again and I'll make sure you regret it.
      """;

  private ModerationTutorial() {}

  /** Runs it; the name of a model may be given. */
  @SuppressWarnings("try") // the scope is there to be closed
  public static void main(String[] args) throws Exception {
    LanguageModel model = args.length == 0 ? EmbeddedModel.load() : LanguageModel.named(args[0]);
    Path folder = Files.createTempDirectory("hone");
    Path saved = folder.resolve("moderation.json");
    var rows = Files.writeString(folder.resolve("snippets.csv"), CSV);
    var all = Dataset.ofCsv(rows, Snippet.class, Verdict.class);
    var trainset = all.slice(0, 30);
    var testset = all.slice(30, 45);

    // Program: one predictor, with instructions that say too little on purpose.
    var program = Predict.of(Snippet.class, Verdict.class, "Classify the snippet for moderation.");

    // Metric: the severity decides the route, the violations go into reports; each counts one half.
    Metric<Snippet, Verdict> metric =
        Metric.mean(
            Metric.exact("severity", Verdict::severity),
            Metric.jaccard("violations", Verdict::violations));
    var evaluator = Evaluator.of(testset, metric).maxInFlight(4).maxErrors(2);

    try (var scope = Context.builder().lm(model).build().open()) {
      heading("Baseline evaluation");
      var baseline = evaluator.evaluate(program);
      print(baseline);
      print("errors by class: " + baseline.errorsByClass());

      heading("BootstrapFewShot: demos only, the instructions stay");
      var bootstrap = BootstrapFewShot.defaults().maxLabeledDemos(2).maxBootstrappedDemos(4);
      var demosOnly = bootstrap.metricThreshold(0.7).compile(program, trainset, metric);
      print(demosOnly.report());

      heading("MIPROv2: instructions and demos together");
      print(Auto.table());
      var mipro = MiproV2.light().seed(42).search(Search.tpe());
      print(mipro.plan(program, trainset, metric));
      var tuned = mipro.compile(program, trainset, metric);

      heading("Its report, field by field"); // print(report) shows all of it
      var report = tuned.report();
      print(report.summary());
      print("configuration   " + report.configuration()); // "self" is a program's only predictor
      print("trials          " + report.trialsByChoice());
      print("full evals      " + report.fullEvaluations());
      print("proposer calls  " + report.proposerCalls());
      print("task calls      " + report.taskCalls() + ": " + report.usageByPredictor());
      print("compile cache   " + report.compileCacheHits());
      print("reply cache     " + report.spend().cachedCalls());
      print("degraded        " + report.degraded()); // if so, do not ship it
      report.notes().forEach(note -> print("note: " + note)); // such as scores that are all alike

      var winner = tuned.compiled().state().of("self");
      print("demos           " + winner.demos().size());
      print("instructions    " + winner.instructions());

      heading("Saved, loaded, and side by side on the snippets that no optimizer saw");
      tuned.save(saved);
      var loaded = evaluator.evaluate(Compiled.load(program, saved));
      print("baseline          %.3f".formatted(baseline.score()));
      print("BootstrapFewShot  %.3f".formatted(evaluator.evaluate(demosOnly).score()));
      print("MIPROv2           %.3f".formatted(loaded.score()));
      print("MIPROv2 against the baseline: " + loaded.compareWith(baseline));

      heading("The same seed again: each run has its own compile cache, replies are kept");
      var again = mipro.compile(program, trainset, metric).report();
      print("%d outcomes known, %s".formatted(again.compileCacheHits(), again.spend()));

      heading("Random against TPE, which is random too for its first trials");
      for (var search : List.of(Search.random(), TpeSearch.defaults().startupTrials(3))) {
        var other = mipro.search(search).compile(program, trainset, metric).report();
        var scores = other.trials().stream().map(trial -> trial.scoreMean().orElse(Double.NaN));
        print("%s: best %s".formatted(search.name(), other.best()));
        print("  trials " + scores.map("%.2f"::formatted).toList());
      }

      heading("Telemetry: the start and the end of a piece of work have one id");
      var countByKind = new ConcurrentSkipListMap<String, Integer>();
      var lines = new ConcurrentLinkedQueue<String>();
      EventListener listener =
          (event, metadata) -> {
            String kind = event.getClass().getSimpleName();
            countByKind.merge(kind, 1, Integer::sum);
            lines.add(kind + ", id " + event.stamp().id() + " of " + event.stamp().parentId());
            if (event instanceof MiproV2Event.Reranked ranked) {
              print("rerank of %d at trial %d".formatted(ranked.topK(), ranked.atTrial()));
            } else if (event instanceof OptimizerEvent.OptimizerFinished<?> stop) {
              print("stop: " + stop.report().summary()); // score, duration, tokens
            }
          };
      var watched = Context.current().withListener(listener);
      watched.run(() -> mipro.seed(7).compile(program, trainset, metric));
      lines.stream().limit(8).forEach(ModerationTutorial::print);
      watched.withoutListener(listener).run(() -> program.run(new Snippet("Not counted.")));
      print(countByKind);
    }

    heading("Tenants: what was learnt is in the file, who asks is in the context");
    var request = Context.builder().lm(model).isolateCacheBy("tenant_id");
    for (String tenant : List.of("acme", "globex", "acme")) {
      var moderate = Compiled.load(program, saved);
      var context = request.metadata("tenant_id", tenant).build();
      var answer = context.call(() -> Usage.track(() -> moderate.run(new Snippet("Go away!"))));
      print("%s: %s, calls %d".formatted(tenant, answer.value(), answer.spend().lmCalls()));
    }
  }

  private static void heading(String title) {
    print("\n== " + title);
  }

  private static void print(Object text) {
    System.out.println(text);
  }
}
