package dev.hone.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.lm.FakeModel;
import dev.hone.lm.LmRequest;
import dev.hone.program.ChainOfThought;
import dev.hone.program.PredictorState;
import dev.hone.program.Predictors;
import dev.hone.program.Programs;
import dev.hone.program.Programs.Answer;
import dev.hone.program.Programs.Hop;
import dev.hone.program.Programs.Question;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompiledTest {
  private static final Question QUESTION = new Question("Who?");

  private final FakeModel model =
      FakeModel.answeringLast(
          last ->
              last.contains("[[ ## reasoning ## ]]")
                  ? FakeModel.chat("reasoning", "r", "answer", "a")
                  : last.contains("[[ ## query ## ]]")
                      ? FakeModel.chat("query", "q")
                      : FakeModel.chat("answer", "a"));

  @Test
  void rendersExactlyWhatASinglePredictorSends() {
    Compiled<Question, Answer> compiled =
        Compiled.of(
            Programs.answerer("Original."),
            Programs.state("self", "Learnt.", Programs.demo("Is it 1?", "yes")),
            Programs.provenance());

    LmRequest rendered = model.context().call(() -> compiled.render(QUESTION));

    assertThat(model.requests()).isEmpty();
    assertThat(FakeModel.system(rendered)).contains("Learnt.").doesNotContain("Original.");
    assertThat(rendered.messages().get(1).text()).contains("Is it 1?");
    model.context().run(() -> compiled.run(QUESTION));
    assertThat(model.requests()).containsExactly(rendered);
  }

  @Test
  void rendersExactlyWhatAChainOfThoughtSends() {
    ChainOfThought<Question, Answer> program =
        ChainOfThought.of(Question.class, Answer.class, "Think.");
    Compiled<Question, Answer> compiled =
        Compiled.of(program, Programs.state("predict", "Learnt."), Programs.provenance());

    LmRequest rendered = model.context().call(() -> compiled.render(QUESTION));

    model.context().run(() -> compiled.run(QUESTION));
    assertThat(model.requests()).containsExactly(rendered);
  }

  @Test
  void rendersEachPredictorOfALargerProgram() {
    Hop hop = Hop.create();
    Compiled<Question, Answer> compiled =
        Compiled.of(
            hop,
            Predictors.of(hop)
                .initialState()
                .with("answer", new PredictorState("Learnt.", List.of())),
            Programs.provenance());

    LmRequest rendered =
        model.context().call(() -> compiled.render("answer", Programs.json("{'question': 'q'}")));

    model.context().run(() -> compiled.run(QUESTION));
    assertThat(model.requests()).hasSize(2).last().isEqualTo(rendered);
  }

  @Test
  void saysWhatToRenderOfALargerProgram() {
    Hop hop = Hop.create();
    Compiled<Question, Answer> compiled =
        Compiled.of(hop, Predictors.of(hop).initialState(), Programs.provenance());

    assertThatThrownBy(() -> model.context().call(() -> compiled.render(QUESTION)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("not a single predictor", "Maybe render one of [query, answer]");
    assertThatThrownBy(
            () -> model.context().call(() -> compiled.render("hop", Programs.json("{}"))))
        .hasMessageContainingAll("\"hop\"", "[query, answer]");
  }

  @Test
  void refusesAStateOfOtherPredictors() {
    assertThatThrownBy(
            () ->
                Compiled.of(
                    Hop.create(), Programs.state("answer", "Learnt."), Programs.provenance()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("[answer]", "[query, answer]", "Maybe");
  }

  @Test
  void refusesScoresThatAreNotFinite() {
    assertThatThrownBy(() -> new Provenance.MeasuredScore("valset", Double.NaN, 0, 1, 5))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("valset", "NaN");
    assertThatThrownBy(() -> new Provenance.MeasuredScore("v", 1 / 3.0, 0, Double.NaN, 5))
        .hasMessageContaining("(0.333, from 0.000 to NaN)");
  }
}
