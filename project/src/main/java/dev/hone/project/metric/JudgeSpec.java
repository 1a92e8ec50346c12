package dev.hone.project.metric;

import dev.hone.data.Example;
import dev.hone.json.Json;
import dev.hone.lm.LanguageModel;
import dev.hone.metric.Metric;
import dev.hone.program.DynamicPredict;
import dev.hone.program.Program;
import dev.hone.project.model.ModelChoice;
import dev.hone.signature.Codec;
import dev.hone.signature.Signature;
import dev.hone.type.Constraints;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * A judge as a project file says it: a model that grades an answer by criteria.
 *
 * @param criteria what is a good answer
 * @param model the model that judges; empty for that of the program
 * @param grades the best grade; 1 is the worst, so that the score is 0 for it and 1 for the best
 * @param seesLabel whether the judge is shown the expected answer
 * @param repeat how often it is asked about an answer
 * @param task what the program was told to do
 */
record JudgeSpec(
    String criteria,
    Optional<ModelChoice> model,
    int grades,
    boolean seesLabel,
    int repeat,
    String task) {
  private static final String INPUT = "given";
  private static final String ANSWER = "answer";
  private static final String EXPECTED = "expected";
  private static final String GRADE = "grade";
  private static final String REASONS = "reasons";

  Metric<ObjectNode, ObjectNode> metric(Function<String, LanguageModel> models) {
    DynamicPredict bare = DynamicPredict.ofSignature(signature());
    Program<ObjectNode, ObjectNode> judge =
        model
            .<Program<ObjectNode, ObjectNode>>map(choice -> bare.on(choice.create(models)))
            .orElse(bare);
    var metric =
        Metric.<ObjectNode, ObjectNode, ObjectNode, ObjectNode>judge(
                judge, this::question, this::score)
            .feedback(verdict -> verdict.path(REASONS).asString(""))
            .repeat(repeat);
    return (seesLabel ? metric.readingLabel() : metric).named("judge");
  }

  private ObjectNode question(Example<ObjectNode, ObjectNode> example, ObjectNode output) {
    ObjectNode question = Json.object();
    question.set(INPUT, example.inputJson());
    question.set(ANSWER, output.deepCopy());
    if (seesLabel) {
      question.set(EXPECTED, example.expectedJson());
    }
    return question;
  }

  private double score(ObjectNode verdict) {
    return (verdict.path(GRADE).asDouble() - 1) / (grades - 1);
  }

  private Signature<ObjectNode, ObjectNode> signature() {
    List<Field> inputs = new ArrayList<>();
    inputs.add(field(INPUT, new FieldType.Any(), "what was given"));
    inputs.add(field(ANSWER, new FieldType.Any(), "the answer to be graded"));
    if (seesLabel) {
      inputs.add(field(EXPECTED, new FieldType.Any(), "the answer that was expected"));
    }
    Field grade =
        new Field(
            GRADE,
            new FieldType.Whole(64),
            "from 1, the criteria are not met at all, to %d, they are met fully".formatted(grades),
            new Constraints(1, grades, 0, Integer.MAX_VALUE));
    List<Field> outputs =
        List.of(field(REASONS, new FieldType.Text(), "why, in a sentence"), grade);
    return Signature.of(
        Codec.ofJson(inputs),
        Codec.ofJson(outputs),
        "Grade an answer by criteria.\nThe task was: %s\nThe criteria: %s"
            .formatted(task, criteria));
  }

  private static Field field(String name, FieldType type, String description) {
    return Field.of(name, type).withDescription(description);
  }
}
