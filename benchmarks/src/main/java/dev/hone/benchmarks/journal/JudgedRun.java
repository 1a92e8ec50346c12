package dev.hone.benchmarks.journal;

import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.data.Source;
import dev.hone.datasets.Gsm8k;
import dev.hone.examples.Gsm8kTutorial;
import dev.hone.json.Json;
import dev.hone.metric.Metric;
import dev.hone.optimize.Optimized;
import dev.hone.optimize.Optimizer;
import dev.hone.optimize.mipro.MiproV2;
import dev.hone.optimize.mipro.MiproV2Report;
import dev.hone.optimize.search.Search;
import dev.hone.pipeline.LmPipeline;
import dev.hone.program.ChainOfThought;
import dev.hone.program.Predict;
import dev.hone.signature.Signature;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * Word problems, scored by a judge on a model of its own, optimized by MIPROv2: with a race, or
 * with TPE in two proposal rounds.
 *
 * @param search race or tpe
 * @param latencyMillis how long a reply takes
 * @param paid takes the key of each request that is paid for
 */
record JudgedRun(String search, long latencyMillis, Consumer<String> paid) {
  private static final int IN_FLIGHT = 16;

  /** Runs it with a journal, and gives what it found. */
  Optimized<ObjectNode, ObjectNode, MiproV2Report> run(Path journal) {
    Signature<ObjectNode, ObjectNode> signature = Signature.parse("question -> answer: float");
    Source file = Source.ofResource(Gsm8kTutorial.class, "gsm8k/problems.jsonl");
    Dataset<ObjectNode, ObjectNode> problems = Gsm8k.read(file, signature);
    Map<String, String> answers = new HashMap<>();
    problems
        .examples()
        .forEach(
            e ->
                answers.put(
                    e.inputJson().path("question").asString(),
                    e.expectedJson().path("answer").asString().replaceAll("\\.0$", "")));
    var judge = Predict.of(Signature.parse("question, answer: float -> correct: bool"));
    var judgeModel = new PaidModel("judge", latencyMillis, answers, paid);
    Metric<ObjectNode, ObjectNode> metric =
        Metric.judgeBoolean(
            judge.on(LmPipeline.builder(judgeModel).maxInFlight(IN_FLIGHT).build()),
            (example, output) -> {
              ObjectNode question = example.inputJson().deepCopy();
              question.set("answer", output.path("answer"));
              return question;
            },
            verdict -> verdict.path("correct").booleanValue());
    var model = new PaidModel("student", latencyMillis, answers, paid);
    return Context.builder()
        .lm(LmPipeline.builder(model).maxInFlight(IN_FLIGHT).build())
        .build()
        .call(
            () ->
                optimizer()
                    .journal(journal)
                    .compile(ChainOfThought.of(signature), problems, metric));
  }

  private Optimizer<MiproV2Report> optimizer() {
    MiproV2 light = MiproV2.light().seed(3).maxBootstrappedDemos(2).maxLabeledDemos(2);
    return search.equals("race")
        ? light.search(Search.racing())
        : light.search(Search.tpe()).trials(10).proposalRounds(2).minibatch(true).minibatchSize(8);
  }

  /** What was found, as it is saved, without the time and the machine. */
  static String artifact(Optimized<?, ?, ?> found) {
    ObjectNode all = found.compiled().toJson();
    ((ObjectNode) all.path("provenance")).remove("createdAt");
    ((ObjectNode) all.path("provenance")).remove("environment");
    return Json.pretty(all);
  }
}
