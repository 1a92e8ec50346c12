package dev.hone.optimize.mipro;

import dev.hone.optimize.FinishReason;
import dev.hone.text.Plural;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The instructions that were proposed and paid for, and that no trial has a score of. */
final class UntriedInstructions {
  private UntriedInstructions() {}

  /** What a user should know of them, in a sentence; empty if there are none. */
  static Optional<String> note(
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
