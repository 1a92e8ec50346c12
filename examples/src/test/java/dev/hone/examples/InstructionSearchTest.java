package dev.hone.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.compiled.Compiled;
import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.metric.Constraint;
import dev.hone.metric.CorpusMetric;
import dev.hone.metric.Metric;
import dev.hone.observe.Event;
import dev.hone.optimize.Optimized;
import dev.hone.optimize.OptimizerEvent;
import dev.hone.optimize.OptimizerEvent.OptimizerFinished;
import dev.hone.program.Predict;
import dev.hone.testkit.ScriptedModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An optimizer that was written against exported packages only is one like any other. */
class InstructionSearchTest {
  enum Parity {
    EVEN,
    ODD
  }

  record Number(int number) {}

  record Answer(Parity parity) {}

  private static final Pattern NUMBER = Pattern.compile("(?s).*## number ## ]]\\s+(\\d+)");
  private static final Pattern ATTEMPT = Pattern.compile("(?s).*## attempt ## ]]\\s+(\\d+)");
  private static final Pattern SKILL = Pattern.compile("Skill (\\d+)");

  private final Predict<Number, Answer> program =
      Predict.of(Number.class, Answer.class, "Say whether it is even.");
  private final Dataset<Number, Answer> trainset =
      Dataset.of(
          IntStream.range(0, 60)
              .mapToObj(i -> Example.of(new Number(i), new Answer(parity(i))))
              .toList());
  private final Metric<Number, Answer> metric = Metric.exact(Answer::parity);

  private static Parity parity(int number) {
    return number % 2 == 0 ? Parity.EVEN : Parity.ODD;
  }

  /** Right on the numbers whose last digit is below its skill; rewrites by attempt. */
  private static String reply(LmRequest request) {
    List<LmMessage> messages = request.messages();
    String asked = messages.get(messages.size() - 1).text();
    Matcher attempt = ATTEMPT.matcher(asked);
    if (attempt.lookingAt()) {
      return "[[ ## rewritten ## ]]\nSkill "
          + (2 + Integer.parseInt(attempt.group(1)))
          + "\n\n[[ ## completed ## ]]";
    }
    Matcher skill = SKILL.matcher(messages.get(0).text());
    int most = skill.find() ? Integer.parseInt(skill.group(1)) : 2;
    Matcher number = NUMBER.matcher(asked);
    assertThat(number.lookingAt()).as(asked).isTrue();
    int given = Integer.parseInt(number.group(1));
    Parity said = parity(given / 2 % 10 < most ? given : given + 1);
    return "[[ ## parity ## ]]\n" + said + "\n\n[[ ## completed ## ]]";
  }

  private final List<Event> events = Collections.synchronizedList(new ArrayList<>());

  private Optimized<Number, Answer, InstructionSearch.Report> search() {
    return search(metric);
  }

  private Optimized<Number, Answer, InstructionSearch.Report> search(Metric<Number, Answer> goal) {
    Context context =
        Context.builder()
            .lm(ScriptedModel.answering(InstructionSearchTest::reply))
            .listener((event, metadata) -> events.add(event))
            .build();
    return context.call(() -> new InstructionSearch(2, 3).compile(program, trainset, goal));
  }

  @Test
  void learns(@TempDir Path folder) {
    Optimized<Number, Answer, InstructionSearch.Report> optimized = search();

    InstructionSearch.Report report = optimized.report();
    assertThat(report.bestScore().orElseThrow().scoreMean())
        .isGreaterThan(report.baselineScore().orElseThrow().scoreMean() + 0.3);
    assertThat(report.steps).containsExactly("Skill 4", "Skill 7");
    optimized.save(folder.resolve("own.json"));
    assertThat(Compiled.load(program, folder.resolve("own.json")).state())
        .isEqualTo(optimized.compiled().state());
  }

  private Metric<Number, Answer> withRecallAtLeast(double limit) {
    CorpusMetric<Number, Answer> recall = CorpusMetric.recallOf(Answer::parity, Parity.EVEN);
    return metric.subjectTo(Constraint.atLeast("recall of EVEN", recall, limit));
  }

  @Test
  void returnsWhatMeetsTheConstraintsOrSaysThatNothingDoes() {
    InstructionSearch.Report easy = search(withRecallAtLeast(0.1)).report();
    InstructionSearch.Report hard = search(withRecallAtLeast(0.99)).report();

    assertThat(easy.constraints()).singleElement().matches(Constraint.Check::met);
    assertThat(easy.notes()).anyMatch(note -> note.startsWith("What is returned meets"));
    assertThat(hard.constraints()).singleElement().matches(check -> !check.met());
    assertThat(hard.notes()).anyMatch(note -> note.startsWith("Nothing that was evaluated"));
  }

  @Test
  void isMeteredByStageAndByModel() {
    InstructionSearch.Report report = search().report();

    assertThat(report.spendByStage().keySet()).containsExactly("baseline", "rewrite", "evaluate");
    assertThat(report.spendByStage().get("rewrite").lmCalls()).isEqualTo(6);
    assertThat(report.spendByModel().get("scripted")).isEqualTo(report.spend());
    assertThat(report.summary()).contains(" -> ", "completed", "model calls", "tokens");
  }

  @Test
  void tellsItsStagesAndCandidates() {
    InstructionSearch.Report report = search().report();

    List<String> names =
        events.stream()
            .filter(OptimizerEvent.class::isInstance)
            .map(event -> event.getClass().getSimpleName())
            .toList();
    assertThat(names)
        .startsWith("OptimizerStarted", "StageStarted", "CandidateStarted", "CandidateFinished")
        .endsWith("StageFinished", "OptimizerFinished");
    assertThat(events)
        .last()
        .isInstanceOfSatisfying(
            OptimizerFinished.class, finished -> assertThat(finished.report()).isSameAs(report));
  }
}
