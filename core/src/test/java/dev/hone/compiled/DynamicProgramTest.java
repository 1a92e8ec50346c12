package dev.hone.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.compiled.ArtifactException.Problem;
import dev.hone.json.Json;
import dev.hone.lm.FakeModel;
import dev.hone.lm.LmRequest;
import dev.hone.program.ChainOfThought;
import dev.hone.program.Predict;
import dev.hone.program.Predictors;
import dev.hone.program.Program;
import dev.hone.program.Programs;
import dev.hone.program.Programs.Answer;
import dev.hone.program.Programs.Hop;
import dev.hone.program.Programs.Question;
import dev.hone.signature.Desc;
import dev.hone.signature.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Files that are loaded without the class they were made for. */
class DynamicProgramTest {
  @TempDir Path folder;

  enum Level {
    @Desc("harmless")
    LOW,
    HIGH
  }

  record Item(@Desc("in euro") @Limits(min = 0, max = 99) double price, Level level) {}

  record Order(@Desc("what was said") String text, Optional<Integer> count) {}

  record Result(
      @Desc("how bad it is") Level level,
      Set<Level> others,
      @Limits(maxSize = 3) List<Item> items,
      Map<Level, Integer> byLevel) {}

  private Path saved(Compiled<?, ?> compiled) {
    Path file = folder.resolve("program.json");
    compiled.save(file);
    return file;
  }

  @Test
  void rendersTheSamePromptAsTheClassWithDescriptionsAndLimits() {
    FakeModel model = FakeModel.saying("");
    Predict<Order, Result> program = Predict.of(Order.class, Result.class, "Judge the order.");
    Path file = saved(Compiled.of(program));

    DynamicProgram loaded = Compiled.loadDynamic(file);

    Order order = new Order("3 pens", Optional.of(3));
    LmRequest expected = model.context().call(() -> Compiled.of(program).render(order));
    ObjectNode input = (ObjectNode) Json.parse("{\"text\": \"3 pens\", \"count\": 3}");
    LmRequest rendered = model.context().call(() -> loaded.compiled().render(input));
    assertThat(rendered).isEqualTo(expected);
    assertThat(rendered.toText()).contains("how bad it is", "harmless", "in euro", "at most 99");
  }

  @Test
  void runsOnMapsUnderWhatWasLearnt() {
    FakeModel model = FakeModel.saying(FakeModel.chat("answer", "Joyce"));
    Path file =
        saved(
            Compiled.of(
                Programs.answerer("Original."),
                Programs.state("self", "Learnt.", Programs.demo("Is it 1?", "yes")),
                Programs.provenance()));

    DynamicProgram loaded = Compiled.loadDynamic(file);
    Map<String, Object> answer =
        model.context().call(() -> loaded.run(Map.of("question", "Who wrote Dubliners?")));

    assertThat(answer).isEqualTo(Map.of("answer", "Joyce"));
    assertThat(FakeModel.system(model.requests().get(0))).contains("Learnt.");
    assertThat(model.requests().get(0).messages().get(1).text()).contains("Is it 1?");
    assertThat(loaded.compiled().provenance()).isEqualTo(Programs.provenance());
    assertThat(loaded.toString()).contains("question: text -> answer: text", "1 demo");
    assertThatThrownBy(() -> loaded.run(Map.of("query", "x"))).hasMessageContaining("\"query\"");
  }

  @Test
  void isLoadedIntoItsOwnProgramAgainAfterItWasSavedAgain() {
    Path file = saved(Compiled.of(Programs.answerer("Original.")));

    Path again = saved(Compiled.loadDynamic(file).compiled());

    assertThat(Compiled.load(Programs.answerer("Other."), again).state().of("self").instructions())
        .isEqualTo("Original.");
  }

  @Test
  void loadsAChainOfThoughtAsOne() {
    FakeModel model = FakeModel.saying(FakeModel.chat("reasoning", "so", "answer", "Joyce"));
    ChainOfThought<Question, Answer> program =
        ChainOfThought.of(Question.class, Answer.class, "Think.");
    Path file = saved(Compiled.of(program));

    DynamicProgram loaded = Compiled.loadDynamic(file);
    Map<String, Object> answer = model.context().call(() -> loaded.run(Map.of("question", "Who?")));

    assertThat(answer).containsExactly(Map.entry("answer", "Joyce"));
    LmRequest expected =
        model.context().call(() -> Compiled.of(program).render(new Question("Who?")));
    assertThat(model.requests()).containsExactly(expected);
    assertThat(Compiled.load(program, saved(loaded.compiled())).state())
        .isEqualTo(Predictors.of(program).initialState());
  }

  @Test
  void goesOnBeingOptimized() {
    DynamicProgram loaded =
        Compiled.loadDynamic(saved(Compiled.of(Programs.answerer("Original."))));

    Program<ObjectNode, ObjectNode> student = loaded.asStudent();

    assertThat(Predictors.of(student).initialState().of("self").instructions())
        .isEqualTo("Original.");
    Compiled<ObjectNode, ObjectNode> further =
        Compiled.of(student, Programs.state("self", "Further."), Programs.provenance());
    assertThat(Compiled.loadDynamic(saved(further)).compiled().state().of("self").instructions())
        .isEqualTo("Further.");
  }

  @Test
  void givesPredictorsOfALargerProgramByTheirNamesOnly() {
    FakeModel model = FakeModel.saying(FakeModel.chat("answer", "Joyce"));
    Path file = saved(Compiled.of(Hop.create()));

    assertThatThrownBy(() -> Compiled.loadDynamic(file))
        .isInstanceOfSatisfying(
            ArtifactException.class,
            e -> assertThat(e.problem()).isEqualTo(Problem.PREDICTORS_DIFFER))
        .hasMessageContainingAll("[query, answer]", "loadDynamic(file, \"answer\")");
    assertThatThrownBy(() -> Compiled.loadDynamic(file, "answr"))
        .hasMessageContainingAll("\"answr\"", "Maybe it is to be \"answer\"");
    DynamicProgram answer = Compiled.loadDynamic(file, "answer");
    assertThat(model.context().call(() -> answer.run(Map.of("question", "Who?"))))
        .isEqualTo(Map.of("answer", "Joyce"));
    assertThat(FakeModel.system(model.requests().get(0))).contains("Answer briefly.");
  }

  @Test
  void loadsFilesOfEveryOptimizerAndTypeAndRendersWhatTheirProgramsRender() throws IOException {
    FakeModel model = FakeModel.saying("");
    for (String name : List.of("types-of-records", "types-of-the-string-form", "judge")) {
      Path file = folder.resolve(name + ".json");
      Files.writeString(file, SavedPrograms.resource("v2/" + name + ".json"));

      DynamicProgram loaded = Compiled.loadDynamic(file);

      Compiled<?, ?> own = SavedPrograms.load("v2", name);
      assertThat(loaded.signature().fingerprint())
          .isEqualTo(
              own.predictors().byName().values().iterator().next().signature().fingerprint());
      assertThat(loaded.compiled().state()).isEqualTo(own.state());
    }
    assertThat(model.calls()).isZero();
  }

  @Test
  void refusesFormatOneAndDamage() throws IOException {
    Path file = folder.resolve("old.json");
    Files.writeString(file, SavedPrograms.resource("v1/copro.json"));
    assertThatThrownBy(() -> Compiled.loadDynamic(file))
        .isInstanceOf(ArtifactException.class)
        .hasMessageContainingAll("format 1", "Maybe");

    String text = Json.write(Compiled.of(Programs.answerer("Original.")).toJson());
    Files.writeString(file, text.replace("\"type\":\"text\"", "\"type\":\"texts\""));
    assertThatThrownBy(() -> Compiled.loadDynamic(file))
        .isInstanceOfSatisfying(
            ArtifactException.class, e -> assertThat(e.problem()).isEqualTo(Problem.DAMAGED))
        .hasMessageContainingAll("predictors.self.signature.outputs[0]", "texts", "edited by hand");
  }

  @Test
  void refusesASignatureWithoutInputsOrOutputsByTheNameOfTheFile() throws IOException {
    Path file = saved(Compiled.of(Predict.of("question -> answer")));
    String text = Files.readString(file);

    for (String side : List.of("inputs", "outputs")) {
      String none = text.replaceFirst("(?s)\"" + side + "\" : \\[.*?]", "\"" + side + "\" : []");
      assertThat(none).isNotEqualTo(text);
      Files.writeString(file, none);
      assertThatThrownBy(() -> Compiled.loadDynamic(file))
          .isInstanceOf(ArtifactException.class)
          .hasMessageContainingAll(
              file.toString(), "predictors.self.signature." + side, "found no fields", "Maybe");
    }
  }
}
