package dev.hone.examples.hop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.context.Context;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.Evaluator;
import dev.hone.examples.hop.TwoHopTutorial.Answered;
import dev.hone.examples.hop.TwoHopTutorial.Question;
import dev.hone.examples.hop.TwoHopTutorial.TwoHop;
import dev.hone.local.EmbeddedModel;
import dev.hone.program.Predictors;
import dev.hone.program.Program;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TwoHopTutorialTest {
  private static final Path DATA = Path.of("src/main/resources/dev/hone/examples/search");
  private static final String ANSWER = "answer exact match";
  private static final String RECALL = "recall of passages";

  private final Path train = DATA.resolve("train.json");
  private final Path test = DATA.resolve("test.json");
  private final TwoHop program = TwoHop.over(TwoHopTutorial.index(train, test));
  private final Context context = Context.builder().lm(EmbeddedModel.load()).build();

  @Test
  void everyHopCanBeOptimized() {
    assertThat(Predictors.of(program).byName()).containsOnlyKeys("query", "query2", "answer");
  }

  @Test
  void gainsOnQuestionsThatTheOptimizerDidNotSee() {
    var before = evaluate(program);
    var tuned = context.call(() -> TwoHopTutorial.tuned(program, train, 1));
    var after = evaluate(tuned);

    assertThat(after.scoreByPart().get(ANSWER))
        .isGreaterThan(before.scoreByPart().get(ANSWER) + 0.1);
    assertThat(after.scoreByPart().get(RECALL))
        .isGreaterThan(before.scoreByPart().get(RECALL) + 0.2);
  }

  private Evaluation<?, ?> evaluate(Program<Question, Answered> answering) {
    var evaluator = Evaluator.of(TwoHopTutorial.questions(test), TwoHopTutorial.metric());
    return context.call(() -> evaluator.evaluate(answering));
  }
}
