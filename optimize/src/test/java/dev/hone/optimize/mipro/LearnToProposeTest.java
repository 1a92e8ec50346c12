package dev.hone.optimize.mipro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.candidate.InstructionCandidate;
import dev.hone.optimize.candidate.ProposalChoice;
import dev.hone.optimize.candidate.ProposalGain;
import dev.hone.optimize.candidate.ProposalMemory;
import dev.hone.optimize.candidate.ProposalStyle;
import dev.hone.optimize.candidate.Tips;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.ProposerRules;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Ticket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Learning to propose from run to run: what a run shows arrives in the draws of the next. */
class LearnToProposeTest {
  private static final String GOOD = Tips.defaults().get(3);

  @TempDir private Path folder;

  /** Instructions that were written by the good tip make the program better. */
  private static RuleModel model() {
    return RuleModel.of(
        ProposerRules.withInstruction(
            p ->
                (p.input("tip").equals(GOOD) ? "Good " : "Poor ")
                    + p.options().rolloutId()
                    + p.options().temperature()),
        Tickets.rules(p -> p.instructions().startsWith("Good") ? 0.8 : 0.4));
  }

  private static OptimizationTask<Ticket, Route> task(String topic) {
    return OptimizationTask.of(new Tickets.Router(), Tickets.data(0, 40, topic), Tickets.metric())
        .withValset(Tickets.data(40, 80, topic));
  }

  private static List<String> tips(MiproV2Report report) {
    return report.instructions().get("route").stream()
        .map(InstructionCandidate::choice)
        .filter(Objects::nonNull)
        .map(ProposalChoice::tip)
        .toList();
  }

  private static List<String> tips(MiproV2 settings, String topic) {
    return tips(Trial.run(Contexts.of(model()), settings, task(topic)).report());
  }

  private static double share(List<String> tips) {
    return tips.stream().filter(GOOD::equals).count() / (double) tips.size();
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  /** A file by which one tip gained and the others did not. */
  private Path learnt(String name, String goodTip) {
    ProposalMemory memory = ProposalMemory.empty();
    for (int run = 0; run < 12; run++) {
      List<ProposalGain> gains = new ArrayList<>();
      for (String tip : Tips.defaults()) {
        ProposalStyle style = new ProposalStyle("rules", "default", tip, 1);
        gains.add(new ProposalGain(style, tip.equals(goodTip) ? 1 : 0, 40));
      }
      memory = memory.withRun(new ProposalMemory.Run("other", gains));
    }
    memory.write(file(name));
    return file(name);
  }

  @Test
  void theFileChangesWhichStyleIsDrawnInTheNextRun() {
    String other = Tips.defaults().get(5);
    int good = 0;
    int others = 0;
    for (long seed = 0; seed < 10; seed++) {
      MiproV2 settings = Trial.small().seed(seed);
      List<String> byGood = tips(settings.learnToPropose(learnt("a", GOOD)), "quartz");
      List<String> byOther = tips(settings.learnToPropose(learnt("b", other)), "quartz");
      good += byGood.contains(GOOD) ? 1 : 0;
      others += byOther.contains(other) ? 1 : 0;
    }

    assertThat(good).isGreaterThanOrEqualTo(9);
    assertThat(others).isGreaterThanOrEqualTo(9);
  }

  @Test
  void whatPaysIsDrawnMoreOftenFromProgramToProgram() {
    int chains = 6;
    int first = 0;
    int last = 0;
    for (int chain = 0; chain < chains; chain++) {
      MiproV2 settings = Trial.small().trials(14).learnToPropose(file("c" + chain));
      for (int run = 0; run < 16; run++) {
        boolean drawn = tips(settings.seed(100L * chain + run), "topic" + run).contains(GOOD);
        first += drawn && run < 4 ? 1 : 0;
        last += drawn && run >= 12 ? 1 : 0;
      }
    }

    // 2 of 7 tips per run: without learning 29 %.
    assertThat(first / (4.0 * chains)).isLessThan(0.6);
    assertThat(last / (4.0 * chains)).isGreaterThan(0.85);
  }

  @Test
  void costsNoCallAndLeavesNoTraceWhereItIsOff() throws IOException {
    RuleModel off = model();
    RuleModel on = model();
    MiproV2 settings = Trial.small().instructionCandidates(5).trials(6);

    Trial.run(off, settings);
    MiproV2Report report = Trial.run(on, settings.learnToPropose(file("p.json"))).report();

    assertThat(on.askedFor("instruction")).hasSameSizeAs(off.askedFor("instruction"));
    assertThat(report.spend().lmCalls())
        .isLessThanOrEqualTo(report.plan().maxProgramRuns() + report.plan().maxProposerCalls());
    assertThat(Files.list(folder)).containsExactly(file("p.json"));
    assertThat(settings.settings().toJson().toString()).doesNotContain("learnToPropose");
  }

  @Test
  void theFileHoldsWhatEachProposalGainedAndNoInstruction() throws IOException {
    Trial.run(model(), Trial.small().fixedTip(GOOD).trials(30).learnToPropose(file("deep/p.json")));

    ProposalMemory memory = ProposalMemory.read(file("deep/p.json"));
    assertThat(memory.runs()).hasSize(1);
    assertThat(memory.runs().get(0).program()).isEqualTo("route");
    assertThat(memory.runs().get(0).gains())
        .hasSize(2)
        .allMatch(gain -> gain.gain() > 0.3)
        .allMatch(gain -> gain.scores() >= 40)
        .allMatch(gain -> gain.style().promptModel().equals("rules"))
        .allMatch(gain -> gain.style().template().equals("default"))
        .allMatch(gain -> gain.style().tip().equals("descriptive"));
    assertThat(Files.readString(file("deep/p.json")))
        .doesNotContain("Good")
        .doesNotContain("quartz");
  }

  @Test
  void theSameFileAndSeedGiveTheSameRun() {
    MiproV2 settings = Trial.small().instructionCandidates(6).proposalRounds(2);

    List<String> once = tips(settings.learnToPropose(learnt("x", GOOD)), "quartz");
    List<String> again = tips(settings.learnToPropose(learnt("y", GOOD)), "quartz");

    assertThat(once).isEqualTo(again);
  }

  @Test
  void aDamagedFileAnotherKindAndANewerOneAreRefusedBeforeTheFirstCall() throws IOException {
    for (String[] wrong :
        new String[][] {
          {"{\"hone\":\"propo", "no complete JSON"},
          {"{\"hone\":\"program\",\"formatVersion\":1}", "no key \"hone\" with \"proposals\""},
          {"{\"hone\":\"proposals\",\"formatVersion\":2}", "reads up to 1. Maybe update Hone"},
          {
            "{\"hone\":\"proposals\",\"formatVersion\":1}",
            "has nothing at \"runs\", expected a list"
          },
          {
            "{\"hone\":\"proposals\",\"formatVersion\":1,\"runs\":{\"a\":1}}",
            "has {\"a\":1} at \"runs\", expected a list"
          },
          {
            "{\"hone\":\"proposals\",\"formatVersion\":1,\"runs\":[{\"program\":\"p\"}]}",
            "has nothing at \"gains\", expected a list"
          },
          {
            "{\"hone\":\"proposals\",\"formatVersion\":1,\"runs\":[{\"gains\":[{\"promptModel\":1}]}]}",
            "has 1 at \"promptModel\" of a gain, expected a text"
          }
        }) {
      Path file = Files.writeString(file("wrong.json"), wrong[0]);
      RuleModel model = model();

      assertThatThrownBy(() -> Trial.run(model, Trial.small().learnToPropose(file)))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining(wrong[1]);
      assertThat(model.seen()).isEmpty();
      assertThat(file).hasContent(wrong[0]);
    }
    assertThatThrownBy(() -> Trial.run(model(), Trial.small().learnToPropose(folder)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("cannot be written");
  }

  @Test
  void theOldestRunsAreDropped() {
    ProposalMemory memory = ProposalMemory.empty();
    for (int i = 0; i < ProposalMemory.MOST_RUNS + 3; i++) {
      memory = memory.withRun(new ProposalMemory.Run("p" + i, List.of()));
    }

    assertThat(memory.runs()).hasSize(ProposalMemory.MOST_RUNS);
    assertThat(memory.runs().get(0).program()).isEqualTo("p3");
  }
}
