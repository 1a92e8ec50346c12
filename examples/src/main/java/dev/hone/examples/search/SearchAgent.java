package dev.hone.examples.search;

import dev.hone.agents.ReAct;
import dev.hone.context.Context;
import dev.hone.datasets.HotPotQa;
import dev.hone.embed.Embedder;
import dev.hone.evaluate.Evaluator;
import dev.hone.local.EmbeddedModel;
import dev.hone.metric.Metric;
import dev.hone.optimize.mipro.MiproV2;
import dev.hone.retrieve.EmbeddingIndex;
import dev.hone.retrieve.Passage;
import dev.hone.tool.Tool;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An agent that searches a corpus, tuned by MIPROv2 on questions in HotPotQA's format. */
public final class SearchAgent {
  record Query(String query) {}

  private SearchAgent() {}

  /** Runs it from the checkout's folder, or on the folder of train.json and test.json. */
  public static void main(String[] args) {
    Path data =
        Path.of(args.length > 0 ? args[0] : "examples/src/main/resources/dev/hone/examples/search");
    var train = HotPotQa.read(data.resolve("train.json"));
    var test = HotPotQa.read(data.resolve("test.json"));
    List<Passage> corpus =
        Stream.concat(train.examples().stream(), test.examples().stream())
            .flatMap(example -> HotPotQa.passages(example).stream())
            .distinct()
            .map(passage -> new Passage(passage.title(), passage.text()))
            .toList();
    var index = EmbeddingIndex.of(Embedder.installed().orElseThrow(), corpus);
    var search =
        Tool.of(
            "search",
            "finds passages",
            Query.class,
            q ->
                index.retrieve(q.query(), 3).stream()
                    .map(found -> found.passage().text())
                    .collect(Collectors.joining("\n")));
    var agent =
        ReAct.of(HotPotQa.Question.class, HotPotQa.Answer.class, "Answer the question.", search)
            .maxTurns(6);
    var context = Context.builder().lm(EmbeddedModel.load()).build();
    Metric<HotPotQa.Question, HotPotQa.Answer> metric =
        Metric.answerExactMatch(HotPotQa.Answer::answer);
    var evaluator = Evaluator.of(test, metric);
    System.out.println("before " + context.call(() -> evaluator.evaluate(agent)));
    var optimizer =
        MiproV2.light().seed(1).bootstrap(b -> b.withMaxBootstrappedDemos(16).withMaxRounds(3));
    var tuned = context.call(() -> optimizer.compile(agent, train, metric));
    System.out.println("after  " + context.call(() -> evaluator.evaluate(tuned)));
  }
}
