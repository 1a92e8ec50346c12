package dev.hone.examples.hop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.context.Context;
import dev.hone.evaluate.Evaluator;
import dev.hone.examples.hop.TwoHopTutorial.TwoHop;
import dev.hone.local.EmbeddedModel;
import dev.hone.program.Predictors;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TwoHopTutorialTest {
  private static final Path DATA = Path.of("src/main/resources/dev/hone/examples/search");

  private final Path train = DATA.resolve("train.json");
  private final Path test = DATA.resolve("test.json");
  private final TwoHop program = TwoHop.over(TwoHopTutorial.index(train, test));

  @Test
  void everyHopCanBeOptimized() {
    assertThat(Predictors.of(program).byName()).containsOnlyKeys("query", "query2", "answer");
  }

  @Test
  void theMetricSeesWhatWasFound() {
    Context context = Context.builder().lm(EmbeddedModel.load()).build();
    var evaluator = Evaluator.of(TwoHopTutorial.questions(test), TwoHopTutorial.metric());

    var evaluation = context.call(() -> evaluator.evaluate(program));

    assertThat(evaluation.scoreByPart().get("recall of passages")).isBetween(0.4, 0.95);
  }
}
