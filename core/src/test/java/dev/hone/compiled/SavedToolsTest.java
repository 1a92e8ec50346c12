package dev.hone.compiled;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.json.Json;
import dev.hone.lm.ToolSpec;
import dev.hone.program.Predict;
import dev.hone.program.PredictorState;
import dev.hone.program.ProgramState;
import dev.hone.program.Programs;
import dev.hone.program.Programs.Answer;
import dev.hone.program.Programs.Question;
import dev.hone.signature.Signature;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** What a file knows of a predictor's tools, and what loading it says of others. */
class SavedToolsTest {
  @TempDir Path folder;

  private static final ToolSpec SEARCH = tool("search", "finds");
  private static final ToolSpec LOOKUP = tool("lookup", "looks up");

  private static ToolSpec tool(String name, String description) {
    ObjectNode parameters = Json.object().put("type", "object");
    parameters.putObject("properties").putObject("query").put("type", "string");
    return ToolSpec.of(name, description, parameters);
  }

  private static Predict<Question, Answer> agent(ToolSpec... tools) {
    return Programs.answerer("Answer.").withTools(List.of(tools));
  }

  private static Compiled<Question, Answer> learnt(
      Predict<Question, Answer> agent, Map<String, String> descriptions) {
    PredictorState state = agent.state().withToolDescriptions(descriptions);
    return Compiled.of(agent, new ProgramState(Map.of("self", state)), Programs.provenance());
  }

  private Compiled<Question, Answer> loaded(
      Compiled<Question, Answer> saved, Predict<Question, Answer> into) {
    Path file = folder.resolve("agent.json");
    saved.save(file);
    return Compiled.load(into, file);
  }

  @Test
  void descriptionsAreSavedAndLoadedAndStandInPrompts() {
    var saved = learnt(agent(SEARCH, LOOKUP), Map.of("search", "finds old letters"));

    var loaded = loaded(saved, agent(SEARCH, LOOKUP));

    assertThat(loaded.state()).isEqualTo(saved.state());
    assertThat(loaded.notes()).isEmpty();
    assertThat(loaded.state().of("self").toolDescriptions())
        .containsExactly(Map.entry("search", "finds old letters"));
  }

  @Test
  void otherToolsAreNamedByWhatBecameOfThem() {
    var saved = learnt(agent(SEARCH, LOOKUP, tool("submit", "ends")), Map.of());

    var loaded = loaded(saved, agent(tool("search", "finds now"), tool("calc", ""), LOOKUP));

    assertThat(loaded.notes())
        .singleElement()
        .asString()
        .contains("`self`", "added calc", "changed search", "removed submit", "Maybe")
        .doesNotContain("lookup");
  }

  @Test
  void anotherArgumentIsAChangeAndAnotherOrderIsNone() {
    ToolSpec other = ToolSpec.of("search", "finds", Json.object().put("type", "object"));

    assertThat(loaded(learnt(agent(SEARCH, LOOKUP), Map.of()), agent(LOOKUP, SEARCH)).notes())
        .isEmpty();
    assertThat(loaded(learnt(agent(SEARCH), Map.of()), agent(other)).notes()).hasSize(1);
  }

  @Test
  void descriptionsOfToolsThatAreGoneAreLeftOutAndNamed() {
    var saved = learnt(agent(SEARCH, LOOKUP), Map.of("search", "new", "lookup", "newer"));

    var loaded = loaded(saved, agent(SEARCH));

    assertThat(loaded.state().of("self").toolDescriptions()).containsOnlyKeys("search");
    assertThat(loaded.notes())
        .singleElement()
        .asString()
        .contains("removed lookup", "descriptions left out lookup");
  }

  @Test
  void aFileWithoutToolsIsAsItWasAndLoadsIntoAProgramThatHasSome() {
    var saved = Compiled.of(Programs.answerer("Answer."));

    assertThat(saved.toJson().toString()).doesNotContain("tool");
    assertThat(loaded(saved, agent(SEARCH)).notes())
        .singleElement()
        .asString()
        .contains("added search");
  }

  @Test
  void toolsAreNoPartOfTheSignaturesFingerprint() {
    ObjectNode with = learnt(agent(SEARCH), Map.of()).toJson();
    ObjectNode without = Compiled.of(Programs.answerer("Answer.")).toJson();

    assertThat(with.at("/predictors/self/signature"))
        .isEqualTo(without.at("/predictors/self/signature"));
    assertThat(Signature.of(Question.class, Answer.class, "").fingerprint())
        .isEqualTo(with.at("/predictors/self/signature/fingerprint").stringValue());
  }

  @Test
  void theDifferenceOfTwoFilesShowsToolsAndTheirDescriptions() {
    CompiledDiff diff =
        CompiledDiff.of(
            learnt(agent(SEARCH, LOOKUP), Map.of("search", "old words")),
            learnt(
                agent(SEARCH, tool("lookup", "x"), tool("calc", "")),
                Map.of("search", "new words", "lookup", "learnt")));

    assertThat(diff.samePrompts()).isFalse();
    assertThat(diff.toString())
        .contains(
            "the tool `calc` was added",
            "the tool `lookup` itself has changed",
            "the tool `search` was \"old words\" and is \"new words\"",
            "the tool `lookup` was its own and is \"learnt\"");
  }
}
