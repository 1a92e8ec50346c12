package dev.hone.benchmarks.adapter;

import dev.hone.agents.ReAct;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.data.Source;
import dev.hone.datasets.Gsm8k;
import dev.hone.datasets.HotPotQa;
import dev.hone.examples.BuiltInTask;
import dev.hone.examples.Gsm8kTutorial;
import dev.hone.examples.ModerationTask;
import dev.hone.examples.SupportTask;
import dev.hone.json.Json;
import dev.hone.program.Predict;
import dev.hone.program.Predictors;
import dev.hone.prompt.Trajectory;
import dev.hone.signature.Signature;
import dev.hone.tool.Tool;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tasks of the benchmark: two with choices, one with a number, one record, one agent's step.
 */
final class AdapterTasks {
  private static final String SEARCH =
      "examples/src/main/resources/dev/hone/examples/search/test.json";
  private static final long SEED = 1;

  private record Query(String query) {}

  private AdapterTasks() {}

  /** All tasks, with at most this many examples each. */
  static List<AdapterTask> all(int most) {
    return List.of(
        support(most), moderation(most), problems(most), RecordTask.task(most), agent(most));
  }

  private static AdapterTask support(int most) {
    return ofChoices(SupportTask.typed(), SupportTask.untyped().testset(), most, 40);
  }

  private static AdapterTask moderation(int most) {
    return ofChoices(ModerationTask.typed(), ModerationTask.untyped().testset(), most, 80);
  }

  private static AdapterTask ofChoices(
      BuiltInTask<?, ?> task, Dataset<ObjectNode, ObjectNode> data, int most, int maxTokens) {
    return AdapterTask.of(
        task.name(),
        task.program().signature(),
        data.shuffled(SEED).first(AdapterTask.withDemos(most)).examples(),
        AdapterTasks::sameFields,
        maxTokens);
  }

  private static AdapterTask problems(int most) {
    Signature<ObjectNode, ObjectNode> signature =
        Signature.parse("question -> reasoning, answer: float", "Solve the problem.");
    Signature<ObjectNode, ObjectNode> labels = Signature.parse("question -> answer: float");
    Dataset<ObjectNode, ObjectNode> data =
        Gsm8k.read(Source.ofResource(Gsm8kTutorial.class, "gsm8k/problems.jsonl"), labels);
    return AdapterTask.of(
        "gsm8k",
        signature,
        data.shuffled(SEED)
            .first(AdapterTask.withDemos(most))
            .map(AdapterTasks::withReasoning)
            .examples(),
        (gold, output) -> same(gold.path("answer"), output.path("answer")),
        150);
  }

  /** The worked solution as the gold of the reasoning. */
  private static Example<ObjectNode, ObjectNode> withReasoning(
      Example<ObjectNode, ObjectNode> example) {
    ObjectNode gold = Json.object();
    gold.put(
        "reasoning", example.extra(Gsm8k.SOLUTION).orElse("").replaceAll("(?s)\\n#### .*", ""));
    gold.set("answer", example.expectedJson().get("answer"));
    return Example.of(example.inputJson(), gold);
  }

  private static AdapterTask agent(int most) {
    Tool search = Tool.of("search", "finds passages", Query.class, Query::query);
    Predict<?, ?> step =
        Predictors.of(
                ReAct.of(
                    HotPotQa.Question.class, HotPotQa.Answer.class, "Answer the question.", search))
            .byName()
            .values()
            .iterator()
            .next();
    List<Example<ObjectNode, ObjectNode>> examples =
        HotPotQa.read(Path.of(SEARCH))
            .shuffled(SEED)
            .first(AdapterTask.withDemos(most))
            .examples()
            .stream()
            .map(example -> firstTurn(example.inputJson()))
            .toList();
    return AdapterTask.of("agent step", step.signature(), examples, AdapterTasks::searches, 100)
        .withTools(step.tools());
  }

  private static Example<ObjectNode, ObjectNode> firstTurn(ObjectNode question) {
    ObjectNode input = question.deepCopy();
    input.set("trajectory", Trajectory.empty().toJson());
    ObjectNode gold = Json.object().put("thought", "I have to look this up.");
    ObjectNode call = gold.putArray("calls").addObject().put("id", "1").put("tool", "search");
    call.putObject("arguments").put("query", question.path("question").asString(""));
    return Example.of(input, gold);
  }

  private static double searches(ObjectNode gold, ObjectNode output) {
    JsonNode first = output.path("calls").path(0).path("tool");
    return first.equals(gold.path("calls").path(0).path("tool")) ? 1 : 0;
  }

  /** The share of the fields of gold that an output has the same. */
  static double sameFields(ObjectNode gold, ObjectNode output) {
    return gold.propertyStream()
        .mapToDouble(field -> same(field.getValue(), output.path(field.getKey())))
        .average()
        .orElse(0);
  }

  /** 1 for equal values, sets in any order and numbers of any scale; else 0. */
  static double same(JsonNode gold, JsonNode value) {
    return canonical(gold).equals(canonical(value)) ? 1 : 0;
  }

  private static String canonical(JsonNode value) {
    if (value.isNumber()) {
      return value.decimalValue().stripTrailingZeros().toPlainString();
    }
    if (value.isArray()) {
      TreeSet<String> items = new TreeSet<>();
      value.forEach(item -> items.add(canonical(item)));
      return items.toString();
    }
    if (value.isObject() && value.has("tool")) {
      return value.path("tool") + " " + value.path("arguments");
    }
    return value.isString() ? value.stringValue().strip() : Json.write(value);
  }
}
