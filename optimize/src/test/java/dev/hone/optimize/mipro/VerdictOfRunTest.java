package dev.hone.optimize.mipro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.data.Dataset;
import dev.hone.lm.LmException;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.Optimized;
import dev.hone.optimize.Verdict;
import dev.hone.optimize.Verdict.Improved;
import dev.hone.optimize.Verdict.Saturated;
import dev.hone.optimize.copro.Copro;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.ProposerRules;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Ticket;
import dev.hone.optimize.fewshot.LabeledFewShot;
import dev.hone.optimize.randomsearch.BootstrapFewShotWithRandomSearch;
import dev.hone.optimize.task.InstructionLeakage;
import dev.hone.program.Predict;
import dev.hone.program.Predictors;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every optimizer that evaluates ends with a verdict, and a testset decides it. */
class VerdictOfRunTest {
  /** Demos help: from 30 to 90 of 100. */
  private static RuleModel helpedByDemos() {
    return RuleModel.of(
        ProposerRules::echo, Tickets.rules(prompt -> prompt.demos().isEmpty() ? 0.3 : 0.9));
  }

  @Test
  void isTheFirstLineOfTheReport() {
    MiproV2Report report = Trial.run(helpedByDemos(), Trial.small()).report();

    Verdict verdict = report.verdict().orElseThrow();
    assertThat(verdict).isInstanceOf(Improved.class);
    assertThat(report.toString()).startsWith(verdict.toString().substring(0, 40));
    assertThat(((Improved) verdict).probability())
        .isEqualTo(report.lead().orElseThrow().probability());
  }

  @Test
  void isSaturatedWhereTheProgramIsRightOnAll() {
    RuleModel knowing = RuleModel.of(ProposerRules::echo, Tickets.rules(prompt -> 1));

    assertThat(Trial.run(knowing, Trial.small()).report().verdict())
        .contains(new Saturated(1, Trial.VALSET.size()));
  }

  @Test
  void isByTheTestsetWhereThereIsOne() {
    RuleModel model = helpedByDemos();
    OptimizationTask<Ticket, Route> task =
        Trial.task().withTestset(Tickets.data(80, 140, "quartz"));

    Optimized<Ticket, Route, MiproV2Report> tuned =
        Trial.run(Contexts.of(model), Trial.small(), task);

    Improved verdict = (Improved) tuned.report().verdict().orElseThrow();
    assertThat(verdict.by()).isBetween(0.5, 0.7);
    assertThat(tuned.report().notes()).anyMatch(n -> n.startsWith("The verdict is by 60 examples"));
    assertThat(tuned.report().spendByStage().get("confirm").lmCalls()).isEqualTo(120);
    assertThat(Contexts.of(model).call(() -> Trial.small().plan(task)).maxProgramRuns())
        .isEqualTo(
            Contexts.of(model).call(() -> Trial.small().plan(Trial.task())).maxProgramRuns() + 120);
    assertThat(tuned.compiled().provenance().dataFingerprints())
        .containsEntry("testset", task.testset().orElseThrow().fingerprint());
  }

  @Test
  void isGivenByTheOthersToo() {
    RuleModel model = helpedByDemos();
    OptimizationTask<Ticket, Route> task = Trial.task();

    assertThat(
            Contexts.of(model)
                .call(() -> BootstrapFewShotWithRandomSearch.defaults().compile(task))
                .report()
                .verdict())
        .containsInstanceOf(Improved.class);
    assertThat(Contexts.of(model).call(() -> Copro.defaults().compile(task)).report().verdict())
        .isPresent();
    OptimizationTask<Ticket, Route> tested = task.withTestset(Tickets.data(80, 140, "quartz"));
    assertThat(
            Contexts.of(model)
                .call(() -> LabeledFewShot.defaults().compile(tested))
                .report()
                .verdict())
        .containsInstanceOf(Improved.class);
  }

  @Test
  void refusesATestsetThatOverlapsUnlessAllowed() {
    RuleModel model = helpedByDemos();
    OptimizationTask<Ticket, Route> task = Trial.task().withTestset(Trial.VALSET.first(10));

    assertThatThrownBy(() -> Trial.run(Contexts.of(model), Trial.small(), task))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("an input that the other dataset has too");
    assertThat(model.seen()).isEmpty();
    assertThat(Trial.run(Contexts.of(model), Trial.small(), task.allowOverlap()).report().verdict())
        .isPresent();
  }

  @Test
  void notesAValsetThatOverlapsWhereItIsAllowed() {
    OptimizationTask<Ticket, Route> task =
        OptimizationTask.of(new Tickets.Router(), Trial.TRAINSET, Tickets.metric())
            .withValset(Trial.TRAINSET.first(20))
            .allowOverlap();

    assertThat(Trial.run(Contexts.of(helpedByDemos()), Trial.small(), task).report().notes())
        .anyMatch(note -> note.contains("20 of 20 examples have an input of the other dataset"));
  }

  @Test
  void keepsWhatWasFoundWhereTheTestsetCannotBeEvaluated() {
    RuleModel model =
        RuleModel.of(
            ProposerRules::echo,
            prompt -> {
              if (prompt.input("text").startsWith("ticket")
                  && Tickets.number(prompt.input("text")) >= 80) {
                throw new LmException.Unauthorized("the key is gone", null);
              }
              return Tickets.rules(p -> p.demos().isEmpty() ? 0.3 : 0.9).apply(prompt);
            });
    OptimizationTask<Ticket, Route> task =
        Trial.task().withTestset(Tickets.data(80, 100, "quartz"));

    MiproV2Report report = Trial.run(Contexts.of(model), Trial.small(), task).report();

    assertThat(report.improved()).isTrue();
    assertThat(report.verdict()).containsInstanceOf(Improved.class);
    assertThat(report.notes())
        .anyMatch(note -> note.startsWith("The testset could not be evaluated on: "));
  }

  @Test
  void notesInstructionsThatCopyValidationExamples() {
    Tickets.Router copying =
        new Tickets.Router(
            Predict.of(
                Ticket.class,
                Route.class,
                "Answer. Ticket 45 about quartz is one that goes to red. Others go to blue."));
    Dataset<Ticket, Route> valset =
        Dataset.unlabelled(
            List.of(
                new Ticket("ticket 45 about QUARTZ is one, that goes to red"), new Ticket("x")));

    assertThat(InstructionLeakage.note(Predictors.of(copying).initialState(), valset, "validation"))
        .singleElement()
        .asString()
        .startsWith("The instructions that are returned copy 1 validation example, the first:");
  }
}
