package dev.hone.optimize.mipro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.lm.LmException;
import dev.hone.optimize.Optimized;
import dev.hone.optimize.candidate.InstructionCandidate;
import dev.hone.optimize.copro.Copro;
import dev.hone.optimize.copro.CoproReport;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.ProposerRules;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.SeenPrompt;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Ticket;
import dev.hone.optimize.search.Search;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A step of the proposer that failed for a reason that passes is made later in the run. */
class LaterProposalsTest {
  private static final LmException.Retriable DOWN =
      new LmException.Unavailable("the prompt model is overloaded", null, null);

  /** Proposals fail until the search begins; a proposed instruction helps. */
  private static RuleModel downUntilTheSearch(LmException error, Predicate<SeenPrompt> which) {
    AtomicBoolean searching = new AtomicBoolean();
    return RuleModel.of(
        prompt -> {
          if (!searching.get() && which.test(prompt)) {
            throw error;
          }
          return ProposerRules.echo(prompt);
        },
        prompt -> {
          searching.compareAndSet(false, Tickets.number(prompt.input("text")) >= 40);
          return answer(prompt);
        });
  }

  private static Map<String, String> answer(SeenPrompt prompt) {
    return Tickets.rules(p -> p.instructions().contains("Draft") ? 0.95 : 0.3).apply(prompt);
  }

  static Stream<MiproV2> searches() {
    MiproV2 small = Trial.small();
    return Stream.of(small, small.search(Search.random()), MiproV2.light().seed(1));
  }

  @ParameterizedTest
  @MethodSource("searches")
  void instructionsThatCouldNotBeWrittenAtFirstJoinTheSearchAndWinIt(MiproV2 settings) {
    RuleModel model = downUntilTheSearch(DOWN, prompt -> prompt.asksFor("instruction"));

    Optimized<Ticket, Route, MiproV2Report> found = Trial.run(model, settings);

    MiproV2Report report = found.report();
    List<InstructionCandidate> candidates = report.instructions().get("route");
    assertThat(candidates.size()).isEqualTo(report.plan().instructionCandidates());
    assertThat(candidates.stream().skip(1).map(InstructionCandidate::round)).containsOnly(1);
    assertThat(report.trials().stream().map(t -> t.request().configuration().choice(0)))
        .contains(1, 2);
    assertThat(found.compiled().state().of("route").instructions()).contains("Draft");
    assertThat(report.notes())
        .anyMatch(note -> note.contains("made later in the run"))
        .noneMatch(note -> note.startsWith("The instruction for route failed"));
    assertThat(report.degraded()).isFalse();
  }

  @Test
  void whatStillFailsIsToldAsBefore() {
    RuleModel model =
        RuleModel.of(
            prompt -> {
              if (prompt.asksFor("instruction")) {
                throw DOWN;
              }
              return ProposerRules.echo(prompt);
            },
            LaterProposalsTest::answer);

    MiproV2Report report = Trial.run(model, Trial.small()).report();

    assertThat(report.instructions().get("route")).hasSize(1);
    assertThat(
            report.notes().stream()
                .filter(note -> note.startsWith("The instruction for route failed: the prompt")))
        .hasSize(2);
    assertThat(report.degraded()).isTrue();
    // Two proposals: three tries, one after the other steps, one in the search.
    assertThat(model.askedFor("instruction")).hasSize(2 * 5);
  }

  @Test
  void aReasonThatDoesNotPassIsNotTriedAgainLater() {
    LmException refused = new LmException.ContentRefused("not this", null);
    RuleModel model = downUntilTheSearch(refused, prompt -> prompt.asksFor("instruction"));

    MiproV2Report report = Trial.run(model, Trial.small()).report();

    assertThat(report.instructions().get("route")).hasSize(1);
    assertThat(model.askedFor("instruction")).hasSize(2 * 3);
  }

  @Test
  void aSummaryIsTriedAgainAfterTheDescriptionAndReachesTheProposals() {
    AtomicBoolean described = new AtomicBoolean();
    RuleModel model =
        RuleModel.of(
            prompt -> {
              if (prompt.asksFor("observations") && !described.get()) {
                throw DOWN;
              }
              described.compareAndSet(false, prompt.asksFor("description"));
              return ProposerRules.echo(prompt);
            },
            LaterProposalsTest::answer);

    MiproV2Report report = Trial.run(model, Trial.small()).report();

    assertThat(report.degraded()).isFalse();
    assertThat(model.askedFor("instruction"))
        .isNotEmpty()
        .allMatch(prompt -> prompt.input("datasetSummary").contains("about quartz"));
  }

  @Test
  void aFinishedRunWithAJournalIsTheSameAgainWithoutACall(@TempDir Path folder) {
    RuleModel model = downUntilTheSearch(DOWN, prompt -> prompt.asksFor("instruction"));
    var journaled = Trial.small().journal(folder);
    var first = Contexts.of(model).call(() -> journaled.compile(Trial.task()));
    RuleModel none =
        new RuleModel(
            "rules",
            prompt -> {
              throw new IllegalStateException("called");
            });

    var again = Contexts.of(none).call(() -> journaled.compile(Trial.task()));

    assertThat(none.seen()).isEmpty();
    assertThat(again.compiled().state()).isEqualTo(first.compiled().state());
    assertThat(again.report().instructions()).isEqualTo(first.report().instructions());
    assertThat(again.report().trials().stream().map(TrialRecord::scoreMean).toList())
        .isEqualTo(first.report().trials().stream().map(TrialRecord::scoreMean).toList());
  }

  @Test
  void coproMakesThemInItsNextRound() {
    AtomicInteger asked = new AtomicInteger();
    RuleModel model =
        RuleModel.of(
            prompt -> {
              if (asked.incrementAndGet() <= 6) {
                throw DOWN;
              }
              return ProposerRules.echo(prompt);
            },
            LaterProposalsTest::answer);
    Copro copro = Copro.defaults().breadth(3).depth(2);

    CoproReport report =
        Contexts.of(model)
            .call(
                () ->
                    copro.compile(
                        new Tickets.Router(), Tickets.data(0, 40, "quartz"), Tickets.metric()))
            .report();

    // Breadth 3 is the original and two proposals in the first round, and three in the next.
    assertThat(report.attempts().stream().filter(a -> a.round() == 2)).hasSize(5);
    assertThat(report.attempts().stream().filter(a -> a.round() == 1)).isEmpty();
    assertThat(report.degraded()).isFalse();
  }
}
