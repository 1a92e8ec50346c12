package dev.hone.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.context.Context;
import dev.hone.lm.FakeModel;
import dev.hone.pipeline.LmPipeline;
import dev.hone.program.ChainOfThought;
import dev.hone.program.Predict;
import dev.hone.program.PredictorState;
import dev.hone.program.Predictors;
import dev.hone.program.Program;
import dev.hone.program.ProgramRunner;
import dev.hone.program.ProgramState;
import dev.hone.program.Programs;
import dev.hone.program.Programs.Answer;
import dev.hone.program.Programs.Hop;
import dev.hone.program.Programs.Question;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Programs that go on from what was learnt, and programs that no optimizer made. */
class StudentTest {
  private final Hop hop = Hop.create();
  private final ProgramState learnt = learnt();
  private final Compiled<Question, Answer> compiled =
      Compiled.of(hop, learnt, Programs.provenance());

  private final FakeModel model =
      FakeModel.answeringLast(
          last ->
              last.contains("[[ ## query ## ]]")
                  ? FakeModel.chat("query", "q")
                  : FakeModel.chat("answer", "a"));

  private static ProgramState learnt() {
    Map<String, PredictorState> states = new LinkedHashMap<>();
    states.put("query", new PredictorState("Learnt query.", List.of()));
    states.put("answer", new PredictorState("Learnt answer.", List.of(Programs.demo("q", "a"))));
    return new ProgramState(states);
  }

  private List<String> instructions() {
    return model.requests().stream()
        .map(FakeModel::system)
        .map(text -> text.substring(text.lastIndexOf('\n') + 1))
        .toList();
  }

  @Test
  void hasThePredictorsOfTheProgramInTheStatesThatWereLearnt() {
    Predictors predictors = Predictors.of(compiled.asStudent());

    assertThat(predictors.initialState()).isEqualTo(learnt);
    assertThat(predictors.byName().keySet()).containsExactly("query", "answer");
    assertThat(predictors.byName().get("answer").state()).isEqualTo(learnt.of("answer"));
    assertThat(predictors.nameOf(hop.answer())).contains("answer");
    assertThat(Predictors.of(hop).initialState()).isNotEqualTo(learnt);
  }

  @Test
  void runsUnderWhatWasLearntOnItsOwn() {
    model.context().run(() -> compiled.asStudent().run(new Question("?")));

    assertThat(instructions()).containsExactly("Learnt query.", "Learnt answer.");
  }

  @Test
  void runsUnderTheStateOfTheRun() {
    ProgramRunner<Question, Answer> runner = new ProgramRunner<>(compiled.asStudent());
    ProgramState trial = learnt.with("query", new PredictorState("Trial.", List.of()));

    var run = model.context().call(() -> runner.trace(trial, new Question("?")));

    assertThat(run.steps()).extracting("predictor").containsExactly("query", "answer");
    assertThat(instructions()).containsExactly("Trial.", "Learnt answer.");
  }

  @Test
  void isPartOfALargerProgramLikeAnyOther() {
    record Outer(Program<Question, Answer> first, Predict<Question, Answer> last)
        implements Program<Question, Answer> {
      @Override
      public Answer run(Question input) {
        return last.run(new Question(first.run(input).answer()));
      }
    }
    Outer outer = new Outer(compiled.asStudent(), Programs.answerer("Last."));
    ProgramRunner<Question, Answer> runner = new ProgramRunner<>(outer);
    ProgramState initial = runner.predictors().initialState();
    ProgramState trial = initial.with("first.answer", new PredictorState("Trial.", List.of()));

    Context uncached = Context.builder().lm(LmPipeline.builder(model).noCache().build()).build();
    uncached.run(() -> outer.run(new Question("?")));
    uncached.run(() -> runner.run(trial, new Question("?")));

    assertThat(initial.byPredictor().keySet())
        .containsExactly("first.query", "first.answer", "last");
    assertThat(initial.of("first.query")).isEqualTo(learnt.of("query"));
    assertThat(instructions())
        .containsExactly(
            "Learnt query.", "Learnt answer.", "Last.", "Learnt query.", "Trial.", "Last.");
  }

  @Test
  void canBeASinglePredictorOrAChainOfThought() {
    Predict<Question, Answer> predict = Programs.answerer("Original.");
    ChainOfThought<Question, Answer> thinking =
        ChainOfThought.of(Question.class, Answer.class, "Original.");
    Compiled<Question, Answer> single =
        Compiled.of(predict, Programs.state("self", "Learnt."), Programs.provenance());
    Compiled<Question, Answer> chain =
        Compiled.of(thinking, Programs.state("predict", "Learnt."), Programs.provenance());

    assertThat(Predictors.of(single.asStudent()).byName()).containsOnlyKeys("self");
    assertThat(Predictors.of(chain.asStudent()).byName()).containsOnlyKeys("predict");
    Compiled<Question, Answer> again = Compiled.of(single.asStudent());
    assertThat(FakeModel.system(model.context().call(() -> again.render(new Question("?")))))
        .contains("Learnt.");
  }

  @Test
  void isSavedForTheOriginalProgram() {
    ProgramState further = learnt.with("query", new PredictorState("Further.", List.of()));

    Compiled<Question, Answer> second =
        Compiled.of(compiled.asStudent(), further, Programs.provenance());

    assertThat(second.program()).isSameAs(hop);
    assertThat(Compiled.fromJson(Hop.create(), second.toJson()).state()).isEqualTo(further);
    assertThat(Predictors.of(second.asStudent()).initialState()).isEqualTo(further);
  }

  @Test
  void savesAProgramThatNoOptimizerMade() {
    Compiled<Question, Answer> asWritten = Compiled.of(hop);

    Compiled<Question, Answer> loaded = Compiled.fromJson(Hop.create(), asWritten.toJson());

    assertThat(loaded.state()).isEqualTo(Predictors.of(hop).initialState());
    assertThat(loaded.provenance().optimizer()).isEqualTo("none");
    assertThat(loaded.provenance().scores()).isEmpty();
    assertThat(asWritten).hasToString("Compiled[Hop, 2 predictors, 0 demos, by none]");
  }

  @Test
  void refusesToCompileWhatIsCompiled() {
    assertThatThrownBy(() -> Compiled.of(compiled))
        .hasMessageContainingAll("compiled already", "Maybe save it as it is", "asStudent()");
  }
}
