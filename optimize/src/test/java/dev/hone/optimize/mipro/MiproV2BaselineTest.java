package dev.hone.optimize.mipro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.optimize.bootstrap.LabeledDemos;
import dev.hone.optimize.candidate.DemoCandidate;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.ProposerRules;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.SeenPrompt;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.search.EvaluationRequest;
import dev.hone.prompt.Demo;
import java.util.List;
import org.junit.jupiter.api.Test;

class MiproV2BaselineTest {
  /** A student that comes with demos of its own, which no optimizer made. */
  static Tickets.Router withTwoDemos() {
    Tickets.Router plain = new Tickets.Router();
    List<Demo> demos =
        LabeledDemos.fitting(plain.route(), Tickets.data(100, 102, "opal").examples());
    return new Tickets.Router(plain.route().withDemos(demos));
  }

  @Test
  void evaluatesTheBaselineFirstAndOnTheWholeValset() {
    RuleModel model = RuleModel.of(ProposerRules::echo, Tickets.rules(p -> 0.5));

    MiproV2Report report = Trial.run(model, Trial.minibatches()).report();

    EvaluationRequest first = report.trials().get(0).request();
    assertThat(first.choice()).isEqualTo(EvaluationRequest.Choice.BASELINE);
    assertThat(first.examples()).hasSize(40);
    List<SeenPrompt> inTrials = Trial.inTrials(model);
    assertThat(inTrials.subList(0, 40))
        .allMatch(p -> p.instructions().equals(Tickets.ORIGINAL) && p.demos().isEmpty());
    assertThat(report.baseline().examples()).isEqualTo(40);
  }

  @Test
  void returnsTheProgramAsItWasWhenNothingBeatsIt() {
    RuleModel model =
        RuleModel.of(
            ProposerRules::echo,
            Tickets.rules(
                p -> p.demos().isEmpty() && p.instructions().equals(Tickets.ORIGINAL) ? 0.6 : 0.4));

    var optimized = Trial.run(model, Trial.minibatches());

    assertThat(optimized.compiled().state().of("route"))
        .isEqualTo(new Tickets.Router().route().state());
    assertThat(optimized.report().improved()).isFalse();
    assertThat(optimized.report().best()).isEqualTo(optimized.report().baseline());
  }

  @Test
  void returnsTheProgramAsItWasWhenAllAreAsGood() {
    RuleModel model = RuleModel.of(ProposerRules::echo, Tickets.rules(p -> 0.5));

    var optimized = Trial.run(model, Trial.small().trials(30));

    assertThat(optimized.compiled().state().of("route"))
        .isEqualTo(new Tickets.Router().route().state());
  }

  @Test
  void evaluatesTheBaselineWithTheDemosOfTheStudent() {
    RuleModel model =
        RuleModel.of(
            ProposerRules::echo, Tickets.rules(p -> p.text().contains("opal") ? 0.8 : 0.3));
    Tickets.Router student = withTwoDemos();

    var optimized = Trial.run(Contexts.of(model), Trial.minibatches(), Trial.task(student));

    MiproV2Report report = optimized.report();
    assertThat(report.demoSets().get("route").stream().map(DemoCandidate::origin))
        .contains(DemoCandidate.Origin.STUDENT, DemoCandidate.Origin.ZERO_SHOT);
    assertThat(report.baseline().scoreMean()).isGreaterThan(0.7);
    assertThat(Trial.inTrials(model).subList(0, 40)).allMatch(p -> p.demos().size() == 2);
    assertThat(optimized.compiled().state().of("route").demos())
        .isEqualTo(student.route().state().demos());
  }

  @Test
  void reportsThatTheReturnedProgramScoresWhatItScores() {
    RuleModel model =
        RuleModel.of(
            ProposerRules::echo,
            Tickets.rules(p -> p.instructions().contains("quartz") ? 0.8 : 0.3));

    var optimized = Trial.run(model, Trial.minibatches());

    double measured =
        Contexts.of(model)
            .call(
                () ->
                    Trial.VALSET.examples().stream()
                        .mapToDouble(e -> optimized.run(e.input()).equals(e.expected()) ? 1 : 0)
                        .average()
                        .orElseThrow());
    assertThat(optimized.report().best().scoreMean()).isEqualTo(measured);
    assertThat(optimized.report().improved()).isTrue();
  }
}
