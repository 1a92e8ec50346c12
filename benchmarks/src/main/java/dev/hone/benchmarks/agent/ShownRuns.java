package dev.hone.benchmarks.agent;

import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.datasets.HotPotQa;
import dev.hone.datasets.HotPotQa.Answer;
import dev.hone.datasets.HotPotQa.Question;
import dev.hone.json.Json;
import dev.hone.lm.MessagePart;
import dev.hone.prompt.Demo;
import dev.hone.prompt.Trajectory;
import dev.hone.prompt.Trajectory.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/** Whole runs of the search agent as labels show them: a search for each passage that is needed. */
final class ShownRuns {
  private final UnaryOperator<String> search;

  /** Runs whose searches return what this function does. */
  ShownRuns(UnaryOperator<String> search) {
    this.search = search;
  }

  /** Of some questions, half of which need two searches. */
  List<Demo> of(Dataset<Question, Answer> questions, int count, long seed) {
    List<Demo> demos = new ArrayList<>();
    Dataset<Question, Answer> drawn = questions.shuffled(seed);
    drawn.filter(HotPotQa::isHard).first(count / 2).examples().forEach(e -> demos.add(run(e)));
    drawn
        .filter(e -> !HotPotQa.isHard(e))
        .first(count - count / 2)
        .examples()
        .forEach(e -> demos.add(run(e)));
    return demos;
  }

  private Demo run(Example<Question, Answer> example) {
    Trajectory done = Trajectory.empty();
    for (String title : HotPotQa.goldTitles(example)) {
      String arguments = Json.write(Json.object().put("query", title));
      done =
          done.plus(
              new Turn(
                  "Search for " + title + ".",
                  List.of(MessagePart.toolCall("", "search", arguments)),
                  List.of(MessagePart.toolResult("", "search", search.apply(title), false))));
    }
    ObjectNode inputs = Json.object().put("question", example.input().question());
    inputs.set("trajectory", done.toJson());
    ObjectNode outputs = Json.object().put("thought", "This has the answer.");
    outputs
        .putArray("calls")
        .addObject()
        .put("id", "last")
        .put("tool", "submit")
        .set("arguments", Json.object().put("answer", example.expected().answer()));
    return new Demo(inputs, outputs, Demo.Origin.LABELED, "");
  }
}
