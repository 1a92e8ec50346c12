package dev.hone.optimize.propose.choose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.optimize.candidate.InstructionCandidate;
import dev.hone.optimize.candidate.ProposalChoice;
import dev.hone.optimize.candidate.ProposerSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ProposalChooserTest {
  private static final int DEMO_SETS = 3;
  private static final ProposalChooser.Sources SOURCES =
      new ProposalChooser.Sources(DEMO_SETS, true);

  /** The choices of a second round that learnt from a first one with everything switched on. */
  private static List<ProposalChoice> later(ProposerSettings settings, long seed) {
    List<ScoredInstruction> history = new ArrayList<>();
    List<ProposalChoice> before =
        new ProposalChooser(ProposerSettings.defaults(), seed).first("p", 6, SOURCES);
    for (int i = 0; i < before.size(); i++) {
      history.add(
          new ScoredInstruction(new InstructionCandidate("i" + i, 1, before.get(i)), 0.1 * i));
    }
    return new ProposalChooser(settings, seed).learnt("p", 2, 40, SOURCES, history);
  }

  private static ProposerSettings aware(boolean data, boolean program, boolean shots, boolean tip) {
    return ProposerSettings.defaults().withAwareness(data, program, shots, tip);
  }

  @Test
  void keepsWhatIsSwitchedOffOutOfLaterRounds() {
    assertThat(later(aware(false, true, true, true), 1))
        .noneMatch(ProposalChoice::useSummary)
        .anyMatch(ProposalChoice::useDescription);
    assertThat(later(aware(true, false, true, true), 1))
        .noneMatch(ProposalChoice::useDescription)
        .anyMatch(ProposalChoice::useSummary);
    assertThat(later(aware(true, true, false, true), 1))
        .allMatch(choice -> choice.demoSetIndex() == -1)
        .anyMatch(choice -> !choice.tip().isEmpty());
    assertThat(later(aware(true, true, true, false), 1))
        .allMatch(choice -> choice.tip().isEmpty())
        .anyMatch(choice -> choice.demoSetIndex() >= 0);
  }

  @Test
  void variesEverySourceAndTheTemperatureInLaterRounds() {
    List<ProposalChoice> choices = later(ProposerSettings.defaults().withInitTemperature(0.8), 1);

    assertThat(choices.stream().map(ProposalChoice::useSummary).distinct()).hasSize(2);
    assertThat(choices.stream().map(ProposalChoice::useDescription).distinct()).hasSize(2);
    assertThat(values(choices, choice -> (double) choice.demoSetIndex()))
        .contains(-1.0)
        .hasSizeGreaterThan(2);
    assertThat(choices)
        .extracting(ProposalChoice::temperature)
        .allMatch(t -> Set.of(4L, 6L, 8L, 10L).contains(Math.round(10 * t)));
    assertThat(values(choices, ProposalChoice::temperature)).hasSizeGreaterThanOrEqualTo(3);
    assertThat(new ProposalChooser(ProposerSettings.defaults(), 1).first("p", 6, SOURCES))
        .allMatch(choice -> choice.temperature() == 1.0);
  }

  private static Set<Double> values(
      List<ProposalChoice> choices, java.util.function.Function<ProposalChoice, Double> of) {
    return choices.stream().map(of).collect(Collectors.toSet());
  }

  @Test
  void replacesAChoiceByOneWithAnotherTipAndAnotherDemoSet() {
    ProposalChooser chooser =
        new ProposalChooser(
            ProposerSettings.defaults().withTips(List.of("One.", "Two.", "Three.")), 1);
    ProposalChoice choice = new ProposalChoice("Two.", true, false, 1, 0.5);

    ProposalChoice next = chooser.another(choice, DEMO_SETS);

    assertThat(next).isEqualTo(new ProposalChoice("Three.", true, false, 2, 0.5));
    assertThat(chooser.another(next, DEMO_SETS).demoSetIndex()).isZero();
    assertThat(chooser.another(next, DEMO_SETS).tip()).isEqualTo("One.");
  }
}
