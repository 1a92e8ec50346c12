package dev.hone.optimize.bootstrap;

import dev.hone.lm.LmException;
import dev.hone.optimize.candidate.BootstrapSettings;
import dev.hone.text.Excerpt;
import dev.hone.text.Plural;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a user should know of runs of a teacher and of the demos made of them. */
record BootstrapWarnings(TracePool<?, ?> pool, BootstrapSettings settings) {
  private static final int QUOTED = 300;

  List<String> of(Map<String, Integer> demosByPredictor) {
    List<String> warnings = new ArrayList<>();
    end().ifPresent(warnings::add);
    scale().ifPresent(warnings::add);
    noneSucceeded().ifPresent(warnings::add);
    pool.firstFailure()
        .ifPresent(
            failure ->
                warnings.add(
                    "%s failed. The first time %s".formatted(failedRuns(), failure.problem())));
    demosByPredictor.forEach((name, count) -> idle(name, count).ifPresent(warnings::add));
    return List.copyOf(warnings);
  }

  /** Labelled demos hide that nothing can be learnt of a predictor's own calls. */
  private Optional<String> idle(String predictor, int demos) {
    boolean wanted = settings.maxBootstrappedDemos() + settings.maxLabeledDemos() > 0;
    boolean called =
        pool.traces().stream()
            .flatMap(trace -> trace.steps().stream())
            .anyMatch(step -> step.predictor().equals(predictor));
    if (wanted && demos == 0) {
      return Optional.of(
          "The predictor %s got no demos: no successful run called it, and no labelled example fits it."
              .formatted(predictor));
    }
    return called || pool.traces().isEmpty()
        ? Optional.empty()
        : Optional.of(
            "The predictor %s was called in none of %s, so all its demos are labelled ones. Maybe run() never comes to it."
                .formatted(predictor, Plural.of(pool.traces().size(), "successful run")));
  }

  private String failedRuns() {
    if (pool.errors() < pool.tried()) {
      return Plural.of(pool.errors(), "teacher run");
    }
    return pool.tried() == 1
        ? "The only teacher run"
        : "All %d teacher runs".formatted(pool.tried());
  }

  private Optional<String> end() {
    return pool.end()
        .map(
            end ->
                "%s ended bootstrapping after %s, %d of them successful: %s"
                    .formatted(
                        end instanceof LmException.BudgetExhausted
                            ? "The budget"
                            : end instanceof LmException.Interrupted ? "An interrupt" : "The model",
                        Plural.of(pool.tried(), "teacher run"),
                        pool.traces().size(),
                        end.getMessage()));
  }

  /** Scores on another scale, such as 1 to 5 or 0 to 100, and a threshold for 0 to 1. */
  private Optional<String> scale() {
    DoubleSummaryStatistics scores = pool.scores();
    boolean outside =
        scores.getCount() > 0
            && (scores.getMax() > 1 || (scores.getMin() < 0 && scores.getMax() < 1))
            && !pool.anyScoreInside();
    double threshold = settings.metricThreshold();
    return outside && threshold > 0 && threshold <= 1
        ? Optional.of(
            "Scores between %s and %s are outside 0 to 1, and metricThreshold is %s. Maybe set it."
                .formatted(plain(scores.getMin()), plain(scores.getMax()), plain(threshold)))
        : Optional.empty();
  }

  private static String plain(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  private Optional<String> noneSucceeded() {
    int scored = pool.tried() - pool.errors();
    return scored == 0 || !pool.traces().isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s the threshold %s%s.%s %s"
                .formatted(
                    scored == 1
                        ? "The only teacher run with a score did not reach"
                        : "None of %d teacher runs%s reached"
                            .formatted(scored, pool.errors() == 0 ? "" : " with a score"),
                    settings.metricThreshold(),
                    pool.bestRejectedScore().isPresent()
                        ? String.format(
                            Locale.ROOT,
                            " (the best was %.3f)",
                            pool.bestRejectedScore().getAsDouble())
                        : "",
                    feedback(),
                    fix()));
  }

  /** What the metric said the first time. */
  private String feedback() {
    return pool.firstFeedback().isBlank()
        ? ""
        : " The metric said the first time: %s."
            .formatted(Excerpt.ofLine(pool.firstFeedback().strip(), QUOTED));
  }

  /** A lower threshold would let everything pass where no run was right at all. */
  private String fix() {
    return pool.bestRejectedScore().orElse(0) > 0
        ? "Maybe lower metricThreshold, or use a stronger teacher."
        : "Maybe compare labels and replies as the metric does, or use a stronger teacher.";
  }
}
