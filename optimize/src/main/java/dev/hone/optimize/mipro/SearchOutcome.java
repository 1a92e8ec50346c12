package dev.hone.optimize.mipro;

import dev.hone.optimize.FinishReason;
import dev.hone.optimize.RunFigures;
import dev.hone.optimize.StateScore;
import dev.hone.optimize.Verdict;
import dev.hone.optimize.choice.Candidates;
import dev.hone.optimize.choice.CommonExamples;
import dev.hone.optimize.choice.Findings;
import dev.hone.optimize.choice.LastChoice;
import dev.hone.optimize.choice.SearchVerdict;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.ScoreTable;
import dev.hone.optimize.task.AlikeScores;
import dev.hone.optimize.task.EarlyEnd;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What the search gave.
 *
 * @param space all candidates
 * @param searchName the name of the search
 * @param candidates what the search came to, at its end
 * @param trials every evaluation, in order
 * @param choice which configuration is returned
 * @param notes what a user should know of the evaluations, in sentences
 * @param end what ended the search before its time; null if nothing did
 */
record SearchOutcome(
    CandidateSpace space,
    String searchName,
    Candidates candidates,
    List<TrialRecord> trials,
    LastChoice choice,
    List<String> notes,
    @Nullable EarlyEnd end) {

  /** What was found and how sure that is. */
  Findings findings() {
    return Findings.of(candidates, choice, searchName);
  }

  /** The verdict by the scores of the search. */
  Optional<Verdict> verdict() {
    return SearchVerdict.of(scores(), space.baseline(), choice.configuration(), findings().lead());
  }

  /** The report of the whole run, whose verdict is in the figures. */
  MiproV2Report report(MiproV2Plan plan, CandidateStages stages, RunFigures.Builder figures) {
    Configuration baseline = space.baseline();
    Configuration best = choice.configuration();
    CommonExamples common = candidates.examples();
    List<Integer> compared = common.of(best, baseline);
    FullScore before = FullScore.of(common, baseline, compared);
    FullScore after = FullScore.of(common, best, compared);
    Findings findings = findings();
    return new MiproV2Report(
        new MiproV2Report.Draft(
            plan,
            before,
            after,
            best.equals(candidates.searched())
                ? candidates.search().confidence()
                : OptionalDouble.empty(),
            new MiproV2Report.Returned(choice.reason(), findings),
            trials,
            candidates.search().summaries(),
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
            .notes(notes(plan, stages, findings))
            .build());
  }

  private List<String> notes(MiproV2Plan plan, CandidateStages stages, Findings findings) {
    List<String> all = new ArrayList<>(plan.notes());
    all.addAll(stages.demoSets().report().notes());
    all.addAll(stages.failures());
    all.addAll(stages.notes());
    all.addAll(candidates.search().notes());
    all.addAll(notes);
    alike().ifPresent(all::add);
    all.addAll(choice.notes());
    all.addAll(findings.notes());
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
        scores().examples().stream().map(scores()::exampleStatistics).toList();
    return AlikeScores.note(
        "configurations that were tried", scores().summaries().size(), byExample);
  }

  private static StateScore stateScore(FullScore score, MiproV2Plan plan) {
    return new StateScore(
        score.scoreMean(),
        score.interval(),
        score.examples(),
        plan.validationExamples() - score.examples());
  }

  private ScoreTable scores() {
    return candidates.examples().scores();
  }

  private FinishReason finishReason() {
    return end == null ? candidates.search().finishReason() : end.reason();
  }
}
