package dev.hone.optimize.copro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.context.Budget;
import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.lm.LmException;
import dev.hone.optimize.FinishReason;
import dev.hone.optimize.Optimized;
import dev.hone.optimize.OptimizerEvent;
import dev.hone.optimize.StateScore;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.ProposerRules;
import dev.hone.optimize.fake.Relay;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.SeenPrompt;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Ticket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CoproTest {
  private static final Copro SMALL = Copro.defaults().breadth(4).depth(3);
  private static final Pattern DRAFT = Pattern.compile("Draft (\\d+)");
  private static final Pattern SCORE = Pattern.compile("score (\\d\\.\\d+):");

  private final Dataset<Ticket, Route> trainset = Tickets.data(0, 40, "quartz");

  /** Draft n has the skill of n hundredths above the start; the original has the start. */
  private static double skill(SeenPrompt prompt, double start) {
    Matcher matcher = DRAFT.matcher(prompt.instructions());
    return matcher.find() ? start + 0.05 * Integer.parseInt(matcher.group(1)) : start;
  }

  private static String draft(SeenPrompt prompt) {
    return "Draft " + prompt.options().rolloutId();
  }

  private static RuleModel model(Function<SeenPrompt, String> writer, double start) {
    return RuleModel.of(ProposerRules.withInstruction(writer), Tickets.rules(p -> skill(p, start)));
  }

  private Optimized<Ticket, Route, CoproReport> compile(RuleModel model, Copro settings) {
    return Contexts.of(model)
        .call(() -> settings.compile(new Tickets.Router(), trainset, Tickets.metric()));
  }

  @Test
  void returnsTheBestInstructionThatItSaw() {
    var optimized = compile(model(CoproTest::draft, 0.2), SMALL);

    CoproReport report = optimized.report();
    assertThat(optimized.compiled().state().of("route").instructions()).isEqualTo("Draft 11");
    assertThat(report.best().scoreMean()).isGreaterThan(report.baseline().scoreMean() + 0.4);
    assertThat(report.attempts()).hasSize(1 + 3 + 4 + 4);
    assertThat(report.finishReason()).isEqualTo(FinishReason.COMPLETED);
    assertThat(report.degraded()).isFalse();
  }

  @Test
  void keepsTheOriginalUnlessSomethingIsStrictlyBetter() {
    RuleModel model =
        RuleModel.of(ProposerRules.withInstruction(CoproTest::draft), Tickets.rules(p -> 0.5));

    var optimized = compile(model, SMALL);

    assertThat(optimized.compiled().state().of("route").instructions()).isEqualTo(Tickets.ORIGINAL);
    assertThat(optimized.report().improved()).isFalse();
    assertThat(optimized.report().best()).isEqualTo(optimized.report().baseline());
  }

  @Test
  void returnsTheBestOfAnEarlyRoundIfLaterOnesAreWorse() {
    RuleModel model =
        RuleModel.of(
            ProposerRules.withInstruction(CoproTest::draft),
            Tickets.rules(p -> p.instructions().contains("Draft 2") ? 0.9 : 0.3));

    var optimized = compile(model, SMALL);

    assertThat(optimized.compiled().state().of("route").instructions()).isEqualTo("Draft 2");
  }

  @Test
  void showsEarlierInstructionsWithTheirScoresWorstFirst() {
    RuleModel model = model(CoproTest::draft, 0.2);

    compile(model, SMALL);

    List<SeenPrompt> proposals = model.askedFor("instruction");
    assertThat(proposals).hasSize(3 + 4 + 4);
    int shown = 0;
    for (SeenPrompt prompt : proposals) {
      List<Double> scores = new ArrayList<>();
      SCORE
          .matcher(prompt.input("earlierInstructions"))
          .results()
          .forEach(result -> scores.add(Double.parseDouble(result.group(1))));
      assertThat(scores).isSorted().hasSizeLessThanOrEqualTo(4);
      boolean first = prompt.options().rolloutId() <= 3;
      assertThat(scores.isEmpty()).isEqualTo(first);
      shown += scores.size();
    }
    assertThat(shown).isEqualTo(4 * 8);
    SeenPrompt last = proposals.get(proposals.size() - 1);
    assertThat(last.input("earlierInstructions"))
        .contains("Draft 7")
        .doesNotContain(Tickets.ORIGINAL);
  }

  @Test
  void asksForEachProposalInACallOfItsOwn() {
    RuleModel model = model(CoproTest::draft, 0.2);

    compile(model, SMALL);

    List<SeenPrompt> proposals = model.askedFor("instruction");
    assertThat(proposals.stream().map(p -> p.options().rolloutId()).distinct()).hasSize(11);
    assertThat(proposals).allSatisfy(p -> assertThat(p.options().temperature()).isEqualTo(1.4));
  }

  @Test
  void evaluatesEachInstructionOnce() {
    RuleModel model = model(CoproTest::draft, 0.2);

    var report = compile(model, SMALL).report();

    assertThat(model.askedFor("label")).hasSize(40 * 12);
    assertThat(report.spendByStage().get("propose").lmCalls()).isEqualTo(11);
    assertThat(report.spend().lmCalls()).isEqualTo(model.seen().size());
  }

  @Test
  void evaluatesNothingAgainForTheOtherPredictors() {
    RuleModel model =
        RuleModel.of(
            ProposerRules.withInstruction(CoproTest::draft),
            Relay.rules(p -> skill(p, 0.1), p -> skill(p, 0.1)));

    var optimized =
        Contexts.of(model)
            .call(() -> SMALL.compile(new Relay.TwoSteps(), trainset, Tickets.metric()));

    assertThat(model.askedFor("label")).hasSize(40 * (1 + 2 * 11));
    assertThat(optimized.compiled().state().of("find").instructions()).startsWith("Draft");
    assertThat(optimized.compiled().state().of("decide").instructions()).startsWith("Draft");
    double best =
        optimized.report().attempts().stream()
            .flatMap(a -> a.score().stream())
            .mapToDouble(StateScore::scoreMean)
            .max()
            .orElseThrow();
    assertThat(optimized.report().best().scoreMean()).isEqualTo(best);
  }

  @Test
  void changesNothingButInstructions() {
    var student =
        new Tickets.Router(
            new Tickets.Router()
                .route()
                .withDemos(
                    List.of(
                        new dev.hone.prompt.Demo(
                            trainset.examples().get(0).inputJson(),
                            trainset.examples().get(0).expectedJson(),
                            dev.hone.prompt.Demo.Origin.LABELED,
                            ""))));

    var optimized =
        Contexts.of(model(CoproTest::draft, 0.2))
            .call(() -> SMALL.compile(student, trainset, Tickets.metric()));

    assertThat(optimized.compiled().state().of("route").demos())
        .isEqualTo(student.route().state().demos());
  }

  private static RuleModel failing(Set<Long> rollouts, RuntimeException error) {
    return model(
        prompt -> {
          if (rollouts.contains(prompt.options().rolloutId())) {
            throw error;
          }
          return draft(prompt);
        },
        0.2);
  }

  static Stream<RuntimeException> faultsThatAreNotRetried() {
    return Stream.of(
        new LmException.ContentRefused("a fault", null),
        new LmException.InvalidRequest("a fault", null),
        new LmException.Unavailable("a fault", null, null),
        new IllegalStateException("a fault"));
  }

  @ParameterizedTest
  @MethodSource("faultsThatAreNotRetried")
  void aProposalThatFailsOnceIsMadeAgain(RuntimeException fault) {
    var optimized = compile(failing(Set.of(2L, 4L), fault), SMALL);

    assertThat(optimized.report().attempts()).hasSize(1 + 11);
    assertThat(optimized.report().degraded()).isFalse();
    assertThat(optimized.report().notes())
        .singleElement()
        .asString()
        .startsWith("2 proposals failed and were made again. The first: The instruction for route")
        .contains("a fault");
  }

  @Test
  void aProposalThatFailsForGoodCostsOnlyItself() {
    // The second proposal, and both that replace it.
    var optimized =
        compile(failing(Set.of(2L, 4L, 5L), new LmException.ContentRefused("no", null)), SMALL);

    assertThat(optimized.report().attempts()).hasSize(1 + 10);
    assertThat(optimized.report().degraded()).isTrue();
    assertThat(optimized.report().notes())
        .contains("The instruction for route failed: no")
        .anyMatch(note -> note.startsWith("2 proposals failed and were made again."));
  }

  @Test
  void doesNotEvaluateWhatWasSaidBefore() {
    RuleModel model = model(prompt -> "Draft 1", 0.2);

    var report = compile(model, SMALL).report();

    assertThat(report.attempts()).hasSize(2);
    assertThat(model.askedFor("label")).hasSize(80);
  }

  @Test
  void doesNotDependOnThreads() {
    Copro copro = SMALL;
    Function<Integer, CoproReport> run =
        threads ->
            Contexts.of(model(CoproTest::draft, 0.2), threads)
                .call(
                    () -> copro.compile(new Tickets.Router(), trainset, Tickets.metric()).report());

    assertThat(run.apply(8).attempts()).isEqualTo(run.apply(1).attempts());
  }

  @Test
  void returnsTheBestSoFarWhenTheBudgetIsSpent() {
    RuleModel model = model(CoproTest::draft, 0.2);
    Context context = Contexts.of(model).toBuilder().budget(Budget.ofCalls(180)).build();

    var optimized =
        context.call(() -> SMALL.compile(new Tickets.Router(), trainset, Tickets.metric()));

    assertThat(optimized.report().finishReason()).isEqualTo(FinishReason.BUDGET_SPENT);
    assertThat(optimized.compiled().state().of("route").instructions()).startsWith("Draft");
    assertThat(model.seen()).hasSizeLessThanOrEqualTo(180);
  }

  @Test
  void anotherModelWritesTheInstructions() {
    RuleModel task = new RuleModel("task", Tickets.rules(p -> skill(p, 0.2)));
    RuleModel prompt = new RuleModel("prompt", ProposerRules.withInstruction(CoproTest::draft));

    var optimized =
        Contexts.of(task)
            .call(
                () ->
                    SMALL
                        .promptModel(Contexts.bare(prompt, 4))
                        .compile(new Tickets.Router(), trainset, Tickets.metric()));

    assertThat(prompt.seen()).hasSize(11);
    assertThat(optimized.report().spendByModel()).containsOnlyKeys("prompt", "task");
    assertThat(optimized.compiled().provenance().modelIds()).containsEntry("prompt", "prompt");
  }

  @Test
  void refusesWhatItCannotUse() {
    assertThatThrownBy(() -> SMALL.breadth(1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("breadth (1)");
    assertThatThrownBy(() -> SMALL.initTemperature(2.5)).isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(
            () ->
                Contexts.of(model(CoproTest::draft, 0.2))
                    .call(
                        () ->
                            Copro.defaults()
                                .compile(
                                    new Tickets.Router(), Dataset.of(List.of()), Tickets.metric())))
        .hasMessageContaining("empty");
  }

  @Test
  void tellsWhatItDoesAndWhyItGaveUp() {
    List<String> events = new ArrayList<>();
    RuleModel model = model(CoproTest::draft, 0.2);
    Context context =
        Contexts.of(model)
            .withListener(
                (event, metadata) -> {
                  if (event instanceof OptimizerEvent) {
                    events.add(event.getClass().getSimpleName());
                  }
                });

    context.call(
        () -> SMALL.depth(1).breadth(2).compile(new Tickets.Router(), trainset, Tickets.metric()));
    assertThat(events)
        .startsWith(
            "OptimizerStarted",
            "StageStarted",
            "CandidateStarted",
            "CandidateFinished",
            "StageFinished")
        .endsWith("CandidateFinished", "StageFinished", "OptimizerFinished");

    events.clear();
    Context spent = context.toBuilder().budget(Budget.ofWallClock(Duration.ZERO)).build();
    assertThatThrownBy(
            () -> spent.call(() -> SMALL.compile(new Tickets.Router(), trainset, Tickets.metric())))
        .isInstanceOf(LmException.BudgetExhausted.class);
    assertThat(events).endsWith("OptimizerFailed");
  }
}
