package dev.hone.optimize.mipro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.optimize.candidate.InstructionCandidate;
import dev.hone.optimize.candidate.ProposalChoice;
import dev.hone.optimize.candidate.ProposerTemplate;
import dev.hone.optimize.fake.ProposerRules;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.SeenPrompt;
import dev.hone.optimize.fake.Tickets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Who writes instructions, by which wording, in which language. */
class ProposalWordingTest {
  private static RuleModel model(String id) {
    return new RuleModel(
        id,
        prompt ->
            ProposerRules.asked(prompt)
                ? ProposerRules.withInstruction(p -> id + " " + p.options().rolloutId())
                    .apply(prompt)
                : Tickets.rules(p -> p.instructions().startsWith("good") ? 0.9 : 0.3)
                    .apply(prompt));
  }

  private static List<ProposalChoice> choices(MiproV2Report report, int round) {
    return report.instructions().values().stream()
        .flatMap(List::stream)
        .filter(candidate -> candidate.round() == round)
        .map(InstructionCandidate::choice)
        .map(Objects::requireNonNull)
        .toList();
  }

  @Test
  void severalPromptModelsAreDealtAndTheFirstDescribesTheTask() {
    RuleModel task = model("task");
    RuleModel a = model("a");
    RuleModel b = model("b");

    var optimized = Trial.run(task, Trial.small().instructionCandidates(5).promptModels(a, b));

    assertThat(task.seen(ProposerRules::asked)).isEmpty();
    assertThat(a.askedFor("description")).hasSize(1);
    assertThat(b.askedFor("description")).isEmpty();
    assertThat(a.askedFor("instruction")).hasSize(2);
    assertThat(b.askedFor("instruction")).hasSize(2);
    optimized
        .report()
        .instructions()
        .get("route")
        .forEach(
            candidate -> {
              ProposalChoice choice = candidate.choice();
              assertThat(choice == null || candidate.text().startsWith(choice.promptModel()))
                  .isTrue();
            });
    assertThat(optimized.compiled().provenance().settings().toString())
        .contains("\"promptModels\":[\"a\",\"b\"]");
  }

  @Test
  void laterRoundsAskTheModelWhoseInstructionsScoreBetter() {
    int good = 0;
    int bad = 0;
    for (long seed = 0; seed < 10; seed++) {
      RuleModel better = model("good");
      RuleModel worse = model("bad");
      MiproV2Report report =
          Trial.run(
                  model("task"),
                  Trial.small()
                      .instructionCandidates(7)
                      .trials(60)
                      .proposalRounds(3)
                      .promptModels(worse, better)
                      .seed(seed))
              .report();

      for (ProposalChoice choice : choices(report, 3)) {
        good += choice.promptModel().equals("good") ? 1 : 0;
        bad += choice.promptModel().equals("bad") ? 1 : 0;
      }
    }
    assertThat(good).isGreaterThan(2 * bad);
  }

  @Test
  void anOwnTemplateIsWhatTheModelIsAskedBy() {
    RuleModel model = model("m");
    ProposerTemplate own = ProposerTemplate.of("own", "In {language}, write it. Advice: {tip}");

    Trial.run(model, Trial.small().templates(own).proposalLanguage("Welsh").fixedTip("Be brief."));

    assertThat(model.askedFor("instruction"))
        .isNotEmpty()
        .allMatch(p -> p.instructions().startsWith("In Welsh, write it. Advice: Be brief."))
        .allMatch(p -> p.input("tip").isEmpty() && p.input("language").isEmpty())
        .allMatch(p -> p.input("predictor").contains("predictor route"));
  }

  @Test
  void severalTemplatesAreDealt() {
    RuleModel model = model("m");
    ProposerTemplate own = ProposerTemplate.of("own", "Write it as you would say it.");

    MiproV2Report report =
        Trial.run(
                model,
                Trial.small().instructionCandidates(5).templates(ProposerTemplate.standard(), own))
            .report();

    assertThat(choices(report, 1).stream().map(ProposalChoice::template))
        .containsExactlyInAnyOrder("default", "own", "default", "own");
    Set<String> asked =
        model.askedFor("instruction").stream()
            .map(SeenPrompt::instructions)
            .map(text -> text.lines().findFirst().orElse(""))
            .collect(Collectors.toSet());
    assertThat(asked).hasSize(2).contains("Write it as you would say it.");
  }

  @Test
  void theLanguageIsSaidOnlyWhereItIsSet() {
    RuleModel silent = model("m");
    RuleModel german = model("m");

    Trial.run(silent, Trial.small());
    Trial.run(german, Trial.small().proposalLanguage("German"));

    assertThat(silent.seen()).noneMatch(prompt -> prompt.inputs().containsKey("language"));
    assertThat(german.askedFor("instruction"))
        .isNotEmpty()
        .allMatch(prompt -> prompt.input("language").equals("German"));
  }

  @Test
  void whatCannotBeMeantIsRefused() {
    assertThatThrownBy(() -> ProposerTemplate.of("own", "Use {datasetSummary}."))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("placeholder {datasetSummary}, expected {tip}");
    assertThatThrownBy(() -> MiproV2.light().promptModels(model("a"), model("a")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("promptModels has \"a\" twice");
    assertThatThrownBy(() -> MiproV2.light().templates())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("templates is empty");
    assertThatThrownBy(() -> MiproV2.light().proposalLanguage(" "))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> MiproV2.light().keep("")).isInstanceOf(InvalidInputException.class);
  }
}
