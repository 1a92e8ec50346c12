package dev.hone.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.compiled.Compiled;
import dev.hone.json.Json;
import dev.hone.lm.FakeModel;
import dev.hone.signature.Signature;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class DynamicPredictTest {
  private final DynamicPredict qa = Predict.of("question -> answer");
  private final FakeModel model =
      FakeModel.answering(request -> FakeModel.chat("answer", "James Joyce"));

  @Test
  void takesAndGivesMaps() {
    Map<String, Object> output =
        model.context().call(() -> qa.run(Map.of("question", "Who wrote Dubliners?")));

    assertThat(output).containsExactly(Map.entry("answer", "James Joyce"));
    assertThat(model.requests())
        .containsExactly(
            model
                .context()
                .call(() -> qa.render(Json.object().put("question", "Who wrote Dubliners?"))));
    assertThatThrownBy(() -> output.put("answer", "")).isInstanceOf(RuntimeException.class);
  }

  @Test
  void hasTheInstructionsThatWereGivenOrThoseOfItsFields() {
    assertThat(qa.state().instructions()).isEqualTo("Given the `question`, give the `answer`.");
    assertThat(Predict.of("question -> answer", "Be brief.").state().instructions())
        .isEqualTo("Be brief.");
    assertThat(Predict.of(Programs.Question.class, Programs.Answer.class).state().instructions())
        .isEqualTo("Given the `question`, give the `answer`.");
  }

  @Test
  void bringsInputsToTheTypesOfTheFields() {
    DynamicPredict predict =
        Predict.of(
            "n: int, x: float, day: enum[MONDAY|FRIDAY], on: date, tags: set[str], any: json,"
                + " by: dict[str, int], maybe: str?, more: list[int] -> answer");
    Map<String, Object> values = new HashMap<>();
    values.put("n", "3.0");
    values.put("x", 0.1f);
    values.put("day", DayOfWeek.FRIDAY);
    values.put("on", LocalDate.of(2026, 11, 21));
    values.put("tags", new LinkedHashSet<>(List.of("b", "a")));
    values.put("any", Map.of("z", Optional.of(1), "a", List.of(true)));
    values.put("by", Map.of("k", 2));
    values.put("maybe", null);
    values.put("more", new Integer[] {1, 2});

    assertThat(Json.write(predict.inputs(values)))
        .isEqualTo(
            Json.write(
                Programs.json(
                    "{'n': 3, 'x': 0.1, 'day': 'FRIDAY', 'on': '2026-11-21', 'tags': ['a', 'b'],"
                        + " 'any': {'a': [true], 'z': 1}, 'by': {'k': 2}, 'maybe': null,"
                        + " 'more': [1, 2]}")));
  }

  @Test
  void givesOutputsAsPlainJavaValues() {
    DynamicPredict predict =
        Predict.of(
            "q -> n: int, x: float, ok: bool, on: date, tags: set[str], list: list[int?],"
                + " by: dict[str, float], any: json, gone: str?, kind: enum[a|b]");

    Map<String, Object> values =
        predict.outputs(
            Programs.json(
                "{'n': 3, 'x': 0.5, 'ok': true, 'on': '2026-11-21', 'tags': ['a'], 'list': [1,"
                    + " null], 'by': {'k': 2.5}, 'any': {'a': [1, 'b', null]}, 'gone': null,"
                    + " 'kind': 'a'}"));

    assertThat(values)
        .containsEntry("n", 3L)
        .containsEntry("x", 0.5)
        .containsEntry("ok", true)
        .containsEntry("on", LocalDate.of(2026, 11, 21))
        .containsEntry("tags", Set.of("a"))
        .containsEntry("list", Arrays.asList(1L, null))
        .containsEntry("by", Map.of("k", 2.5))
        .containsEntry("any", Map.of("a", Arrays.asList(1, "b", null)))
        .containsEntry("kind", "a")
        .doesNotContainKey("gone");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{'qestion': 'x'} | value for \"qestion\", which is not one of its fields [question, n]"
            + " | Maybe it is to be \"question\".",
        "{'question': 'x', 'zz': 1} | value for \"zz\" | Maybe leave it out",
        "{'question': 'x'} | no value for \"n\", expected whole number | Maybe add it",
        "{'question': 'x', 'n': 'y'} | does not fit: n: found \"y\" | Maybe pass a value of the type whole number.",
        "{'question': 'x', 'n': null} | does not fit: n: found null | Maybe pass a value of the type whole number."
      })
  void saysWhatIsWrongWithAnInput(String values, String problem, String fix) {
    DynamicPredict predict = Predict.of("question, n: int -> answer");
    Map<String, Object> map = new HashMap<>();
    Programs.json(values).properties().forEach(e -> map.put(e.getKey(), e.getValue()));

    assertThatThrownBy(() -> model.context().call(() -> predict.run(map)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("The input of question, n -> answer", problem, fix);
    assertThat(model.requests()).isEmpty();
  }

  @Test
  void refusesValuesThatNoFieldCanHold() {
    assertThatThrownBy(() -> qa.inputs(Map.of("question", new Object())))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("question: found a java.lang.Object", "expected text");
    assertThatThrownBy(() -> qa.inputs(Map.of("question", List.of(Double.NaN))))
        .hasMessageContainingAll("question[0]: found NaN", "finite");
    assertThatThrownBy(() -> qa.inputs(null)).hasMessageContainingAll("is null", "Map.of");
  }

  @Test
  void isAPredictorLikeAnyOther() {
    DynamicPredict learnt = qa.withDemos(List.of(Programs.demo("q", "a")));
    Compiled<ObjectNode, ObjectNode> compiled =
        Compiled.of(qa, Programs.state("self", "Learnt."), Programs.provenance());

    Compiled<ObjectNode, ObjectNode> loaded =
        Compiled.fromJson(Predict.of("question -> answer"), compiled.toJson());
    Map<String, Object> output =
        model.context().call(() -> qa.outputs(loaded.run(qa.inputs(Map.of("question", "?")))));

    assertThat(Predictors.of(qa).byName()).containsOnly(Map.entry("self", qa));
    assertThat(learnt.state().demos()).hasSize(1);
    assertThat(learnt).hasToString("Predict[question -> answer, 1 demo]");
    assertThat(output).containsEntry("answer", "James Joyce");
    assertThat(FakeModel.system(model.requests().get(0))).contains("Learnt.");
    assertThat(
            Compiled.fromJson(Predict.of(Signature.parse("question -> answer")), loaded.toJson()))
        .isNotNull();
  }
}
