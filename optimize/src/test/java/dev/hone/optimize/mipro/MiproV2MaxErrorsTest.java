package dev.hone.optimize.mipro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.evaluate.EvaluationFailedException;
import dev.hone.optimize.FinishReason;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.ProposerRules;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.SeenPrompt;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Ticket;
import dev.hone.optimize.search.Search;
import dev.hone.program.Predict;
import dev.hone.program.Program;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The limit on failures, in the evaluations of a search. */
class MiproV2MaxErrorsTest {
  /** A program that fails where the model says so. */
  private record Fragile(Predict<Ticket, Route> route) implements Program<Ticket, Route> {
    Fragile() {
      this(Predict.of(Ticket.class, Route.class, Tickets.ORIGINAL));
    }

    @Override
    public Route run(Ticket input) {
      Route answer = route.run(input);
      if (answer.label().equals("broken")) {
        throw new IllegalStateException("broken");
      }
      return answer;
    }
  }

  private static MiproV2Report run(RuleModel model, MiproV2 mipro) {
    return Trial.run(Contexts.of(model), mipro, Trial.task(new Fragile())).report();
  }

  /** A model that breaks the program for some prompts on examples of the valset. */
  private static RuleModel breakingFor(Predicate<SeenPrompt> prompts) {
    var right = Tickets.rules(prompt -> 0.5);
    return RuleModel.of(
        ProposerRules::echo,
        prompt ->
            ofValset(prompt) && prompts.test(prompt)
                ? Map.of("label", "broken")
                : right.apply(prompt));
  }

  private static boolean ofValset(SeenPrompt prompt) {
    return Tickets.number(prompt.input("text")) >= 40;
  }

  private static MiproV2 labelsOnly() {
    return Trial.small().maxBootstrappedDemos(0).maxLabeledDemos(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tpe", "random", "racing"})
  void moreFailuresThanAllowedEndTheSearchWithTheBestSoFar(String search) {
    MiproV2 mipro = labelsOnly().search(Search.named(search));
    RuleModel limited = breakingFor(prompt -> !prompt.demos().isEmpty());
    RuleModel unlimited = breakingFor(prompt -> !prompt.demos().isEmpty());

    MiproV2Report report = run(limited, mipro.maxErrors(2));
    MiproV2Report without = run(unlimited, mipro);

    assertThat(report.finishReason()).isEqualTo(FinishReason.TOO_MANY_ERRORS);
    assertThat(report.improved()).isFalse();
    assertThat(report.best().scoreMean()).isEqualTo(report.baseline().scoreMean()).isPositive();
    assertThat(report.degraded()).isTrue();
    assertThat(report.notes())
        .anyMatch(note -> note.startsWith("The search ended before its time: "));
    assertThat(without.finishReason()).isNotEqualTo(FinishReason.TOO_MANY_ERRORS);
    assertThat(limited.seen()).hasSizeLessThan(unlimited.seen().size());
  }

  @Test
  void aBaselineThatFailsTooOftenGoesToTheCaller() {
    RuleModel model = breakingFor(prompt -> Tickets.number(prompt.input("text")) % 2 == 0);

    assertThatThrownBy(() -> run(model, labelsOnly().maxErrors(3)))
        .isInstanceOf(EvaluationFailedException.class)
        .hasMessageContaining("maxErrors");
  }

  @Test
  void asManyAsAllowedChangeNothing() {
    RuleModel model = breakingFor(prompt -> prompt.input("text").startsWith("ticket 41 "));

    MiproV2Report report = run(model, labelsOnly().maxErrors(1));

    assertThat(report.finishReason()).isNotEqualTo(FinishReason.TOO_MANY_ERRORS);
    assertThat(report.degraded()).isFalse();
    assertThat(report.trials()).anyMatch(trial -> trial.failedExamples() == 1);
  }
}
