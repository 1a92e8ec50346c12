package dev.hone.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.adapter.Adapter;
import dev.hone.compiled.Compiled;
import dev.hone.program.Programs.Answer;
import dev.hone.program.Programs.Hop;
import dev.hone.program.Programs.Question;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToStringTest {
  @Test
  void saysInOneLineWhatAPredictorIs() {
    Predict<Question, Answer> predict = Programs.answerer("Answer.");

    assertThat(predict).hasToString("Predict[question -> answer]");
    assertThat(predict.withDemos(List.of(Programs.demo("q", "a"))))
        .hasToString("Predict[question -> answer, 1 demo]");
    assertThat(
            ChainOfThought.of(Question.class, Answer.class, "Think.")
                .withDemos(List.of(Programs.demo("q", "a"), Programs.demo("r", "b"))))
        .hasToString("ChainOfThought[question -> reasoning, answer, 2 demos]");
  }

  @Test
  void saysInOneLineWhatACompiledProgramIs() {
    Hop hop = Hop.create();
    PredictorState learnt =
        new PredictorState("Q.", List.of(Programs.demo("q", "a"), Programs.demo("r", "b")));

    assertThat(
            Compiled.of(
                hop,
                Predictors.of(hop).initialState().with("answer", learnt),
                Programs.provenance()))
        .hasToString("Compiled[Hop, 2 predictors, 2 demos, by MiproV2]");
    assertThat(
            Compiled.of(
                Programs.answerer("A."),
                Programs.state("self", "Q.", Programs.demo("q", "a")),
                Programs.provenance()))
        .hasToString("Compiled[Predict question -> answer, 1 predictor, 1 demo, by MiproV2]");
  }

  @Test
  void namesThePredictorsOfAProgram() {
    assertThat(Predictors.of(Hop.create())).hasToString("Predictors[query, answer]");
    assertThat(new ProgramRunner<>(Hop.create()))
        .hasToString("ProgramRunner[Hop, predictors query, answer]");
    assertThat(Adapter.chat()).hasToString("Adapter[chat/2]");
    assertThat(Adapter.json()).hasToString("Adapter[json/2]");
  }
}
