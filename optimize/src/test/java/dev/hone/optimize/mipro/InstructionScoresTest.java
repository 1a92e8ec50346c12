package dev.hone.optimize.mipro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.optimize.candidate.DemoCandidate;
import dev.hone.optimize.candidate.InstructionCandidate;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.propose.choose.ScoredInstruction;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.ConfigurationSummary;
import dev.hone.program.Predictors;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InstructionScoresTest {
  private final CandidateSpace space =
      new CandidateSpace(
          Map.of(
              "route",
              List.of(
                  InstructionCandidate.original(Tickets.ORIGINAL),
                  new InstructionCandidate("Guess.", 1, null),
                  new InstructionCandidate("Never tried.", 1, null))),
          Map.of("route", List.of(new DemoCandidate(DemoCandidate.Origin.ZERO_SHOT, List.of()))),
          Predictors.of(new Tickets.Router()).initialState());

  private static ConfigurationSummary scored(int instruction, int set, double mean, int examples) {
    return new ConfigurationSummary(Configuration.of(instruction, set), mean, examples, false);
  }

  private List<ScoredInstruction> scores(ConfigurationSummary... configurations) {
    return new InstructionScores(space, List.of(configurations)).byPredictor().get("route");
  }

  @Test
  void weightsTheConfigurationsOfAnInstructionByTheirExamples() {
    List<ScoredInstruction> scores = scores(scored(1, 0, 1.0, 10), scored(1, 1, 0.0, 30));

    assertThat(scores).singleElement().extracting(ScoredInstruction::scoreMean).isEqualTo(0.25);
  }

  @Test
  void isTheMeanOverExamplesNotOverConfigurations() {
    List<ScoredInstruction> one = scores(scored(1, 0, 1.0, 10), scored(1, 1, 0.5, 90));

    assertThat(one).singleElement().extracting(ScoredInstruction::scoreMean).isEqualTo(0.55);
  }

  @Test
  void ordersByTheMeanOverExamplesWhereTheMeanOverConfigurationsWouldOrderOtherwise() {
    List<ScoredInstruction> scores =
        scores(scored(0, 0, 0.6, 50), scored(1, 0, 1.0, 10), scored(1, 1, 0.5, 90));

    assertThat(scores)
        .extracting(scored -> scored.candidate().text())
        .containsExactly("Guess.", Tickets.ORIGINAL);
  }

  @Test
  void putsTheWorstFirstAndLeavesOutWhatWasNeverTried() {
    List<ScoredInstruction> scores = scores(scored(0, 0, 0.8, 10), scored(1, 0, 0.3, 10));

    assertThat(scores)
        .extracting(scored -> scored.candidate().text())
        .containsExactly("Guess.", Tickets.ORIGINAL);
  }
}
