package dev.hone.optimize.run;

import dev.hone.evaluate.Evaluation;
import dev.hone.metric.CorpusMetric;
import dev.hone.optimize.StateScore;
import dev.hone.stats.ObservationTally;
import dev.hone.text.Excerpt;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** The states that an evaluator scored, of which the last choice is made. Thread-safe. */
final class Finalists {
  private static final int SHOWN_CHARACTERS = 80;

  private final Map<String, Scored> byFingerprint = new LinkedHashMap<>();
  private final PromptTokens tokens = new PromptTokens();
  private Optional<? extends CorpusMetric<?, ?>> metric = Optional.empty();

  private record Scored(CandidateState candidate, StateScore score, ObservationTally tally) {
    double objective() {
      return score.scoreMean() - score.penalty();
    }
  }

  synchronized void take(CandidateState candidate, Evaluation<?, ?> evaluation) {
    metric = evaluation.corpusMetric();
    String fingerprint = candidate.state().fingerprint();
    tokens.take(fingerprint, evaluation.results());
    byFingerprint.put(
        fingerprint,
        new Scored(
            candidate,
            StateScore.of(evaluation),
            ObservationTally.of(
                evaluation.observations().stream().flatMap(Optional::stream).toList())));
  }

  synchronized boolean underMetricOfSets() {
    return metric.isPresent();
  }

  /** The choice among what has as many scores as what is best by its score. */
  synchronized FinalChoice<ScoredState> choose(ScoredState best, OptionalDouble tolerance) {
    String fingerprint = best.state().fingerprint();
    Stream<Scored> others =
        byFingerprint.entrySet().stream()
            .filter(entry -> !entry.getKey().equals(fingerprint))
            .map(Map.Entry::getValue)
            .filter(each -> each.score().unscoredExamples() <= best.score().unscoredExamples())
            .sorted(
                Comparator.comparingDouble((Scored each) -> -each.objective())
                    .thenComparing(each -> each.candidate().state().fingerprint()));
    List<FinalChoice.Finalist<ScoredState>> bestFirst =
        Stream.concat(Stream.of(best(fingerprint, best)), others.map(this::finalist)).toList();
    return FinalChoice.of(bestFirst, metric, Math.max(1, byFingerprint.size()), tolerance);
  }

  private FinalChoice.Finalist<ScoredState> best(String fingerprint, ScoredState best) {
    Scored known = byFingerprint.get(fingerprint);
    ObservationTally tally = known == null ? ObservationTally.of(List.of()) : known.tally();
    return finalist(new Scored(best.candidate(), best.score(), tally));
  }

  private FinalChoice.Finalist<ScoredState> finalist(Scored scored) {
    return new FinalChoice.Finalist<>(
        new ScoredState(scored.candidate(), scored.score()),
        Excerpt.ofLine(scored.candidate().label(), SHOWN_CHARACTERS),
        scored.score().scoreMean(),
        scored.tally(),
        tokens.mean(scored.candidate().state().fingerprint()));
  }
}
