package dev.hone.examples.hop;

import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.datasets.HotPotQa;
import dev.hone.embed.Embedder;
import dev.hone.evaluate.Evaluator;
import dev.hone.local.EmbeddedModel;
import dev.hone.metric.Metric;
import dev.hone.optimize.Optimized;
import dev.hone.optimize.Teacher;
import dev.hone.optimize.mipro.MiproV2;
import dev.hone.optimize.mipro.MiproV2Report;
import dev.hone.program.Predict;
import dev.hone.program.Program;
import dev.hone.prompt.Demo;
import dev.hone.retrieve.EmbeddingIndex;
import dev.hone.retrieve.Passage;
import dev.hone.retrieve.Retriever;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers from two passages, the second found by what the first says; tuned by MIPROv2.
 *
 * <p>As it is written the embedded model never succeeds, so its own runs can teach nothing. What
 * makes a beginning is a teacher: the same program with demos of four questions, made from what
 * their labels say of the passages that are needed.
 */
public final class TwoHopTutorial {
  /** What is asked. */
  public record Question(String question) {}

  /** What is searched for. */
  public record Query(String query) {}

  /** What is asked, and what was found so far. */
  public record Evidence(String question, String passages) {}

  /** The answer alone. */
  public record Reply(String answer) {}

  /** The answer, and the titles of the passages that were found, or are needed. */
  public record Answered(String answer, List<String> titles) {}

  /** Search, read, search again, read all, and answer. */
  public record TwoHop(
      Predict<Question, Query> query,
      Predict<Evidence, Query> query2,
      Predict<Evidence, Reply> answer,
      Retriever search)
      implements Program<Question, Answered> {

    /** The program as it is written, over a corpus. */
    public static TwoHop over(Retriever search) {
      return new TwoHop(
          Predict.of(Question.class, Query.class, "Write a search query."),
          Predict.of(Evidence.class, Query.class, "Write a query for what is still missing."),
          Predict.of(Evidence.class, Reply.class, "Answer from the passages."),
          search);
    }

    @Override
    public Answered run(Question input) {
      List<Passage> first = find(query.run(input).query(), 2);
      Evidence known = new Evidence(input.question(), text(first));
      List<Passage> found = withMore(first, query2.run(known).query());
      Reply reply = answer.run(new Evidence(input.question(), text(found)));
      return new Answered(reply.answer(), found.stream().map(Passage::id).toList());
    }

    private List<Passage> withMore(List<Passage> known, String sought) {
      return Stream.concat(find(sought, 2).stream(), known.stream()).distinct().toList();
    }

    private List<Passage> find(String sought, int k) {
      return search.retrieve(sought, k).stream().map(Retriever.ScoredPassage::passage).toList();
    }

    private static String text(List<Passage> passages) {
      return String.join("\n", passages.stream().map(Passage::text).toList());
    }
  }

  private TwoHopTutorial() {}

  /** Whether the answer is right, and which share of the needed passages was found. */
  public static Metric<Question, Answered> metric() {
    return Metric.mean(
        Metric.answerExactMatch(Answered::answer),
        Metric.of(
            "recall of passages",
            (label, output) -> {
              List<String> needed = label.titles();
              return (double) needed.stream().filter(output.titles()::contains).count()
                  / needed.size();
            }));
  }

  /** Questions in HotPotQA's format that take two passages. */
  public static Dataset<Question, Answered> questions(Path file) {
    return HotPotQa.read(file)
        .filter(HotPotQa::isHard)
        .map(
            example ->
                Example.of(
                    new Question(example.input().question()),
                    new Answered(example.expected().answer(), HotPotQa.goldTitles(example))));
  }

  /** The passages of all questions of some files. */
  public static EmbeddingIndex index(Path... files) {
    List<Passage> passages =
        Stream.of(files)
            .flatMap(file -> HotPotQa.read(file).examples().stream())
            .flatMap(example -> HotPotQa.passages(example).stream())
            .distinct()
            .map(p -> new Passage(p.title(), String.join(" ", p.sentences())))
            .toList();
    return EmbeddingIndex.of(Embedder.installed().orElseThrow(), passages);
  }

  /**
   * The same program with demos from some questions: of these the supporting facts say what to
   * search for first and second, and which sentence has the answer.
   */
  static TwoHop taught(TwoHop program, Dataset<HotPotQa.Question, HotPotQa.Answer> questions) {
    List<Demo> first = new ArrayList<>();
    List<Demo> second = new ArrayList<>();
    List<Demo> last = new ArrayList<>();
    for (var example : questions.examples()) {
      String question = example.input().question();
      List<String> titles = HotPotQa.goldTitles(example);
      List<Passage> known = program.find(titles.get(0), 2);
      List<Passage> all = program.withMore(known, titles.get(1));
      first.add(
          demo(
              JsonNodeFactory.instance.objectNode().put("question", question),
              "query",
              titles.get(0)));
      second.add(demo(evidence(question, known), "query", titles.get(1)));
      last.add(demo(evidence(question, all), "answer", example.expected().answer()));
    }
    return new TwoHop(
        program.query().withDemos(first),
        program.query2().withDemos(second),
        program.answer().withDemos(last),
        program.search());
  }

  private static Demo demo(ObjectNode inputs, String output, String text) {
    return new Demo(
        inputs, JsonNodeFactory.instance.objectNode().put(output, text), Demo.Origin.LABELED, "");
  }

  private static ObjectNode evidence(String question, List<Passage> passages) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("question", question)
        .put("passages", TwoHop.text(passages));
  }

  /** The program taught by four questions of a file, another four by each seed. */
  public static TwoHop teacher(TwoHop program, Path train, long seed) {
    return taught(program, HotPotQa.read(train).filter(HotPotQa::isHard).shuffled(seed).first(4));
  }

  /** MIPROv2 with the runs of a teacher: about a thousand model calls. */
  public static Optimized<Question, Answered, MiproV2Report> tuned(
      TwoHop program, Path train, long seed) {
    return MiproV2.light()
        .seed(seed)
        .bootstrap(runs -> runs.withMaxBootstrappedDemos(16).withMaxRounds(3))
        .compile(program, Teacher.of(teacher(program, train, seed)), questions(train), metric());
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
          var tuned = tuned(program, train, 1);
          System.out.println("after  " + evaluator.evaluate(tuned));
          System.out.println(tuned.report());
        });
  }
}
