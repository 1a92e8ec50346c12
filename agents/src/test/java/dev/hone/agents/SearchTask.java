package dev.hone.agents;

import static dev.hone.testkit.ScriptedTurn.call;

import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.json.Json;
import dev.hone.lm.LmRequest;
import dev.hone.lm.MessagePart.ToolResult;
import dev.hone.metric.Metric;
import dev.hone.testkit.ScriptedModel;
import dev.hone.testkit.ScriptedTurn;
import dev.hone.tool.Tool;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** A task on which a scripted agent searches once and answers by what it found. */
final class SearchTask {
  record Question(String question) {}

  record Answer(String answer) {}

  record Query(String query) {}

  private static final Pattern ASKED = Pattern.compile("Who is number (\\d+)\\?");

  final AtomicInteger searches = new AtomicInteger();
  final Tool search =
      Tool.of(
          "search",
          "finds people by their numbers",
          Query.class,
          query -> {
            searches.incrementAndGet();
            return "Person " + query.query();
          });

  ReAct<Question, Answer> agent() {
    return ReAct.of(Question.class, Answer.class, "Name the person.", search);
  }

  static Question question(int number) {
    return new Question("Who is number %d?".formatted(number));
  }

  static Dataset<Question, Answer> dataset(int size) {
    return Dataset.of(
        IntStream.range(0, size)
            .mapToObj(i -> Example.of(question(i), new Answer("Person " + i)))
            .toList());
  }

  static Metric<Question, Answer> metric() {
    return Metric.exact(Answer::answer);
  }

  /** Searches for the number that the last question has, then answers with what was found. */
  static ScriptedTurn turn(LmRequest request) {
    return found(request)
        .map(answer -> call("submit", Json.write(Json.object().put("answer", answer))))
        .orElseGet(
            () ->
                call("search", "{\"query\": \"%s\"}".formatted(asked(request)))
                    .thinking("I look it up."));
  }

  /** What the last message has as the result of a search. */
  private static Optional<String> found(LmRequest request) {
    return request.messages().get(request.messages().size() - 1).parts().stream()
        .filter(ToolResult.class::isInstance)
        .map(part -> ((ToolResult) part).text())
        .findFirst();
  }

  static String asked(LmRequest request) {
    Matcher matcher = ASKED.matcher(request.toText());
    String number = "";
    while (matcher.find()) {
      number = matcher.group(1);
    }
    return number;
  }

  static ScriptedModel model() {
    return ScriptedModel.calling(SearchTask::turn);
  }

  static <R> R under(ScriptedModel model, Supplier<R> code) {
    return Context.builder().lm(model).build().call(code::get);
  }

  static List<String> calls(AgentResult<?> result) {
    return result.trajectory().turns().stream()
        .flatMap(turn -> turn.calls().stream())
        .map(call -> call.name())
        .toList();
  }
}
