package dev.hone.local;

import dev.hone.context.Context;
import dev.hone.data.Columns;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.data.Source;
import dev.hone.json.Json;
import dev.hone.program.Predict;
import dev.hone.prompt.Demo;
import dev.hone.signature.Signature;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Prints how well the embedded model does on the training files of the demo tasks, by what its
 * prompt holds. Whatever a prompt holds is taken from one half of the file; the other half is
 * scored. The test files are not read.
 *
 * <p>The command is in {@code docs/algorithms/embedded-model.md}.
 */
final class CrossValidation {
  private static final int DRAWS = 20;

  private final Dataset<ObjectNode, ObjectNode> data;
  private final Signature<ObjectNode, ObjectNode> signature;
  private final Context context = Context.builder().lm(EmbeddedModel.load()).build();

  private CrossValidation(Path file, Signature<ObjectNode, ObjectNode> signature) {
    this.signature = signature;
    this.data = Dataset.ofJsonl(Source.of(file), signature, Columns.asNamed());
  }

  /**
   * Prints the tables.
   *
   * @param args the folder of the demo tasks' data; default: that of this repository
   */
  public static void main(String[] args) {
    Path data =
        Path.of(args.length > 0 ? args[0] : "examples/src/main/resources/dev/hone/examples");
    new CrossValidation(
            data.resolve("moderation/train.jsonl"),
            Signature.parse(
                "snippet -> severity: enum[LOW|MEDIUM|HIGH], violations:"
                    + " set[enum[HARASSMENT|HATE|SEXUAL|VIOLENCE|SELF_HARM|SPAM|OTHER]]",
                "Classify the snippet for moderation."))
        .print("moderation");
    new CrossValidation(
            data.resolve("support/train.jsonl"),
            Signature.parse(
                "message -> intent: enum[REFUND|DELIVERY|LOGIN|BILLING|CANCEL_SUBSCRIPTION|"
                    + "PRODUCT_QUESTION|COMPLAINT|FEEDBACK]",
                "Route the customer's message."))
        .print("support");
  }

  private void print(String task) {
    System.out.printf("%n%s, %d examples%n", task, data.size());
    row("bare labels", seed -> score(seed, signature.instructions(), 0));
    row("notes in the instructions", seed -> score(seed, notes(seed), 0));
    row("4 demos", seed -> score(seed, signature.instructions(), 4));
    row("16 demos", seed -> score(seed, signature.instructions(), 16));
    row("notes and 4 demos", seed -> score(seed, notes(seed), 4));
    row("notes and 16 demos", seed -> score(seed, notes(seed), 16));
  }

  private static void row(String name, LongToDoubleFunction score) {
    DoubleSummaryStatistics scores =
        LongStream.rangeClosed(1, DRAWS).mapToDouble(score).summaryStatistics();
    System.out.printf(
        Locale.ROOT,
        "%-28s mean %5.1f   min %5.1f   max %5.1f%n",
        name,
        100 * scores.getAverage(),
        100 * scores.getMin(),
        100 * scores.getMax());
  }

  /** The mean score on the half that the prompt has nothing of. */
  private double score(long seed, String instructions, int demos) {
    var halves = data.splitAt(data.size() / 2, seed);
    Predict<ObjectNode, ObjectNode> predict =
        Predict.of(signature.withInstructions(instructions))
            .withDemos(halves.first().first(demos).examples().stream().map(this::demo).toList());
    return context.call(
        () ->
            halves.rest().examples().stream()
                .mapToDouble(example -> score(predict.run(example.input()), example.expected()))
                .average()
                .orElseThrow());
  }

  private Demo demo(Example<ObjectNode, ObjectNode> example) {
    return new Demo(example.inputJson(), example.expectedJson(), Demo.Origin.LABELED, example.id());
  }

  private static double score(ObjectNode answer, ObjectNode expected) {
    return expected.propertyNames().stream()
        .mapToDouble(name -> score(answer.get(name), expected.get(name)))
        .average()
        .orElseThrow();
  }

  /** Exact match, or Jaccard similarity of sets. */
  private static double score(JsonNode answer, JsonNode expected) {
    Set<String> either = values(answer);
    Set<String> both = values(answer);
    either.addAll(values(expected));
    both.retainAll(values(expected));
    return either.isEmpty() ? 1 : (double) both.size() / either.size();
  }

  private static Set<String> values(JsonNode node) {
    Set<String> values = new HashSet<>();
    if (node.isArray()) {
      node.forEach(item -> values.add(item.stringValue()));
    } else {
      values.add(node.stringValue());
    }
    return values;
  }

  /** An instruction that the model itself writes from 40 records of the other half. */
  private String notes(long seed) {
    var records = new ArrayList<>(data.splitAt(data.size() / 2, seed).first().examples());
    Predict<ObjectNode, ObjectNode> writer =
        Predict.of(
            Signature.parse(
                "examples, current_instruction -> instruction", "Write a better instruction."));
    ObjectNode input =
        Json.object()
            .put("examples", text(records.subList(0, 40)))
            .put("current_instruction", signature.instructions());
    return context.call(() -> writer.run(input)).get("instruction").stringValue();
  }

  private static String text(List<Example<ObjectNode, ObjectNode>> records) {
    return records.stream()
        .map(example -> lines(example.inputJson()) + lines(example.expectedJson()))
        .collect(Collectors.joining("\n"));
  }

  private static String lines(ObjectNode values) {
    return values.properties().stream()
        .map(entry -> entry.getKey() + ": " + plain(entry.getValue()) + "\n")
        .collect(Collectors.joining());
  }

  private static String plain(JsonNode value) {
    return value.isString() ? value.stringValue() : Json.write(value);
  }
}
