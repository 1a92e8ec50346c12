package dev.hone.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.compiled.CompiledDiff.PredictorDiff;
import dev.hone.json.Json;
import dev.hone.program.PredictorState;
import dev.hone.program.Predictors;
import dev.hone.program.ProgramState;
import dev.hone.program.Programs;
import dev.hone.program.Programs.Answer;
import dev.hone.program.Programs.Hop;
import dev.hone.program.Programs.Question;
import dev.hone.prompt.Demo;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompiledDiffTest {
  @TempDir Path folder;

  private static Compiled<Question, Answer> hop(
      String instructions, double score, long seed, Demo... demos) {
    Hop hop = Hop.create();
    ProgramState state =
        Predictors.of(hop)
            .initialState()
            .with("answer", new PredictorState(instructions, List.of(demos)));
    Provenance provenance =
        Provenance.builder("MiproV2")
            .settings(Json.object().put("trials", 10 + seed).put("rounds", 1), seed)
            .scores(
                List.of(
                    new Provenance.MeasuredScore("best on the valset", score, score - 0.1, 1, 30)))
            .build();
    return Compiled.of(hop, state, provenance);
  }

  private final Compiled<Question, Answer> before =
      hop("Answer.\nBe brief.", 0.5, 1, Programs.demo("a", "1"), Programs.demo("b", "2"));
  private final Compiled<Question, Answer> after =
      hop("Answer.\nBe exact.", 0.7, 2, Programs.demo("b", "2"), Programs.demo("c", "3"));

  @Test
  void comparesInstructionsLineByLineAndDemosOneByOne() {
    PredictorDiff diff = CompiledDiff.of(before, after).byPredictor().get("answer");

    assertThat(diff.instructions()).containsExactly("  Answer.", "- Be brief.", "+ Be exact.");
    assertThat(diff.demosAdded()).containsExactly("{\"question\":\"c\",\"answer\":\"3\"}");
    assertThat(diff.demosRemoved()).containsExactly("{\"question\":\"a\",\"answer\":\"1\"}");
    assertThat(diff.demosKept()).isEqualTo(1);
    assertThat(diff.signature()).isEmpty();
  }

  @Test
  void comparesScoresSeedsAndSettings() {
    assertThat(CompiledDiff.of(before, after).provenance())
        .containsExactly(
            "made by: MiproV2, seed 1 -> MiproV2, seed 2",
            "settings: {\"trials\":11} -> {\"trials\":12}",
            "best on the valset: 0.500 [0.400, 1.000] -> 0.700 [0.600, 1.000]");
  }

  @Test
  void isReadableForFilesWithoutTheirClass() {
    Path a = folder.resolve("a.json");
    Path b = folder.resolve("b.json");
    before.save(a);
    after.save(b);

    CompiledDiff diff = CompiledDiff.of(a, b);

    assertThat(diff.samePrompts()).isFalse();
    assertThat(diff.toString().lines())
        .containsExactly(
            a + " -> " + b,
            "  made by: MiproV2, seed 1 -> MiproV2, seed 2",
            "  settings: {\"trials\":11} -> {\"trials\":12}",
            "  best on the valset: 0.500 [0.400, 1.000] -> 0.700 [0.600, 1.000]",
            "query: the same instructions, 0 demos",
            "answer: instructions changed; demos: 1 added, 1 removed, 1 kept",
            "    Answer.",
            "  - Be brief.",
            "  + Be exact.",
            "  - {\"question\":\"a\",\"answer\":\"1\"}",
            "  + {\"question\":\"c\",\"answer\":\"3\"}");
  }

  @Test
  void findsNothingBetweenEqualPrograms() {
    CompiledDiff diff = CompiledDiff.of(before, before);

    assertThat(diff.samePrompts()).isTrue();
    assertThat(diff.provenance()).isEmpty();
  }

  @Test
  void namesPredictorsThatOnlyOneHasAndFieldsThatChangedAndOrder() {
    CompiledDiff other = CompiledDiff.of(before, Compiled.of(Programs.answerer("Answer.")));
    assertThat(other.byPredictor().keySet()).containsExactly("query", "answer", "self");
    assertThat(other.byPredictor().get("self").signature())
        .containsExactly("only the second has this predictor");
    assertThat(other.byPredictor().get("query").signature())
        .containsExactly("only the first has it");

    CompiledDiff types =
        CompiledDiff.of(Compiled.of(Programs.answerer("A.")), Compiled.of(Programs.judge()));
    assertThat(types.byPredictor().get("self").signature())
        .containsExactly(
            "the outputs were (answer: text) and are (mood: choice{GOOD, BAD}, reasons: list<text>)");

    CompiledDiff order =
        CompiledDiff.of(
            before,
            hop("Answer.\nBe brief.", 0.5, 1, Programs.demo("b", "2"), Programs.demo("a", "1")));
    assertThat(order.byPredictor().get("answer").signature())
        .containsExactly("the demos have another order");
  }

  @Test
  void saysWhichFileCannotBeRead() {
    Path missing = folder.resolve("missing.json");

    assertThatThrownBy(() -> CompiledDiff.of(missing, missing))
        .isInstanceOf(ArtifactException.class)
        .hasMessageContainingAll("missing.json", "no such file");
  }
}
