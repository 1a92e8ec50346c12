package dev.hone.program;

import dev.hone.compiled.Provenance;
import dev.hone.json.Json;
import dev.hone.prompt.Demo;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Small programs for tests. */
public final class Programs {
  private Programs() {}

  public record Question(String question) {}

  public record Answer(String answer) {}

  record Query(String query) {}

  enum Mood {
    GOOD,
    BAD
  }

  public record Judged(Mood mood, List<String> reasons) {}

  /** Asks for a query, then for the answer to it. */
  public record Hop(Predict<Question, Query> query, Predict<Question, Answer> answer)
      implements Program<Question, Answer> {
    public static Hop create() {
      return new Hop(
          Predict.of(Question.class, Query.class, "Write a query."),
          Predict.of(Question.class, Answer.class, "Answer briefly."));
    }

    @Override
    public Answer run(Question input) {
      return answer.run(new Question(query.run(input).query()));
    }
  }

  public static Predict<Question, Answer> answerer(String instructions) {
    return Predict.of(Question.class, Answer.class, instructions);
  }

  public static Predict<Question, Judged> judge() {
    return Predict.of(Question.class, Judged.class, "Judge the question.");
  }

  public static Demo demo(String question, String answer) {
    return new Demo(
        Json.object().put("question", question),
        Json.object().put("answer", answer),
        Demo.Origin.BOOTSTRAPPED,
        "id-" + question);
  }

  public static ProgramState state(String predictor, String instructions, Demo... demos) {
    return new ProgramState(Map.of(predictor, new PredictorState(instructions, List.of(demos))));
  }

  public static Provenance provenance() {
    return Provenance.builder("MiproV2")
        .settings(Json.object().put("candidates", 6).put("threshold", 0.0001), 42)
        .scores(List.of(new Provenance.MeasuredScore("baseline on valset", 0.38, 0.3, 0.47, 120)))
        .dataFingerprints(Map.of("valset", "bb22", "trainset", "aa11"))
        .modelIds(Map.of("task", "fake:model", "prompt", "fake:model"))
        .build();
  }

  public static ObjectNode json(String text) {
    return (ObjectNode) Json.parse(text.replace('\'', '"'));
  }
}
