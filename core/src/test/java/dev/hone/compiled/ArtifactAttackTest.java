package dev.hone.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hone.compiled.ArtifactException.Problem;
import dev.hone.embed.Embedding;
import dev.hone.json.Json;
import dev.hone.program.Predict;
import dev.hone.program.PredictorState;
import dev.hone.program.ProgramState;
import dev.hone.program.Programs;
import dev.hone.prompt.Demo;
import dev.hone.prompt.DemoSelection;
import dev.hone.signature.Signature;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.ObjectNode;

/** Files that somebody damaged, by chance or on purpose, are read or refused in our own words. */
class ArtifactAttackTest {
  private static final List<String> ODD_VALUES =
      List.of(
          "null",
          "true",
          "-1",
          "0",
          "1.5",
          "1e999",
          "9".repeat(40),
          "\"\"",
          "\"text\"",
          "\"\\u0000\"",
          "[]",
          "[null]",
          "[[[]]]",
          "{}",
          "{\"\": null}");

  @TempDir private Path folder;

  private final Predict<ObjectNode, ObjectNode> program =
      Predict.of(
          Signature.parse(
              "text, when: date?, any: json -> n: int, x: float, tags: set[enum[a|b]],"
                  + " m: dict[str, int]"));
  private final ObjectNode good = compiled().toJson();

  private Compiled<ObjectNode, ObjectNode> compiled() {
    Demo demo =
        new Demo(
            Programs.json("{'text': 'a', 'when': '2026-11-21', 'any': {'k': [1.5]}}"),
            Programs.json("{'n': 1, 'x': 0.5, 'tags': ['a'], 'm': {'z': 1}}"),
            Demo.Origin.LABELED,
            "id");
    PredictorState state =
        new PredictorState(
            "Do.",
            List.of(demo, demo),
            new DemoSelection.Nearest(
                1, "fake", List.of(Embedding.of(1, 2, 3), Embedding.of(3, 2, 1))));
    return Compiled.of(program, new ProgramState(Map.of("self", state)), Programs.provenance());
  }

  private void loadsOrIsRefused(ObjectNode damaged, String what) {
    Throwable error =
        catchThrowable(() -> Json.pretty(Compiled.fromJson(program, damaged).toJson()));
    if (error != null) {
      assertThat(error)
          .as(what)
          .isInstanceOf(ArtifactException.class)
          .hasMessageStartingWith("the artifact: ")
          .hasMessageMatching("(?s)[^\n]*")
          .hasMessageMatching("(?s).* Maybe (?!.*Maybe ).*")
          .hasMessageNotContainingAny("java.", "tools.jackson", "..");
    }
  }

  /** The paths of all values in a tree, each as a list of names and indices. */
  private static List<List<Object>> paths(JsonNode node) {
    List<List<Object>> all = new ArrayList<>();
    if (node instanceof ObjectNode object) {
      object.properties().forEach(entry -> add(all, entry.getKey(), entry.getValue()));
    }
    for (int i = 0; node instanceof ArrayNode && i < node.size(); i++) {
      add(all, i, node.get(i));
    }
    return all;
  }

  private static void add(List<List<Object>> all, Object step, JsonNode child) {
    all.add(List.of(step));
    for (List<Object> rest : paths(child)) {
      List<Object> path = new ArrayList<>(List.of(step));
      path.addAll(rest);
      all.add(path);
    }
  }

  private static JsonNode at(JsonNode root, List<Object> path) {
    JsonNode node = root;
    for (Object step : path) {
      node = step instanceof Integer i ? node.get(i) : node.get((String) step);
    }
    return node;
  }

  private ObjectNode replaced(List<Object> path, JsonNode value) {
    ObjectNode copy = good.deepCopy();
    JsonNode parent = at(copy, path.subList(0, path.size() - 1));
    Object last = path.get(path.size() - 1);
    if (last instanceof Integer i) {
      ((ArrayNode) parent).set(i, value);
    } else {
      ((ObjectNode) parent).set((String) last, value);
    }
    return copy;
  }

  @Test
  void readsOrRefusesOddValuesInEveryPlace() {
    List<List<Object>> paths = paths(good);
    assertThat(paths).hasSizeGreaterThan(60);

    for (List<Object> path : paths) {
      for (String odd : ODD_VALUES) {
        loadsOrIsRefused(replaced(path, Json.parse(odd)), path + " = " + odd);
      }
      loadsOrIsRefused(replaced(path, DoubleNode.valueOf(Double.NaN)), path + " = NaN");
      JsonNode huge = DecimalNode.valueOf(new BigDecimal("-1e999999999"));
      loadsOrIsRefused(replaced(path, huge), path + " = " + huge);
    }
  }

  @Test
  void readsOrRefusesAFileThatLacksAnyOfItsParts() {
    for (List<Object> path : paths(good)) {
      ObjectNode copy = good.deepCopy();
      JsonNode parent = at(copy, path.subList(0, path.size() - 1));
      if (path.get(path.size() - 1) instanceof Integer i) {
        ((ArrayNode) parent).remove(i);
      } else {
        ((ObjectNode) parent).remove((String) path.get(path.size() - 1));
      }
      loadsOrIsRefused(copy, "without " + path);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3})
  void readsOrRefusesFilesWithBytesThatChanged(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    Path file = folder.resolve("program.json");
    String text = Json.pretty(good);
    for (int round = 0; round < 300; round++) {
      StringBuilder changed = new StringBuilder(text);
      for (int i = random.nextInt(4); i >= 0; i--) {
        int at = random.nextInt(changed.length());
        changed.setCharAt(at, "\"{}[],:0e-\\\u0001x".charAt(random.nextInt(13)));
      }
      Files.writeString(file, changed);
      Throwable error = catchThrowable(() -> Compiled.load(program, file));
      if (error != null) {
        assertThat(error).isInstanceOf(ArtifactException.class).hasMessageContaining("Maybe");
        assertThat(error.getMessage()).startsWith(file.toString());
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "mean     | 1e999 | found 1E+999, expected a finite number",
        "lower    | \"x\" | found \"x\", expected a finite number",
        "examples | 3000000000 | found 3000000000, expected a whole number from 0 to 2147483647",
        "examples | -1 | found -1, expected a whole number from 0",
        "examples | 1.5 | found 1.5, expected a whole number"
      })
  void namesTheNumberOfAScoreThatDoesNotFit(String part, String value, String message) {
    ObjectNode damaged =
        replaced(List.of("provenance", "scores", 0, part), Json.parse(value.strip()));

    assertThat(failure(damaged)).hasMessageContainingAll("provenance.scores[0]." + part, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[\"AACAPw==\", 7]            | vectors[1]: found 7, expected numbers in Base64",
        "[\"AACAPw==\", \"%\"]        | vectors[1]: expected numbers in Base64, but it is other text",
        "[\"AACAPw==\", \"\"]         | vectors[1]: expected numbers in Base64, but it holds no number",
        "[\"AACAPw==\", \"AAA=\"]     | vectors[1]: expected numbers in Base64, but it holds 2 bytes",
        "[\"AADAfw==\", \"AACAPw==\"] | vectors[0]: expected numbers in Base64, but it holds a num",
        "[\"AACAPw==\", \"AACAPwAAgD8=\"] | vectors[1]: found 2 numbers, expected 1 as in the first",
        "[\"AACAPw==\"]               | vectors: found 1 vector for 2 demos"
      })
  void namesTheVectorThatDoesNotFit(String vectors, String message) {
    ObjectNode damaged =
        replaced(List.of("predictors", "self", "nearest", "vectors"), Json.parse(vectors));

    assertThat(failure(damaged)).hasMessageContaining("predictors.self.nearest." + message);
  }

  @Test
  void refusesADemoThatCouldNotBeShown() {
    ObjectNode withoutInput = good.deepCopy();
    ((ObjectNode) at(withoutInput, List.of("predictors", "self", "demos", 1, "inputs")))
        .remove("text");
    ObjectNode withoutOutputs =
        replaced(List.of("predictors", "self", "demos", 0, "outputs"), Json.object());

    assertThat(failure(withoutInput))
        .hasMessageContaining("predictors.self.demos[1].inputs.text: it is missing");
    assertThat(failure(withoutOutputs))
        .hasMessageContaining(
            "predictors.self.demos[0].outputs: found no value, expected one of [n, x, tags, m]");
  }

  @Test
  void refusesADuplicateKeyNamingItsPlace() throws IOException {
    Path file = folder.resolve("program.json");
    Files.writeString(
        file, Json.write(good).replaceFirst("\"instructions\"", "\"demos\":[],\"instructions\""));

    ArtifactException error =
        catchThrowableOfType(ArtifactException.class, () -> Compiled.load(program, file));

    assertThat(error.problem()).isEqualTo(Problem.NOT_JSON);
    assertThat(error)
        .hasMessageContainingAll("line 1, column ", "Duplicate", "demos", "edited by hand");
  }

  @Test
  void refusesDeepNestingInAFileAndInATree() throws IOException {
    Path file = folder.resolve("program.json");
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    Files.writeString(file, Json.write(good).replaceFirst("\"candidates\":6", "\"c\":" + deep));
    ArrayNode tree = Json.array();
    for (int i = 0; i < 100_000; i++) {
      tree = Json.array().add(tree);
    }

    assertThat(
            catchThrowableOfType(ArtifactException.class, () -> Compiled.load(program, file))
                .problem())
        .isEqualTo(Problem.NOT_JSON);
    for (List<Object> path :
        List.<List<Object>>of(
            List.of("provenance", "settings", "deep"),
            List.of("predictors", "self", "demos", 0, "inputs", "any"))) {
      assertThat(failure(replaced(path, tree))).hasMessageContaining("500 levels of nesting");
    }
  }

  private ArtifactException failure(ObjectNode damaged) {
    ArtifactException error =
        catchThrowableOfType(ArtifactException.class, () -> Compiled.fromJson(program, damaged));
    assertThat(error).as("refusal").isNotNull();
    assertThat(error).hasMessageContaining("Maybe");
    return error;
  }
}
