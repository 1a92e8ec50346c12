package dev.hone.optimize.mipro;

import dev.hone.optimize.FinishReason;
import dev.hone.optimize.RunFigures;
import dev.hone.optimize.StateScore;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.ConfigurationSummary;
import dev.hone.optimize.search.ScoreTable;
import dev.hone.optimize.search.SearchRun;
import dev.hone.optimize.task.AlikeScores;
import dev.hone.optimize.task.EarlyEnd;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What the search gave.
 *
 * @param space all candidates
 * @param searchName the name of the search
 * @param search the search, at its end
 * @param trials every evaluation, in order
 * @param scores the scores of all configurations
 * @param choice which configuration is returned
 * @param notes what a user should know of the evaluations, in sentences
 * @param end what ended the search before its time; null if nothing did
 */
record SearchOutcome(
    CandidateSpace space,
    String searchName,
    SearchRun search,
    List<TrialRecord> trials,
    ScoreTable scores,
    LastChoice choice,
    List<String> notes,
    @Nullable EarlyEnd end) {

  /** The report of the whole run. */
  MiproV2Report report(MiproV2Plan plan, CandidateStages stages, RunFigures.Builder figures) {
    Configuration baseline = space.baseline();
    Configuration best = choice.configuration();
    FullScore before = FullScore.of(scores, choice.metric(), baseline, baseline);
    FullScore after = FullScore.of(scores, choice.metric(), best, baseline);
    return new MiproV2Report(
        new MiproV2Report.Draft(
            plan,
            before,
            after,
            best.equals(searched()) ? search.confidence() : OptionalDouble.empty(),
            trials,
            search.summaries(),
            space,
            stages.grounding().datasetSummary(),
            stages.grounding().programDescription(),
            stages.demoSets().report(),
            end != null && end.degrades() || !stages.failures().isEmpty()),
        figures
            .baseline(stateScore(before, plan))
            .best(stateScore(after, plan))
            .finishReason(finishReason())
            .constraints(choice.checks())
            .notes(notes(plan, stages))
            .build());
  }

  /** What the search itself would return. */
  private Configuration searched() {
    return search.bestSoFar().map(ConfigurationSummary::configuration).orElseGet(space::baseline);
  }

  private List<String> notes(MiproV2Plan plan, CandidateStages stages) {
    List<String> all = new ArrayList<>(plan.notes());
    all.addAll(stages.demoSets().report().notes());
    all.addAll(stages.failures());
    all.addAll(stages.notes());
    all.addAll(search.notes());
    all.addAll(notes);
    alike().ifPresent(all::add);
    all.addAll(choice.notes());
    if (choice.checks().isEmpty()) { // under constraints the mean is not what counts alone
      higherMean().ifPresent(all::add);
    }
    if (end != null) {
      all.add("The search ended before its time: " + end.problem());
    }
    return all;
  }

  /** The note on configurations that all scored alike, under any search. */
  private Optional<String> alike() {
    boolean scored =
        trials.stream()
            .anyMatch(
                trial ->
                    trial.failedExamples() + trial.unscoredExamples()
                        < trial.request().examples().size());
    if (!scored) {
      return Optional.empty();
    }
    List<DoubleSummaryStatistics> byExample =
        scores.examples().stream().map(scores::exampleStatistics).toList();
    return AlikeScores.note("configurations that were tried", scores.summaries().size(), byExample);
  }

  private boolean chosenBySearch() {
    return search
        .bestSoFar()
        .filter(best -> best.configuration().equals(choice.configuration()))
        .isPresent();
  }

  /** Why a configuration is returned though another has a higher mean, if so. */
  private Optional<String> higherMean() {
    ConfigurationSummary chosen =
        search.bestSoFar().filter(ConfigurationSummary::full).orElse(null);
    if (chosen == null || !chosenBySearch()) {
      return Optional.empty();
    }
    return search.summaries().stream()
        .filter(other -> other.full() && other.examples() >= chosen.examples())
        .filter(other -> other.scoreMean() > chosen.scoreMean())
        .max(Comparator.comparingDouble(ConfigurationSummary::scoreMean))
        .map(
            other ->
                String.format(
                    Locale.ROOT,
                    "%s is returned with %.3f, though %s has %.3f on the validation set: the search %s chooses by what all scores of the same instructions and demo sets predict, and the highest of many means is often luck.",
                    space.name(chosen.configuration()),
                    chosen.scoreMean(),
                    space.name(other.configuration()),
                    other.scoreMean(),
                    searchName));
  }

  private static StateScore stateScore(FullScore score, MiproV2Plan plan) {
    return new StateScore(
        score.scoreMean(),
        score.interval(),
        score.examples(),
        plan.validationExamples() - score.examples());
  }

  private FinishReason finishReason() {
    return end == null ? search.finishReason() : end.reason();
  }
}
