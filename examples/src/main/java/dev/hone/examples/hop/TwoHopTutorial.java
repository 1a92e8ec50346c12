package dev.hone.examples.hop;

import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.datasets.HotPotQa;
import dev.hone.embed.Embedder;
import dev.hone.evaluate.Evaluator;
import dev.hone.local.EmbeddedModel;
import dev.hone.metric.Metric;
import dev.hone.optimize.mipro.MiproV2;
import dev.hone.program.Predict;
import dev.hone.program.Program;
import dev.hone.retrieve.EmbeddingIndex;
import dev.hone.retrieve.Passage;
import dev.hone.retrieve.Retriever;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Answers from two passages, the second found by what the first says; for MIPROv2 to tune. */
public final class TwoHopTutorial {
  record Question(String question) {}

  record Query(String query) {}

  record Evidence(String question, String passages) {}

  record Quote(String answer) {}

  /** A sentence with the answer, and the titles of the passages that were found, or are needed. */
  record Answered(String answer, List<String> titles) {}

  /** Search, read, search again, and quote the answer. */
  record TwoHop(
      Predict<Question, Query> query,
      Predict<Evidence, Query> query2,
      Predict<Evidence, Quote> answer,
      Retriever search)
      implements Program<Question, Answered> {

    static TwoHop over(Retriever search) {
      return new TwoHop(
          Predict.of(Question.class, Query.class, "Write a search query."),
          Predict.of(Evidence.class, Query.class, "Write a query for what is still missing."),
          Predict.of(Evidence.class, Quote.class, "Quote the sentence that has the answer."),
          search);
    }

    @Override
    public Answered run(Question input) {
      List<Passage> first = find(query.run(input).query(), 2);
      Evidence known = new Evidence(input.question(), text(first));
      List<Passage> second = find(query2.run(known).query(), 4);
      List<Passage> found =
          Stream.concat(first.stream(), second.stream()).distinct().limit(4).toList();
      Quote quote = answer.run(new Evidence(input.question(), text(found)));
      return new Answered(quote.answer(), found.stream().map(Passage::id).toList());
    }

    private List<Passage> find(String sought, int k) {
      return search.retrieve(sought, k).stream().map(Retriever.ScoredPassage::passage).toList();
    }

    private static String text(List<Passage> passages) {
      return String.join("\n", passages.stream().map(Passage::text).toList());
    }
  }

  private TwoHopTutorial() {}

  /** 1 if the quote has the answer, and a share for each needed passage that was found. */
  static Metric<Question, Answered> metric() {
    return Metric.mean(
        HotPotQa.answerPassageMatch(Answered::answer, output -> List.of(output.answer())),
        Metric.of(
            "recall of passages",
            (label, output) -> {
              List<String> needed = label.titles();
              return (double) needed.stream().filter(output.titles()::contains).count()
                  / needed.size();
            }));
  }

  /** Questions in HotPotQA's format that take two passages. */
  static Dataset<Question, Answered> questions(Path file) {
    return HotPotQa.read(file)
        .filter(HotPotQa::isHard)
        .map(
            example ->
                Example.of(
                    new Question(example.input().question()),
                    new Answered(example.expected().answer(), HotPotQa.goldTitles(example))));
  }

  /** The passages of all questions of some files. */
  static EmbeddingIndex index(Path... files) {
    List<Passage> passages =
        Stream.of(files)
            .flatMap(file -> HotPotQa.read(file).examples().stream())
            .flatMap(example -> HotPotQa.passages(example).stream())
            .distinct()
            .map(p -> new Passage(p.title(), String.join(" ", p.sentences())))
            .toList();
    return EmbeddingIndex.of(Embedder.installed().orElseThrow(), passages);
  }

  /** Runs it from the checkout's folder, or on the folder of train.json and test.json. */
  public static void main(String[] args) {
    Path data =
        Path.of(args.length > 0 ? args[0] : "examples/src/main/resources/dev/hone/examples/search");
    Path train = data.resolve("train.json");
    Path test = data.resolve("test.json");
    var context = Context.builder().lm(EmbeddedModel.load()).build();
    context.run(
        () -> {
          TwoHop program = TwoHop.over(index(train, test));
          var evaluator = Evaluator.of(questions(test), metric());
          System.out.println("before " + evaluator.evaluate(program));
          var tuned =
              MiproV2.light()
                  .seed(1)
                  .bootstrap(runs -> runs.withMaxRounds(12))
                  .compile(program, questions(train), metric());
          System.out.println("after  " + evaluator.evaluate(tuned));
          System.out.println(tuned.report());
        });
  }
}
