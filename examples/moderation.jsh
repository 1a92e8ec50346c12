// Content moderation with MIPROv2, statement by statement, on the model inside the process: no key, no network.
// From the folder of the checkout, after `./hone` has built it once:
//
//   jshell -s --class-path cli/target/hone/hone-cli.jar examples/moderation.jsh
//
// Without the last line, /exit, the session stays open to go on from here.

import dev.hone.compiled.*
import dev.hone.context.*
import dev.hone.data.*
import dev.hone.evaluate.*
import dev.hone.history.*
import dev.hone.local.*
import dev.hone.metric.*
import dev.hone.observe.*
import dev.hone.optimize.*
import dev.hone.optimize.fewshot.*
import dev.hone.optimize.log.*
import dev.hone.optimize.mipro.*
import dev.hone.optimize.search.*
import dev.hone.program.*
import dev.hone.signature.*
import java.nio.file.*

void print(Object text) { System.out.println(text); }

print("\n== The model of the process; credentials would go into a context, never here")
Context.configure(c -> c.lm(EmbeddedModel.load()))
print(Context.current())

print("\n== Signature and program: instructions that say too little on purpose")
enum Severity { LOW, MEDIUM, HIGH }
enum Policy { HARASSMENT, HATE, SEXUAL, VIOLENCE, SELF_HARM, SPAM, OTHER }
record Snippet(String snippet) {}
record Verdict(@Desc("overall severity of the snippet, for routing") Severity severity, @Desc("zero or more policies that the snippet violates") Set<Policy> violations) {}
var program = Predict.of(Snippet.class, Verdict.class, "Classify the snippet for moderation.")
print(program)

print("\n== Data: 30 snippets to learn from, then 15 that no optimizer sees")
var folder = Files.createTempDirectory("hone")
var rows = Files.writeString(folder.resolve("snippets.csv"), """
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
""")
var all = Dataset.ofCsv(rows, Snippet.class, Verdict.class)
var trainset = all.slice(0, 30)
var testset = all.slice(30, 45)
print(trainset.size() + " and " + testset.size() + " snippets")

print("\n== Metric: the severity decides the route, the violations go into reports")
Metric<Snippet, Verdict> metric = Metric.mean(Metric.exact("severity", Verdict::severity), Metric.jaccard("violations", Verdict::violations))
print(metric.name())

print("\n== Baseline evaluation, as a table")
var evaluator = Evaluator.of(testset, metric).maxErrors(2)
var baseline = evaluator.evaluate(program)
print(baseline.table())
print("errors by class: " + baseline.errorsByClass())

print("\n== BootstrapFewShot: demos only, the instructions stay")
var bootstrap = BootstrapFewShot.defaults().maxLabeledDemos(2).maxBootstrappedDemos(4).metricThreshold(0.7)
var demosOnly = bootstrap.compile(program, trainset, metric)
print(demosOnly.report())
print(demosOnly.report().settings())

print("\n== MIPROv2: what it may cost, then a yes, then progress")
print(Auto.table())
var mipro = MiproV2.light().seed(42).search(Search.tpe())
var watched = Context.current().withListener(Progress.to(System.out))
var tuned = watched.call(() -> mipro.confirm(plan -> { print(plan); return plan.maxProgramRuns() < 1_000; }).compile(program, trainset, metric))

print("\n== Its report: one line, what was chosen, who made the calls, all of it")
print(tuned.report().summary())
print(tuned.report().configuration())
print(tuned.report().proposerCalls() + " calls of the proposer, " + tuned.report().taskCalls() + " of the program; " + tuned.report().fullEvaluations() + " full evaluations, " + tuned.report().compileCacheHits() + " hits of the compile cache")
print(tuned.report())

print("\n== Saved, loaded without its class, compared with the program as it was given")
tuned.save(folder.resolve("moderation.json"))
Compiled.of(program).save(folder.resolve("before.json"))
print(Compiled.loadDynamic(folder.resolve("moderation.json")).run(Map.of("snippet", "Go away!")))
print(CompiledDiff.of(folder.resolve("before.json"), folder.resolve("moderation.json")))

print("\n== On the snippets that no optimizer saw, example by example")
var loaded = evaluator.evaluate(Compiled.load(program, folder.resolve("moderation.json")))
print("baseline %.3f, BootstrapFewShot %.3f, MIPROv2 %.3f".formatted(baseline.score(), evaluator.evaluate(demosOnly).score(), loaded.score()))
print(loaded.compareWith(baseline))
print(JoinedEvaluations.of(baseline, loaded).table(5))

print("\n== A log of runs, which one can commit")
var log = RunLog.of(folder.resolve("runs.jsonl"))
var first = log.append(tuned, folder.resolve("moderation.json"))
var second = log.append(mipro.seed(7).compile(program, trainset, metric))
print(log.table())
print(log.diff())
var run = MlflowFiles.of(folder.resolve("mlruns"), "moderation").write(tuned)
print("for MLflow: " + run)

print("\n== The last call, with its reply, for one tenant")
var history = History.ofLast(20)
var tenant = Context.builder().metadata("tenant", "acme").listener(history).build()
var answer = tenant.call(() -> Usage.track(() -> Compiled.load(program, folder.resolve("moderation.json")).run(new Snippet("Go away!"))))
print(answer.value() + ", " + answer.spend())
print(history.inspect(1))

print("\n== Done")
/exit
