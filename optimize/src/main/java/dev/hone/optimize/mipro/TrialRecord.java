package dev.hone.optimize.mipro;

import dev.hone.context.Spend;
import dev.hone.optimize.search.EvaluationRequest;
import dev.hone.stats.Interval;
import java.time.Duration;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * One evaluation of the search.
 *
 * @param ask what was evaluated, on which examples, and how it was chosen
 * @param scoreMean the mean score, as the metric gives it; empty if there was none
 * @param interval its 95 % confidence interval; null if there was no score
 * @param failedExamples examples whose program failed; they count the failure score
 * @param unscoredExamples examples without a score, since the model could not be reached, the
 *     metric failed or the budget was spent; TPE and random search learn nothing from a trial with
 *     any, a race learns from the examples that have one
 * @param spend what it cost
 * @param duration the time it took
 */
public record TrialRecord(
    EvaluationRequest ask,
    OptionalDouble scoreMean,
    @Nullable Interval interval,
    int failedExamples,
    int unscoredExamples,
    Spend spend,
    Duration duration) {}
