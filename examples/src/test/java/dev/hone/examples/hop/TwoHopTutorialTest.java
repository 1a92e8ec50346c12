package dev.hone.examples.hop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.context.Context;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.Evaluator;
import dev.hone.examples.FirstQuestions;
import dev.hone.examples.hop.TwoHopTutorial.Answered;
import dev.hone.examples.hop.TwoHopTutorial.Question;
import dev.hone.examples.hop.TwoHopTutorial.TwoHop;
import dev.hone.local.EmbeddedModel;
import dev.hone.program.Predictors;
import dev.hone.program.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("once")
class TwoHopTutorialTest {
  private static final String ANSWER = "answer exact match";
  private static final String RECALL = "recall of passages";

  private final Context context = Context.builder().lm(EmbeddedModel.load()).build();

  @Test
  void everyHopCanBeOptimized() {
    TwoHop program = TwoHop.over((query, k) -> List.of());

    assertThat(Predictors.of(program).byName()).containsOnlyKeys("query", "query2", "answer");
  }

  @Test
  void gainsOnQuestionsThatTheOptimizerDidNotSee(@TempDir Path part) throws IOException {
    FirstQuestions.copyTo(part);
    Path train = part.resolve("train.json");
    Path test = part.resolve("test.json");
    TwoHop program = TwoHop.over(TwoHopTutorial.index(train, test));
    var tuned = context.call(() -> TwoHopTutorial.tuned(program, train, 1));

    var before = evaluate(program, test).scoreByPart();
    var after = evaluate(tuned, test).scoreByPart();

    assertThat(after.get(ANSWER)).isGreaterThan(before.get(ANSWER) + 0.1);
    assertThat(after.get(RECALL)).isGreaterThan(before.get(RECALL) + 0.2);
  }

  private Evaluation<?, ?> evaluate(Program<Question, Answered> answering, Path test) {
    var evaluator = Evaluator.of(TwoHopTutorial.questions(test), TwoHopTutorial.metric());
    return context.call(() -> evaluator.evaluate(answering));
  }
}
