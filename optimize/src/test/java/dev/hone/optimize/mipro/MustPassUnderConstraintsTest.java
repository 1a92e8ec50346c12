package dev.hone.optimize.mipro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.context.Budget;
import dev.hone.context.Context;
import dev.hone.metric.Constraint;
import dev.hone.metric.CorpusMetric;
import dev.hone.metric.Metric;
import dev.hone.optimize.Optimized;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.ProposerRules;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.SeenPrompt;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Ticket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Must-pass examples together with constraints and a tolerance. As given, the program is right on
 * two thirds and never finds a red ticket; drafts find all red ones, and the later ones more of the
 * others, but fewer than the program as given.
 */
class MustPassUnderConstraintsTest {
  private static final Metric<Ticket, Route> METRIC =
      Tickets.metric()
          .subjectTo(
              Constraint.atLeast("recall of red", CorpusMetric.recallOf(Route::label, "red"), 0.6));

  private static RuleModel model(List<Long> failing) {
    return RuleModel.of(
        ProposerRules.withInstruction(p -> "Draft " + p.options().rolloutId()),
        prompt -> Map.of("label", answer(prompt, failing)));
  }

  private static String answer(SeenPrompt prompt, List<Long> failing) {
    String text = prompt.input("text");
    String label = Tickets.label(Tickets.number(text));
    long draft = MustPassTest.draft(prompt);
    if (text.contains("about law")) {
      return failing.contains(draft) ? "wrong" : label;
    }
    if (draft == 0) {
      return label.equals("red") ? "blue" : label;
    }
    boolean right = label.equals("red") || Tickets.difficulty(text) < (draft - 1000) * 0.1;
    return right ? label : "red";
  }

  private static Optimized<Ticket, Route, MiproV2Report> compile(
      RuleModel model, MiproV2 settings, Metric<Ticket, Route> metric) {
    return Trial.run(Contexts.of(model), settings, Trial.task(new Tickets.Router(), metric));
  }

  private static String instructions(Optimized<Ticket, Route, MiproV2Report> optimized) {
    return optimized.compiled().state().of("route").instructions();
  }

  @ParameterizedTest
  @ValueSource(strings = {"racing", "tpe", "random"})
  void aConstrainedWinnerThatPassesIsReturned(String search) {
    var optimized = compile(model(List.of()), MustPassTest.settings(search), METRIC);

    assertThat(instructions(optimized)).startsWith("Draft ");
    assertThat(optimized.report().constraints()).singleElement().matches(Constraint.Check::met);
    assertThat(optimized.report().notes())
        .anyMatch(note -> note.endsWith("passed all of 3 must-pass examples."))
        .anyMatch(note -> note.startsWith("What is returned meets the constraints"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tpe", "random"})
  void aConstrainedWinnerThatFailsGivesWayToTheNextThatMeetsTheConstraint(String search) {
    var optimized = compile(model(List.of(1003L)), MustPassTest.settings(search), METRIC);

    MiproV2Report report = optimized.report();
    assertThat(instructions(optimized)).isEqualTo("Draft 1002");
    assertThat(report.constraints()).singleElement().matches(Constraint.Check::met);
    assertThat(report.best().scoreMean()).isLessThan(report.baseline().scoreMean());
    assertThat(report.notes())
        .anyMatch(note -> note.contains("is not returned: of 3 must-pass examples"))
        .anyMatch(note -> note.endsWith("passed all of 3 must-pass examples."))
        .anyMatch(note -> note.startsWith("What is returned meets the constraints"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"racing", "tpe", "random"})
  void whereNothingThatMeetsTheConstraintPassesTheBaselineIsReturnedWithItsOwnChecks(
      String search) {
    RuleModel model = model(List.of(1001L, 1002L, 1003L));

    var optimized = compile(model, MustPassTest.settings(search), METRIC);

    MiproV2Report report = optimized.report();
    assertThat(instructions(optimized)).isEqualTo(Tickets.ORIGINAL);
    assertThat(report.improved()).isFalse();
    assertThat(report.constraints())
        .singleElement()
        .matches(check -> !check.met() && check.value() == 0);
    assertThat(report.notes())
        .contains(
            "No other complete configuration is shown to meet the constraints, so the program as"
                + " given is returned, untried.")
        .noneMatch(note -> note.startsWith("Nothing that was evaluated"))
        .noneMatch(note -> note.startsWith("What is returned meets"));
    assertThat(model.seen(p -> p.input("text").contains("about law") && MustPassTest.draft(p) == 0))
        .isEmpty();
  }

  @Test
  void theBaselineThatIsNextInLineIsReturnedWithItsOwnChecks() {
    Metric<Ticket, Route> metric =
        Tickets.metric()
            .subjectTo(
                Constraint.atLeast(
                    "precision of green", CorpusMetric.precisionOf(Route::label, "green"), 0.5));
    RuleModel better =
        RuleModel.of(
            ProposerRules.withInstruction(p -> "Draft " + p.options().rolloutId()),
            prompt -> {
              String text = prompt.input("text");
              String label = Tickets.label(Tickets.number(text));
              boolean law = text.contains("about law");
              boolean right =
                  MustPassTest.draft(prompt) == 0
                      ? !label.equals("red")
                      : MustPassTest.draft(prompt) == 1003;
              return Map.of("label", !law && right ? label : "wrong");
            });

    var optimized = compile(better, MustPassTest.settings("tpe"), metric);

    MiproV2Report report = optimized.report();
    assertThat(instructions(optimized)).isEqualTo(Tickets.ORIGINAL);
    assertThat(report.constraints()).singleElement().matches(Constraint.Check::met);
    assertThat(report.notes())
        .contains("Next in line is the program as given, so that one is returned, untried.")
        .anyMatch(note -> note.startsWith("What is returned meets the constraints"));
    assertThat(report.toString())
        .contains("returned  the program as given, by the must-pass examples")
        .containsPattern("[1-9]\\d* of \\d+ other configurations? scored higher");
  }

  @Test
  void underConstraintAndToleranceTheFewestTokensOfThoseThatPassAreReturned() {
    RuleModel model = model(List.of(1003L));

    var optimized = compile(model, MustPassTest.settings("tpe").cheapestWithin(0.2), METRIC);

    MiproV2Report report = optimized.report();
    assertThat(instructions(optimized)).isIn("Draft 1001", "Draft 1002");
    assertThat(report.constraints()).singleElement().matches(Constraint.Check::met);
    assertThat(report.notes())
        .anyMatch(note -> note.endsWith("passed all of 3 must-pass examples."))
        .anyMatch(note -> note.contains("prompt tokens per run"));
  }

  @Test
  void whatCouldNotBeTriedLeavesTheChecksOfTheBaselineInTheReport() {
    RuleModel free = model(List.of());
    long calls = compile(free, MustPassTest.settings("tpe"), METRIC).report().spend().lmCalls();
    Context context =
        Contexts.of(model(List.of())).toBuilder()
            .budget(Budget.ofCalls(Math.toIntExact(calls - 2)))
            .build();

    var optimized =
        Trial.run(context, MustPassTest.settings("tpe"), Trial.task(new Tickets.Router(), METRIC));

    assertThat(instructions(optimized)).isEqualTo(Tickets.ORIGINAL);
    assertThat(optimized.report().constraints()).singleElement().matches(check -> !check.met());
  }
}
