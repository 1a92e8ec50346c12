package dev.hone.report.record;

import dev.hone.optimize.OptimizerEvent;
import dev.hone.optimize.StateScore;
import dev.hone.optimize.mipro.MiproV2Event;
import dev.hone.optimize.mipro.TrialRecord;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.ConfigurationSummary;
import dev.hone.report.data.LeaderEntry;
import dev.hone.report.data.ScoreEntry;
import dev.hone.report.data.SpendEntry;
import dev.hone.report.data.TrialEntry;
import dev.hone.stats.Interval;
import dev.hone.text.Redaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The trials of MIPROv2, and the candidates of other optimizers. Trials of a batch are told of
 * together; the calls until the end of each are those before the batch and those of the trials up
 * to it. Not thread-safe.
 */
final class RecordedTrials {
  private record Told(TrialEntry trial, @Nullable ConfigurationSummary best) {}

  private final List<Told> trials = new ArrayList<>();
  private final Map<Configuration, Map<String, Integer>> names = new HashMap<>();
  private int open;
  private long callsBefore;
  private @Nullable LeaderEntry leader;
  private long candidateCalls;

  List<TrialEntry> all() {
    return trials.stream().map(this::withLeader).toList();
  }

  /** The best may be one of which the next trial of the same batch tells the names. */
  private TrialEntry withLeader(Told told) {
    TrialEntry trial = told.trial();
    ConfigurationSummary best = told.best();
    return best == null
        ? trial
        : trial.withLeader(
            new LeaderEntry(
                names.getOrDefault(best.configuration(), Map.of()),
                "",
                best.scoreMean(),
                best.examples()));
  }

  /** A trial began, after so many calls of the whole run. */
  void started(long calls) {
    if (open == 0) {
      callsBefore = calls;
    }
    open++;
  }

  void finished(MiproV2Event.TrialFinished event, double atSeconds) {
    TrialRecord trial = event.trial();
    open = Math.max(0, open - 1);
    callsBefore += trial.spend().lmCalls();
    names.put(trial.request().configuration(), trial.choices());
    TrialEntry entry =
        new TrialEntry(
            event.atTrial() + 1,
            "",
            lower(trial.request().kind()),
            lower(trial.request().choice()),
            trial.choices(),
            score(trial),
            trial.failedExamples(),
            trial.unscoredExamples(),
            null,
            SpendEntry.of(trial.spend(), trial.duration().toMillis() / 1000.0),
            callsBefore,
            atSeconds);
    trials.add(new Told(entry, event.best().orElse(null)));
  }

  private static @Nullable ScoreEntry score(TrialRecord trial) {
    if (trial.scoreMean().isEmpty()) {
      return null;
    }
    Interval interval = trial.interval();
    return new ScoreEntry(
        trial.scoreMean().getAsDouble(),
        interval == null ? null : interval.lower(),
        interval == null ? null : interval.upper(),
        trial.request().examples().size() - trial.unscoredExamples());
  }

  /** A candidate of an optimizer without trials was evaluated. */
  void finished(OptimizerEvent.CandidateFinished event, long calls, double atSeconds) {
    @Nullable StateScore score = event.score().orElse(null);
    String label = Redaction.of(event.candidate());
    LeaderEntry before = leader;
    if (score != null && (before == null || score.scoreMean() > before.score())) {
      leader = new LeaderEntry(Map.of(), label, score.scoreMean(), score.examples());
    }
    long own = Math.max(0, calls - candidateCalls);
    candidateCalls = calls;
    TrialEntry entry =
        new TrialEntry(
            trials.size() + 1,
            label,
            "full",
            trials.isEmpty() ? "baseline" : "candidate",
            Map.of(),
            score == null ? null : ScoreEntry.of(score),
            0,
            score == null ? 0 : score.unscoredExamples(),
            leader,
            new SpendEntry(own, 0, 0, 0, false, 0, false, 0),
            calls,
            atSeconds);
    trials.add(new Told(entry, null));
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
