package dev.hone.metric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.compiled.Compiled;
import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.Evaluator;
import dev.hone.lm.FakeModel;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import dev.hone.program.ChainOfThought;
import dev.hone.program.Predict;
import dev.hone.program.Predictors;
import dev.hone.program.Program;
import dev.hone.program.Programs;
import dev.hone.program.TraceStep;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** What metrics see of a run. */
class RunTraceTest {
  record Text(String text) {}

  record Label(String label) {}

  record Verdict(boolean fine) {}

  /** Labels twice, one part with thoughts, one compiled; the last one runs only for long texts. */
  record Pipeline(
      Predict<Text, Label> label,
      ChainOfThought<Text, Verdict> judge,
      Compiled<Text, Label> compiled,
      Predict<Text, Label> unused)
      implements Program<Text, Verdict> {
    static Pipeline create() {
      Predict<Text, Label> inner = predict("Inner.");
      return new Pipeline(
          predict("Label."),
          ChainOfThought.of(Text.class, Verdict.class, "Judge."),
          RunTraceTest.compiled(inner),
          predict("Unused."));
    }

    @Override
    public Verdict run(Text input) {
      Label first = label.run(input);
      Label second = compiled.run(new Text(first.label()));
      label.run(new Text("again " + second.label()));
      return input.text().length() > 100
          ? new Verdict(unused.run(input) == null)
          : judge.run(input);
    }
  }

  private static Predict<Text, Label> predict(String instructions) {
    return Predict.of(Text.class, Label.class, instructions);
  }

  private static <I, O> Compiled<I, O> compiled(Program<I, O> program) {
    return Compiled.of(program, Predictors.of(program).initialState(), Programs.provenance());
  }

  private static Context context() {
    FakeModel model =
        new FakeModel(
            "echo",
            request -> {
              String prompt = request.messages().get(request.messages().size() - 1).text();
              String text = prompt.replaceAll("(?s).*## text ## \\]\\]\\n(.*?)\\n.*", "$1");
              return LmResponse.of(
                  prompt.contains("fine")
                      ? "[[ ## reasoning ## ]]\nso\n[[ ## fine ## ]]\ntrue\n[[ ## completed ## ]]"
                      : "[[ ## label ## ]]\n<" + text + ">\n[[ ## completed ## ]]",
                  LmUsage.of(1, 1),
                  "echo");
            });
    return Context.builder().lm(model).build();
  }

  private static <I, O> Evaluation<I, O> watched(
      Program<I, O> program, I input, BiConsumer<O, RunTrace> watch) {
    Metric<I, O> metric =
        (example, output, run) -> {
          watch.accept(output, run);
          return Score.of(true);
        };
    Dataset<I, O> dataset = Dataset.of(List.of(Example.unlabelled(input)));
    return context().call(() -> Evaluator.of(dataset, metric).evaluate(program));
  }

  @Test
  void seesTheSameStepsOfAProgramAndOfWhatWasCompiledOfIt() {
    Predict<Text, Label> program = predict("Label.");
    List<List<TraceStep>> seen = Collections.synchronizedList(new ArrayList<>());
    BiConsumer<Label, RunTrace> watch =
        (output, run) -> {
          seen.add(run.steps());
          assertThat(run.output(program)).contains(output);
        };

    Evaluation<Text, Label> plain = watched(program, new Text("a"), watch);
    Evaluation<Text, Label> compiled = watched(compiled(program), new Text("a"), watch);

    assertThat(seen.get(0)).hasSize(1).isEqualTo(seen.get(1));
    assertThat(plain.results().get(0).ownSteps()).hasSize(1);
    assertThat(compiled.results().get(0).steps()).hasSize(1);
    assertThat(compiled.results().get(0).ownSteps()).isEmpty();
  }

  @Test
  void givesTheTypedOutputsOfEveryPart() {
    Pipeline program = Pipeline.create();

    watched(
        program,
        new Text("a"),
        (output, run) -> {
          assertThat(run.outputs(program.label()))
              .containsExactly(new Label("<a>"), new Label("<again <<a>>>"));
          assertThat(run.output(program.label())).contains(new Label("<again <<a>>>"));
          assertThat(run.output(program.compiled())).contains(new Label("<<a>>"));
          assertThat(run.output(program.compiled().program())).contains(new Label("<<a>>"));
          assertThat(run.output(program.judge())).contains(new Verdict(true));
          assertThat(run.output(program.unused())).isEmpty();
          assertThat(run.outputs(program)).containsExactly(output);
          assertThat(run.outputs(predict("Label."))).isEmpty();
          assertThat(run.steps())
              .extracting(TraceStep::predictor)
              .containsExactly("label", "self", "label", "judge.predict");
        });
  }

  /** Calls a part of each kind that is bound to a model, or goes on from a compiled one. */
  record Bindings(
      Program<Text, Label> own, Program<Text, Label> compiled, Program<Text, Label> student)
      implements Program<Text, Label> {
    @Override
    public Label run(Text input) {
      return student.run(new Text(compiled.run(new Text(own.run(input).label())).label()));
    }
  }

  /** A program that is no predictor. */
  record Own(Predict<Text, Label> label) implements Program<Text, Label> {
    @Override
    public Label run(Text input) {
      return label.run(input);
    }
  }

  @Test
  void givesTheOutputsOfPartsThatAreBoundToAModelAndOfStudents() {
    FakeModel model = FakeModel.saying(FakeModel.chat("label", "bound"));
    Bindings program =
        new Bindings(
            new Own(predict("Own.")).on(model),
            compiled(predict("Compiled.")).on(model),
            compiled(new Own(predict("Student."))).asStudent());

    watched(
        program,
        new Text("a"),
        (output, run) -> {
          assertThat(run.outputs(program.own())).containsExactly(new Label("bound"));
          assertThat(run.outputs(program.compiled())).containsExactly(new Label("bound"));
          assertThat(run.outputs(program.student())).containsExactly(output);
        });
  }

  @Test
  void givesTheOutputOfTheProgramOnceWhateverItIs() {
    Own own = new Own(predict("Own."));
    FakeModel model = FakeModel.saying(FakeModel.chat("label", "x"));

    for (Program<Text, Label> program :
        List.of(
            own,
            own.on(model),
            compiled(own),
            compiled(own).on(model),
            compiled(own).asStudent(),
            compiled(own).asStudent().on(model))) {
      watched(
          program,
          new Text("a"),
          (output, run) -> assertThat(run.outputs(program)).containsExactly(output));
    }
  }

  @Test
  void stepsOfACompiledPartAreNoneOfTheProgramsOwn() {
    Evaluation<Text, Verdict> evaluation =
        watched(Pipeline.create(), new Text("a"), (output, run) -> {});

    assertThat(evaluation.results().get(0).ownSteps())
        .extracting(TraceStep::predictor)
        .containsExactly("label", "label", "judge.predict");
  }

  @Test
  void aCompiledProgramIsSeenOnce() {
    Compiled<Text, Verdict> compiled = compiled(Pipeline.create());

    watched(
        compiled,
        new Text("a"),
        (output, run) -> {
          assertThat(run.outputs(compiled)).containsExactly(output);
          assertThat(run.outputs(compiled.program())).containsExactly(output);
        });
  }
}
