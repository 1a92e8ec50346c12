package dev.hone.optimize.mipro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.metric.Metric;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.Optimized;
import dev.hone.optimize.candidate.InstructionCandidate;
import dev.hone.optimize.copro.Copro;
import dev.hone.optimize.copro.CoproAttempt;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.ProposerRules;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.SeenPrompt;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Ticket;
import dev.hone.optimize.search.Search;
import dev.hone.program.Predict;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an instruction must not lose: fixed parts, allowed values, placeholders. */
class KeptPartsTest {
  private static final String LAW = "Never promise a refund.";
  private static final String BRAND = "You are Aunt Gerda.";
  private static final String GIVEN = BRAND + " Say where the ticket goes. " + LAW;

  private static Predict<Ticket, Route> router(String instructions) {
    return Predict.of(Ticket.class, Route.class, instructions);
  }

  private static RuleModel model(Function<SeenPrompt, String> writer) {
    return RuleModel.of(ProposerRules.withInstruction(writer), Tickets.rules(p -> 0.5));
  }

  private static String draft(SeenPrompt prompt) {
    return "Draft " + prompt.options().rolloutId();
  }

  private static MiproV2Report run(RuleModel model, MiproV2 settings, String instructions) {
    return Trial.run(Contexts.of(model), settings, Trial.task(router(instructions))).report();
  }

  private static List<String> proposed(MiproV2Report report) {
    return report.instructions().values().stream()
        .flatMap(List::stream)
        .filter(candidate -> candidate.round() > 0)
        .map(InstructionCandidate::text)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"racing", "tpe", "random"})
  void aFixedPartIsInThePromptOfEveryTrialWordForWord(String search) {
    RuleModel model = model(KeptPartsTest::draft);

    MiproV2Report report =
        run(
            model,
            Trial.small().search(Search.named(search)).proposalRounds(2).keep(LAW, BRAND),
            GIVEN);

    assertThat(Trial.inTrials(model))
        .isNotEmpty()
        .allMatch(prompt -> prompt.instructions().contains(LAW))
        .allMatch(prompt -> prompt.instructions().startsWith(BRAND));
    assertThat(proposed(report)).contains(BRAND + "\nDraft 1001\n" + LAW);
    assertThat(report.notes())
        .anyMatch(note -> note.startsWith("4 proposals for ") && note.endsWith("it was put back"));
  }

  @Test
  void theProposerIsToldWhatStays() {
    RuleModel model = model(KeptPartsTest::draft);

    run(model, Trial.small().keep(LAW, BRAND), GIVEN);

    assertThat(model.askedFor("instruction"))
        .isNotEmpty()
        .allMatch(prompt -> prompt.input("keptWordForWord").equals(LAW + "\n" + BRAND));
  }

  @Test
  void aProposalThatHasAFixedPartStaysAsItIs() {
    RuleModel model = model(p -> "First: " + LAW + " " + BRAND + " " + draft(p));

    MiproV2Report report = run(model, Trial.small().keep(LAW, BRAND), GIVEN);

    assertThat(proposed(report)).allMatch(text -> text.startsWith("First: ") && text.contains("D"));
    assertThat(report.notes()).noneMatch(note -> note.contains("put back"));
  }

  @Test
  void aTextThatNoInstructionHasIsRefusedBeforeTheFirstCall() {
    RuleModel model = model(KeptPartsTest::draft);

    assertThatThrownBy(() -> run(model, Trial.small().keep("Be kind."), GIVEN))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("keep has \"Be kind.\"")
        .hasMessageContaining("Maybe write it into the instruction");
    assertThatThrownBy(
            () ->
                Contexts.of(model)
                    .call(() -> Trial.small().keep("Be kind.").plan(Trial.task(router(GIVEN)))))
        .isInstanceOf(InvalidInputException.class);
    assertThat(model.seen()).isEmpty();
  }

  @Test
  void aProposalThatLosesAPlaceholderIsAskedForAgainAndNeverACandidate() {
    RuleModel model =
        model(
            prompt ->
                prompt.input("mustContain").equals("{customer}")
                    ? "Dear {customer}, " + draft(prompt)
                    : draft(prompt));

    MiproV2Report report = run(model, Trial.small(), "Say to {customer} where the ticket goes.");

    assertThat(proposed(report)).hasSize(2).allMatch(text -> text.startsWith("Dear {customer}, "));
    assertThat(Trial.inTrials(model))
        .isNotEmpty()
        .allMatch(prompt -> prompt.instructions().contains("{customer}"));
    assertThat(report.notes())
        .contains(
            "2 proposals for self lost a placeholder of the given instruction ({customer}), and"
                + " were dropped and asked for again");
  }

  @Test
  void aProposalThatLosesAPlaceholderEveryTimeIsDropped() {
    RuleModel model = model(KeptPartsTest::draft);

    MiproV2Report report = run(model, Trial.small(), "Say to {customer} where the ticket goes.");

    assertThat(proposed(report)).isEmpty();
    assertThat(Trial.inTrials(model)).allMatch(p -> p.instructions().contains("{customer}"));
    assertThat(model.askedFor("instruction")).hasSize(6);
    assertThat(report.spend().lmCalls()).isPositive();
    assertThat(report.notes())
        .anyMatch(note -> note.startsWith("Round 1: 2 proposals for self lost a placeholder"));
  }

  enum Urgency {
    HIGH,
    LOW
  }

  record Graded(Urgency urgency) {}

  @Test
  void anAllowedValueThatTheGivenInstructionNamesIsPutBack() {
    Predict<Ticket, Graded> program =
        Predict.of(Ticket.class, Graded.class, "Grade it. HIGH is for outages, else LOW.");
    RuleModel model =
        RuleModel.of(
            ProposerRules.withInstruction(
                p -> (p.options().rolloutId() % 2 == 0 ? "Say high or low. " : "") + draft(p)),
            p -> java.util.Map.of("urgency", "LOW"));
    Dataset<Ticket, Graded> data =
        Dataset.of(
            IntStream.range(0, 40)
                .mapToObj(
                    i -> Example.of(new Ticket("ticket " + i), new Graded(Urgency.values()[i % 2])))
                .toList());
    Context context = Contexts.of(model);

    Optimized<Ticket, Graded, MiproV2Report> optimized =
        context.call(
            () ->
                Trial.small()
                    .compile(OptimizationTask.of(program, data, Metric.exact(Graded::urgency))));

    assertThat(proposed(optimized.report()))
        .containsExactly("Draft 1001\nurgency: HIGH, LOW", "Say high or low. Draft 1002");
  }

  @Test
  void coproKeepsAndDropsAlike() {
    RuleModel model =
        model(p -> (p.options().rolloutId() % 2 == 0 ? "Dear {customer}, " : "") + draft(p));
    String given = "Say to {customer} where the ticket goes. " + LAW;
    Copro copro = Copro.defaults().breadth(4).depth(2).keep(LAW).proposalLanguage("German");

    var report =
        Contexts.of(model)
            .call(() -> copro.compile(router(given), Trial.TRAINSET, Tickets.metric()))
            .report();

    assertThat(report.attempts().stream().map(CoproAttempt::instruction))
        .hasSizeGreaterThan(3)
        .allMatch(text -> text.endsWith(LAW) && text.contains("{customer}"));
    assertThat(model.askedFor("label"))
        .isNotEmpty()
        .allMatch(prompt -> prompt.instructions().contains(LAW))
        .allMatch(prompt -> prompt.instructions().contains("{customer}"));
    assertThat(model.askedFor("instruction"))
        .allMatch(prompt -> prompt.input("language").equals("German"))
        .anyMatch(prompt -> prompt.input("mustContain").equals("{customer}"));
    assertThat(report.notes())
        .anyMatch(note -> note.contains("put back"))
        .anyMatch(note -> note.contains("lost a placeholder"));
  }
}
