package dev.hone.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.compiled.Compiled;
import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.json.Json;
import dev.hone.metric.Metric;
import dev.hone.program.DynamicPredict;
import dev.hone.program.Predict;
import dev.hone.testkit.ScriptedModel;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class FineTuningTest {
  private final DynamicPredict predict =
      Predict.of("text -> topic", "Route it.")
          .withDemos(List.of(Samples.demo("{\"text\":\"shown\"}", "{\"topic\":\"A\"}", false)));
  private final Compiled<ObjectNode, ObjectNode> program = Compiled.of(predict);
  private final Metric<ObjectNode, ObjectNode> metric = Metric.byField(predict.signature());
  private final Dataset<ObjectNode, ObjectNode> rows =
      Dataset.of(List.of(row("one", "A"), row("two", "B"), row("shown", "A")));

  private Example<ObjectNode, ObjectNode> row(String text, String topic) {
    return Example.of(Map.of("text", text, "topic", topic), predict.signature());
  }

  private static Context always(String topic) {
    return Context.builder()
        .lm(
            ScriptedModel.answering(
                request ->
                    "Surely:\n[[ ## topic ## ]]\n" + topic + "\n\n[[ ## completed ## ]] bye"))
        .build();
  }

  @Test
  void aLineIsWhatWasSentAndTheAnswerAsTheAdapterWritesIt() {
    FineTuning<ObjectNode, ObjectNode> tuning = FineTuning.of(program, metric);

    FineTuning.Lines lines = always("A").call(() -> tuning.run(rows));

    assertThat(tuning.calls(rows)).isEqualTo(2);
    assertThat(lines.passed()).isEqualTo(1);
    assertThat(lines.rows()).isEqualTo(2);
    assertThat(lines.leftOut()).isEqualTo(1);
    JsonNode messages = Json.parse(lines.toJsonl().strip()).path("messages");
    JsonNode sent =
        PromptExport.messages(
                PortableProgram.of("x", program).predictors().get(0),
                Samples.json("{\"text\":\"one\"}"))
            .path("messages");
    assertThat(messages).hasSize(sent.size() + 1);
    for (int i = 0; i < sent.size(); i++) {
      assertThat(messages.path(i)).isEqualTo(sent.path(i));
    }
    assertThat(Json.write(messages.path(sent.size())))
        .isEqualTo(
            "{\"role\":\"assistant\",\"content\":\"[[ ## topic ## ]]\\nA\\n\\n[[ ## completed ##"
                + " ]]\"}");
  }

  @Test
  void answersOfATeacherAreTakenAndItsPromptIsNot() {
    Compiled<ObjectNode, ObjectNode> teacher =
        Compiled.of(predict.withState(predict.state().withInstructions("Think hard.")));
    FineTuning<ObjectNode, ObjectNode> tuning =
        FineTuning.of(program, metric).withTeacher(teacher).minScore(0);

    FineTuning.Lines lines = always("B").call(() -> tuning.run(rows));

    assertThat(lines.lines()).hasSize(2).allMatch(line -> line.contains("Route it."));
    assertThat(lines.toJsonl()).doesNotContain("Think hard.");
  }

  @Test
  void rowsThatAreAllDemosAreRefused() {
    Dataset<ObjectNode, ObjectNode> shown = Dataset.of(List.of(row("shown", "A")));

    assertThatThrownBy(() -> FineTuning.of(program, metric).run(shown))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("All of the 1 rows are demos");
  }
}
