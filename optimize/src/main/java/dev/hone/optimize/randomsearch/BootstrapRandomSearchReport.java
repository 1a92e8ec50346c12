package dev.hone.optimize.randomsearch;

import dev.hone.optimize.OptimizationReport;
import dev.hone.optimize.RunFigures;
import dev.hone.optimize.StateScore;
import dev.hone.optimize.candidate.BootstrapReport;
import dev.hone.optimize.task.ReportWording;
import dev.hone.program.ProgramState;
import dev.hone.text.Plural;
import java.util.List;
import java.util.Optional;

/**
 * How a random search over demos went. Its stages are {@code baseline}, {@code bootstrap} and
 * {@code evaluate}. Immutable.
 */
public final class BootstrapRandomSearchReport extends OptimizationReport {
  private final List<Scored> candidates;
  private final Scored best;
  private final Optional<BootstrapReport> bootstrap;

  BootstrapRandomSearchReport(
      List<Scored> candidates,
      Scored best,
      Optional<BootstrapReport> bootstrap,
      RunFigures figures) {
    super(figures);
    this.candidates = List.copyOf(candidates);
    this.best = best;
    this.bootstrap = bootstrap;
  }

  /**
   * A candidate with what it scored on the validation set.
   *
   * @param candidate the candidate
   * @param score what it scored; empty if it could not be scored
   */
  public record Scored(CandidateProgram candidate, Optional<StateScore> score) {
    /** The same with what it really is, where demos were dropped. */
    Scored as(ProgramState state) {
      return new Scored(new CandidateProgram(candidate.number(), candidate.origin(), state), score);
    }

    /** Ties go to fewer demos, then to the earlier one. */
    boolean beats(Scored other) {
      if (score.isEmpty()) {
        return false;
      }
      StateScore mine = score.get();
      StateScore theirs = other.score.orElseThrow();
      return mine.beats(theirs)
          || (mine.scoreMean() == theirs.scoreMean()
              && mine.penalty() == theirs.penalty()
              && mine.unscoredExamples() <= theirs.unscoredExamples()
              && candidate.demos() < other.candidate.demos());
    }
  }

  /** Every candidate that was begun, in order; the first is the program as it was given. */
  public List<Scored> candidates() {
    return candidates;
  }

  /** The one that was returned. */
  public Scored best() {
    return best;
  }

  /** What the program scored as it was given. */
  public StateScore baseline() {
    return candidates.get(0).score().orElseThrow();
  }

  /** How bootstrapping went; empty if there was none. */
  public Optional<BootstrapReport> bootstrap() {
    return bootstrap;
  }

  /** A table of the candidates, for people. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Scored scored : candidates) {
      text.append(
          "%-28s %-24s %-14s %s%s%n"
              .formatted(
                  scored.candidate().label(),
                  scored.score().map(StateScore::toString).orElse("not scored"),
                  scored.score().map(s -> Plural.of(s.examples(), "example")).orElse(""),
                  scored.candidate().demosByPredictor(),
                  scored.equals(best) ? "  <- best" : ""));
    }
    text.append(
        "%s, %s"
            .formatted(
                ReportWording.of(finishReason()), Plural.of(spend().lmCalls(), "model call")));
    return text.append(ReportWording.notes(notes())).toString();
  }
}
