package dev.hone.examples.hop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.context.Context;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.Evaluator;
import dev.hone.examples.hop.TwoHopTutorial.Answered;
import dev.hone.examples.hop.TwoHopTutorial.Question;
import dev.hone.examples.hop.TwoHopTutorial.TwoHop;
import dev.hone.local.EmbeddedModel;
import dev.hone.optimize.mipro.MiproV2;
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
  void theScoreOnQuestionsThatWereHeldOutRises() {
    Context context = Context.builder().lm(EmbeddedModel.load()).build();
    for (long seed : new long[] {1, 2}) {
      context.run(() -> rises(seed));
    }
  }

  private void rises(long seed) {
    Evaluator<Question, Answered> evaluator =
        Evaluator.of(TwoHopTutorial.questions(test), TwoHopTutorial.metric());
    Evaluation<Question, Answered> before = evaluator.evaluate(program);
    var tuned =
        MiproV2.light()
            .seed(seed)
            .compile(program, TwoHopTutorial.questions(train), TwoHopTutorial.metric());
    Evaluation<Question, Answered> after = evaluator.evaluate(tuned);
    System.out.println("seed " + seed + ": " + before + " -> " + after);

    assertThat(after.compareWith(before).interval().lower()).isPositive();
  }
}
