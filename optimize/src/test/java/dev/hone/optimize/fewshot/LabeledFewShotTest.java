package dev.hone.optimize.fewshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.optimize.fake.Relay;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Ticket;
import dev.hone.program.Predict;
import dev.hone.prompt.Demo;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabeledFewShotTest {
  record Text(String text) {}

  record Answer(String answer) {}

  private final Dataset<Ticket, Route> trainset = Tickets.data(0, 30, "quartz");

  @Test
  void showsASampleOfTheLabelsWithoutAModelOrAMetric() {
    var optimized =
        LabeledFewShot.defaults().maxLabeledDemos(5).compile(new Tickets.Router(), trainset);

    assertThat(optimized.compiled().state().of("route").demos())
        .hasSize(5)
        .allMatch(demo -> demo.origin() == Demo.Origin.LABELED);
    assertThat(optimized.report().demosByPredictor()).isEqualTo(Map.of("route", 5));
    assertThat(optimized.report()).hasToString("demos from labels {route=5}");
    assertThat(optimized.report().bestScore()).isEmpty();
    assertThat(optimized.report().spend().lmCalls()).isZero();
  }

  @Test
  void drawsAnotherSampleWithAnotherSeed() {
    LabeledFewShot optimizer = LabeledFewShot.defaults().maxLabeledDemos(5);

    assertThat(optimizer.seed(1).compile(new Tickets.Router(), trainset).compiled().state())
        .isEqualTo(optimizer.seed(1).compile(new Tickets.Router(), trainset).compiled().state())
        .isNotEqualTo(optimizer.compile(new Tickets.Router(), trainset).compiled().state());
  }

  @Test
  void neverShowsAnEmptyLabel() {
    Predict<Text, Answer> program = Predict.of(Text.class, Answer.class, "Answer.");
    Dataset<Text, Answer> some =
        Dataset.of(
            List.of(
                Example.of(new Text("a"), new Answer("")),
                Example.of(new Text("b"), new Answer(" \n")),
                Example.of(new Text("c"), new Answer("told"))));

    var optimized = LabeledFewShot.defaults().compile(program, some);

    assertThat(optimized.compiled().state().of("self").demos())
        .extracting(demo -> demo.outputs().get("answer").stringValue())
        .containsExactly("told");
    assertThat(LabeledFewShot.defaults().compile(program, some.first(2)).report().notes())
        .anyMatch(note -> note.startsWith("The predictor self got no demos"));
  }

  @Test
  void showsALabelThatIsAnEmptyList() {
    record Tags(List<String> tags) {}
    Predict<Text, Tags> program = Predict.of(Text.class, Tags.class, "Tag.");
    Dataset<Text, Tags> some = Dataset.of(List.of(Example.of(new Text("a"), new Tags(List.of()))));

    assertThat(LabeledFewShot.defaults().compile(program, some).report().demosByPredictor())
        .isEqualTo(Map.of("self", 1));
  }

  @Test
  void notesAPredictorThatNoLabelFits() {
    var report = LabeledFewShot.defaults().compile(new Relay.TwoSteps(), trainset).report();

    assertThat(report.notes()).anyMatch(note -> note.startsWith("The predictor find got no demos"));
  }

  @Test
  void refusesANegativeNumberOfDemos() {
    assertThatThrownBy(() -> LabeledFewShot.defaults().maxLabeledDemos(-1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("maxLabeledDemos (-1) is less than 0. Maybe raise it to 0.");
  }
}
