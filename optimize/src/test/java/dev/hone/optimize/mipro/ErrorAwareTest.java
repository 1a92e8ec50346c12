package dev.hone.optimize.mipro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.metric.Metric;
import dev.hone.metric.Score;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.Teacher;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.ProposerRules;
import dev.hone.optimize.fake.Relay;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.SeenPrompt;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Ticket;
import dev.hone.optimize.search.Search;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the program gets wrong on the trainset, on its way from the bootstrap to the proposer. */
class ErrorAwareTest {
  private static final Pattern TICKET = Pattern.compile("ticket (\\d+) about quartz");

  /** Says what is wrong in words of its own. */
  private static final Metric<Ticket, Route> TELLING =
      (example, actual, context) ->
          actual.equals(example.expected())
              ? Score.of(1)
              : Score.of(0, "number %d is off".formatted(Tickets.number(example.input().text())));

  private static RuleModel model(double skill) {
    return RuleModel.of(ProposerRules::echo, Tickets.rules(p -> skill));
  }

  private static List<SeenPrompt> shownErrors(RuleModel model) {
    return model.seen(p -> p.asksFor("instruction") && !p.input("errors").isEmpty());
  }

  private static Set<Integer> tickets(String text) {
    return TICKET
        .matcher(text)
        .results()
        .map((MatchResult result) -> Integer.parseInt(result.group(1)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void carriesAnErrorOfTheBootstrapWithBothAnswersAndTheFeedbackToTheProposer() {
    RuleModel model = model(0.5);

    Trial.run(
        Contexts.of(model),
        Trial.small().errorAware(true),
        Trial.task(new Tickets.Router(), TELLING));

    List<SeenPrompt> proposals = shownErrors(model);
    assertThat(proposals).isNotEmpty();
    for (SeenPrompt proposal : proposals) {
      for (String error : proposal.input("errors").split("\n\n")) {
        int number = tickets(error).iterator().next();
        assertThat(Tickets.difficulty("ticket " + number)).isGreaterThanOrEqualTo(0.5);
        assertThat(error)
            .isEqualTo(
                "text: ticket %d about quartz\nlabel: %s\nwrong answer: {\"label\":\"wrong\"}\nsaid of it: number %d is off"
                    .formatted(number, Tickets.label(number), number));
      }
      assertThat(tickets(proposal.input("solved")))
          .isNotEmpty()
          .allMatch(number -> Tickets.difficulty("ticket " + number) < 0.5);
      assertThat(proposal.input("solved")).doesNotContain("wrong");
    }
  }

  @Test
  void showsTheErrorsOfRunsThatWereMadeAnyway() {
    RuleModel off = model(0.5);
    RuleModel on = model(0.5);

    MiproV2Report without = Trial.run(off, Trial.small()).report();
    MiproV2Report with = Trial.run(on, Trial.small().errorAware(true)).report();

    assertThat(with.plan().maxProgramRuns()).isEqualTo(without.plan().maxProgramRuns());
    assertThat(with.spendByStage().get("bootstrap").lmCalls())
        .isEqualTo(without.spendByStage().get("bootstrap").lmCalls());
    assertThat(with.spendByStage().get("propose").lmCalls())
        .isEqualTo(without.spendByStage().get("propose").lmCalls());
    assertThat(shownErrors(off)).isEmpty();
    assertThat(shownErrors(on)).isNotEmpty();
  }

  @Test
  void showsThemToEverySecondProposalAndEachTimeOthers() {
    RuleModel model = model(0.4);

    Trial.run(model, Trial.small().instructionCandidates(6).errorAware(true));

    assertThat(model.askedFor("instruction")).hasSize(5);
    assertThat(shownErrors(model)).hasSize(3);
    assertThat(shownErrors(model).stream().map(p -> p.input("errors")).distinct()).hasSize(3);
  }

  @Test
  void aRunWithoutErrorsWorksAsOneThatDoesNotLookForThem() {
    RuleModel off = model(1);
    RuleModel on = model(1);

    MiproV2Report without = Trial.run(off, Trial.small()).report();
    MiproV2Report with = Trial.run(on, Trial.small().errorAware(true)).report();

    assertThat(texts(on)).isEqualTo(texts(off));
    assertThat(with.instructions()).isEqualTo(without.instructions());
  }

  private static Set<String> texts(RuleModel model) {
    return model.seen().stream().map(SeenPrompt::text).collect(Collectors.toSet());
  }

  @Test
  void leavesOutTheErrorsOfATeacherOnAnotherModelAndSaysSo() {
    RuleModel model = model(0.5);
    OptimizationTask<Ticket, Route> task =
        Trial.task().withTeacher(Teacher.on(new RuleModel("other", Tickets.rules(p -> 0.6))));

    MiproV2Report report =
        Trial.run(Contexts.of(model), Trial.small().errorAware(true), task).report();

    assertThat(shownErrors(model)).isEmpty();
    assertThat(report.plan().notes()).anyMatch(note -> note.startsWith("errorAware has no effect"));
  }

  @Test
  void laterRoundsShowWhatTheBestByThenGetsWrongWithinThePlannedRuns() {
    RuleModel model =
        RuleModel.of(
            ProposerRules::echo,
            Tickets.rules(p -> p.instructions().contains("Draft") ? 0.8 : 0.3));
    MiproV2 settings = Trial.small().trials(12).proposalRounds(2);

    MiproV2Report report = Trial.run(model, settings.errorAware(true)).report();

    List<SeenPrompt> later =
        shownErrors(model).stream().filter(p -> p.options().rolloutId() / 1000 == 2).toList();
    assertThat(later).isNotEmpty();
    assertThat(later)
        .allSatisfy(
            prompt ->
                assertThat(tickets(prompt.input("errors")))
                    .isNotEmpty()
                    .allMatch(number -> Tickets.difficulty("ticket " + number) >= 0.8));
    assertThat(report.spendByStage().get("errors").lmCalls()).isBetween(1L, 16L);
    MiproV2Report without = Trial.run(model(0.5), settings).report();
    assertThat(report.plan().maxProgramRuns()).isEqualTo(without.plan().maxProgramRuns() + 16);
  }

  @Test
  void aPredictorAmongOthersSeesWhatItWasGivenAndWhatItGave() {
    RuleModel model = RuleModel.of(ProposerRules::echo, Relay.rules(p -> 0.5, p -> 0.5));

    Trial.run(Contexts.of(model), Trial.small().errorAware(true), Trial.relay());

    List<String> ofFind =
        shownErrors(model).stream()
            .filter(p -> p.input("predictor").startsWith("predictor find"))
            .flatMap(p -> Arrays.stream(p.input("errors").split("\n\n")))
            .toList();
    assertThat(ofFind)
        .isNotEmpty()
        .allMatch(error -> error.contains("wrong answer: {\"label\":\"wrong\"}"))
        .allMatch(error -> error.contains("this predictor was given: {\"text\":\"ticket"))
        .allMatch(error -> error.contains("and gave: {\"clue\":\""));
  }

  /** Property: what is chosen by stays unseen by who writes, whatever the seed and the search. */
  @ParameterizedTest
  @ValueSource(strings = {"tpe", "racing"})
  void nothingOfTheValsetEverReachesTheProposer(String search) {
    List<SeenPrompt> all = new ArrayList<>();
    for (long seed = 0; seed < 12; seed++) {
      RuleModel model = model(0.3 + 0.04 * seed);
      MiproV2 settings =
          Trial.small()
              .search(search.equals("tpe") ? Search.tpe() : Search.racing())
              .errorAware(true)
              .trials(9)
              .proposalRounds(3)
              .seed(seed);

      Trial.run(model, settings);

      all.addAll(model.seen(ProposerRules::asked));
    }

    assertThat(all).hasSizeGreaterThan(100);
    assertThat(all).anyMatch(p -> !p.input("errors").isEmpty());
    assertThat(all).allSatisfy(p -> assertThat(tickets(p.text())).allMatch(number -> number < 40));
  }
}
