package dev.hone.optimize.copro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.data.Dataset;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.ProposerRules;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.SeenPrompt;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Ticket;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Why nothing was better is told. */
class CoproReportTest {
  private static final Copro SMALL = Copro.defaults().breadth(4).depth(3);

  private final Dataset<Ticket, Route> trainset = Tickets.data(0, 40, "quartz");

  private CoproReport report(
      Function<SeenPrompt, String> writer, Function<SeenPrompt, Map<String, String>> task) {
    RuleModel model = RuleModel.of(ProposerRules.withInstruction(writer), task);
    return Contexts.of(model)
        .call(() -> SMALL.compile(new Tickets.Router(), trainset, Tickets.metric()))
        .report();
  }

  private static String draft(SeenPrompt prompt) {
    return "Draft " + prompt.options().rolloutId();
  }

  @Test
  void saysThatAllProposalsWereRepeats() {
    CoproReport report = report(prompt -> Tickets.ORIGINAL, Tickets.rules(p -> 0.5));

    assertThat(report.attempts()).hasSize(1);
    assertThat(report.notes())
        .containsExactly(
            "33 of 33 proposals repeated an earlier instruction or were empty, so none was tried."
                + " Maybe raise initTemperature, or let another model propose.");
    assertThat(report.degraded()).isTrue();
  }

  @Test
  void countsTheProposalsThatWereRepeats() {
    CoproReport report = report(prompt -> "Draft 1", Tickets.rules(p -> 0.5));

    assertThat(report.notes())
        .contains(
            "30 of 31 proposals repeated an earlier instruction or were empty, and were not tried.");
    assertThat(report.degraded()).isFalse();
  }

  @Test
  void saysOnHowManyExamplesTheProgramFailedAndWhyTheFirst() {
    CoproReport report =
        report(
            CoproReportTest::draft,
            prompt ->
                prompt.input("text").equals("ticket 9 about quartz")
                    ? Map.of("label", "never")
                    : Map.of("nonsense", "x"));

    assertThat(report.toString()).contains("0.000 [0.000, ");
    assertThat(report.notes())
        .first()
        .asString()
        .startsWith("The program as given: no output on 39 of 40 examples; the first: the program")
        .contains("label");
  }

  @Test
  void saysOnWhichExamplesTheBestProgramFails() {
    CoproReport report =
        report(
            CoproReportTest::draft,
            prompt ->
                prompt.text().contains("Draft 2") && prompt.text().contains("ticket 7 ")
                    ? Map.of("nonsense", "x")
                    : Tickets.rules(p -> p.instructions().contains("Draft 2") ? 1 : 0.2)
                        .apply(prompt));

    assertThat(report.notes())
        .singleElement()
        .asString()
        .startsWith("The best program: no output on 1 of 40 examples; the first: the program");
  }
}
