package dev.hone.optimize.mipro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.evaluate.EvaluationFailedException;
import dev.hone.optimize.FinishReason;
import dev.hone.optimize.fake.ProposerRules;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.SeenPrompt;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.search.Search;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The limit on failures, in the evaluations of a search. */
class MiproV2MaxErrorsTest {
  /** A model whose replies cannot be read for some prompts on examples of the valset. */
  private static RuleModel unreadableFor(Predicate<SeenPrompt> prompts) {
    var right = Tickets.rules(prompt -> 0.5);
    return RuleModel.of(
        ProposerRules::echo,
        prompt ->
            ofValset(prompt) && prompts.test(prompt)
                ? Map.of("nonsense", "x")
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
    RuleModel limited = unreadableFor(prompt -> !prompt.demos().isEmpty());
    RuleModel unlimited = unreadableFor(prompt -> !prompt.demos().isEmpty());

    MiproV2Report report = Trial.run(limited, mipro.maxErrors(2)).report();
    MiproV2Report without = Trial.run(unlimited, mipro).report();

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
    RuleModel model = unreadableFor(prompt -> Tickets.number(prompt.input("text")) % 2 == 0);

    assertThatThrownBy(() -> Trial.run(model, labelsOnly().maxErrors(3)))
        .isInstanceOf(EvaluationFailedException.class)
        .hasMessageContaining("maxErrors");
  }

  @Test
  void asManyAsAllowedChangeNothing() {
    RuleModel model = unreadableFor(prompt -> prompt.input("text").startsWith("ticket 41 "));

    MiproV2Report report = Trial.run(model, labelsOnly().maxErrors(1)).report();

    assertThat(report.finishReason()).isNotEqualTo(FinishReason.TOO_MANY_ERRORS);
    assertThat(report.degraded()).isFalse();
    assertThat(report.trials()).isNotEmpty().allMatch(trial -> trial.failedExamples() == 1);
  }
}
