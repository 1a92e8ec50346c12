package dev.hone.optimize.mipro;

import dev.hone.optimize.FinishReason;
import dev.hone.optimize.candidate.InstructionCandidate;
import dev.hone.optimize.propose.choose.ScoredInstruction;
import dev.hone.optimize.search.ConfigurationSummary;
import dev.hone.text.Plural;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What each instruction scored so far: the mean over the examples of all configurations that used
 * it.
 *
 * @param space the candidates
 * @param standings what is known of the configurations
 */
record InstructionScores(CandidateSpace space, List<ConfigurationSummary> standings) {

  /** The instructions that were tried, worst first, by predictor. */
  Map<String, List<ScoredInstruction>> byPredictor() {
    Map<String, List<ScoredInstruction>> result = new LinkedHashMap<>();
    space
        .instructions()
        .forEach((predictor, candidates) -> result.put(predictor, scored(predictor, candidates)));
    return result;
  }

  private List<ScoredInstruction> scored(String predictor, List<InstructionCandidate> candidates) {
    int dimension = space.instructionDimension(predictor);
    List<ScoredInstruction> list = new ArrayList<>();
    for (int i = 0; i < candidates.size(); i++) {
      OptionalDouble mean = mean(dimension, i);
      if (mean.isPresent()) {
        list.add(new ScoredInstruction(candidates.get(i), mean.getAsDouble()));
      }
    }
    list.sort(Comparator.comparingDouble(ScoredInstruction::scoreMean));
    return List.copyOf(list);
  }

  private OptionalDouble mean(int dimension, int index) {
    double sum = 0;
    int examples = 0;
    for (ConfigurationSummary standing : standings) {
      if (standing.configuration().choice(dimension) == index) {
        sum += standing.scoreMean() * standing.examples();
        examples += standing.examples();
      }
    }
    return examples == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / examples);
  }

  /**
   * The note on instructions that were proposed and paid for, and that no trial has a score of; if
   * there are some.
   */
  static Optional<String> untried(
      CandidateSpace space, List<TrialRecord> trials, FinishReason reason) {
    int proposed = 0;
    int untried = 0;
    for (String predictor : space.instructions().keySet()) {
      int dimension = space.instructionDimension(predictor);
      Set<Integer> tried =
          trials.stream()
              .filter(trial -> trial.scoreMean().isPresent())
              .map(trial -> trial.request().configuration().choice(dimension))
              .collect(Collectors.toSet());
      int candidates = space.searchSpace().dimensions().get(dimension).choices();
      for (int i = 1; i < candidates; i++) {
        proposed++;
        untried += tried.contains(i) ? 0 : 1;
      }
    }
    return untried == 0
        ? Optional.empty()
        : Optional.of(
            "%d of %s never tried.%s"
                .formatted(
                    untried,
                    Plural.of(proposed, "proposed instruction") + (untried == 1 ? " was" : " were"),
                    reason == FinishReason.TRIALS_SPENT
                        ? " Maybe raise trials, or lower instructionCandidates or proposalRounds."
                        : ""));
  }
}
