package dev.hone.optimize.mipro;

import dev.hone.InvalidInputException;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.evaluate.Evaluation;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.choice.Candidates;
import dev.hone.optimize.choice.CommonExamples;
import dev.hone.optimize.choice.LastChoice;
import dev.hone.optimize.run.ReturnReason;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.EvaluationRequest;
import dev.hone.optimize.search.EvaluationScores;
import dev.hone.optimize.task.DemoFit;
import dev.hone.text.Plural;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Examples that what is returned must get right. The best configuration is tried on them, and while
 * one fails, the next best, at most {@value #MOST} in all; one that is next in line is evaluated on
 * all examples that the baseline has a score on before it is returned, and must beat it there. If
 * none passes, the baseline is returned, which need not pass: it is what runs today.
 */
final class MustPass<I, O> {
  /** How many configurations are tried. */
  static final int MOST = 4;

  private static final String NOTHING =
      "Nothing that beat the program as given passed, so that one is returned, untried.";

  private final DemoFit<I, O> fit;
  private final CandidateSpace space;
  private final List<Example<I, O>> examples;
  private final List<Example<I, O>> valset;
  private final double threshold;
  private final List<String> notes = new ArrayList<>();

  /** A gate for one run, whose settings have examples. */
  @SuppressWarnings("unchecked") // that they are of the task's types was checked at the beginning
  MustPass(
      DemoFit<I, O> fit,
      CandidateSpace space,
      MiproV2Settings settings,
      List<Example<I, O>> valset) {
    this.fit = fit;
    this.space = space;
    Dataset<?, ?> all = settings.mustPass();
    this.examples = all == null ? List.of() : ((Dataset<I, O>) all).examples();
    this.valset = valset;
    this.threshold = settings.bootstrap().metricThreshold();
  }

  /**
   * Checks that there are examples, of the types of those of the task.
   *
   * @throws InvalidInputException if not
   */
  static void requireFitting(@Nullable Dataset<?, ?> mustPass, OptimizationTask<?, ?> task) {
    if (mustPass == null) {
      return;
    }
    if (mustPass.size() == 0) {
      throw InvalidInputException.of("The examples of mustPass are none", "leave mustPass out");
    }
    task.requireExamples();
    if (task.metric().needsLabel()) {
      mustPass.requireLabels("The metric \"" + task.metric().name() + "\"");
    }
    Example<?, ?> usual = task.trainset().get(0);
    for (Example<?, ?> example : mustPass) {
      if (!shape(example, usual).equals(shape(usual, example))) {
        throw InvalidInputException.of(
            "An example of mustPass is of %s, and those of the trainset are of %s"
                .formatted(shape(example, usual), shape(usual, example)),
            "read both with the same signature");
      }
    }
  }

  /** The types and fields of an example, as far as another one has the like. */
  private static String shape(Example<?, ?> example, Example<?, ?> other) {
    String input = example.input().getClass().getSimpleName() + example.inputJson().propertyNames();
    return example.hasLabel() && other.hasLabel()
        ? input + " and " + example.expected().getClass().getSimpleName()
        : input;
  }

  /** The most program runs that it adds. */
  static long mostRuns(MiproV2Settings settings, int validationExamples) {
    Dataset<?, ?> mustPass = settings.mustPass();
    return mustPass == null ? 0 : (long) MOST * mustPass.size() + (MOST - 1L) * validationExamples;
  }

  /** The best choice that passes, else the baseline. */
  LastChoice winner(Candidates candidates) {
    LastChoice first = candidates.choose(any -> true);
    if (examples.isEmpty() || first.configuration().equals(space.baseline())) {
      return first;
    }
    return candidates.isPlain() ? ofRanked(first, candidates) : ofChoices(first, candidates);
  }

  /**
   * Under constraints or a tolerance, what fails leaves the choice to the others. Only complete
   * ones are among them.
   */
  private LastChoice ofChoices(LastChoice first, Candidates candidates) {
    Set<Configuration> failed = new LinkedHashSet<>();
    LastChoice choice = first;
    while (!passes(choice.configuration())) {
      failed.add(choice.configuration());
      if (failed.size() == MOST) {
        notes.add(
            "After %d that failed, the program as given is returned, untried.".formatted(MOST));
        return candidates.unchosen(ReturnReason.MUST_PASS);
      }
      choice = candidates.choose(each -> !failed.contains(each));
      if (!choice.holds()) {
        notes.add(
            "No other complete configuration is shown to meet the constraints, so the program as"
                + " given is returned, untried.");
        return candidates.unchosen(ReturnReason.MUST_PASS);
      }
      if (choice.configuration().equals(space.baseline())) {
        notes.add("Next in line is the program as given, so that one is returned, untried.");
        return choice.because(ReturnReason.MUST_PASS);
      }
    }
    return choice;
  }

  private LastChoice ofRanked(LastChoice choice, Candidates candidates) {
    Configuration best = choice.configuration();
    Configuration baseline = space.baseline();
    CommonExamples scores = candidates.examples();
    Set<Configuration> ranked = new LinkedHashSet<>(List.of(best));
    candidates.search().summaries().forEach(summary -> ranked.add(summary.configuration()));
    ranked.remove(baseline);
    int tried = 0;
    for (Configuration candidate : ranked) {
      boolean first = candidate.equals(best);
      if (!first && scores.covers(candidate, baseline) && !beats(candidate, candidates)) {
        continue;
      }
      if (tried++ == MOST) {
        break;
      }
      if (passes(candidate) && (first || holds(candidate, candidates))) {
        return first ? choice : LastChoice.of(candidate, ReturnReason.MUST_PASS);
      }
    }
    notes.add(NOTHING);
    return candidates.unchosen(ReturnReason.MUST_PASS);
  }

  private boolean passes(Configuration candidate) {
    List<OptionalDouble> scores = fit.evaluatePart(space.state(candidate), examples).scores();
    List<String> failed = new ArrayList<>();
    for (int i = 0; i < scores.size(); i++) {
      OptionalDouble score = scores.get(i);
      if (score.isEmpty() || score.getAsDouble() < threshold) {
        failed.add(
            score.isEmpty()
                ? "%d (no score)".formatted(i + 1)
                : String.format(Locale.ROOT, "%d (%.3f)", i + 1, score.getAsDouble()));
      }
    }
    notes.add(
        failed.isEmpty()
            ? "%s passed all of %s."
                .formatted(space.name(candidate), Plural.of(scores.size(), "must-pass example"))
            : "%s is not returned: of %s it failed number %s, below %s."
                .formatted(
                    space.name(candidate),
                    Plural.of(scores.size(), "must-pass example"),
                    String.join(", ", failed),
                    threshold));
    return failed.isEmpty();
  }

  /** Whether one that was not the winner beats the baseline on all examples of that one. */
  private boolean holds(Configuration candidate, Candidates candidates) {
    CommonExamples scores = candidates.examples();
    if (!scores.covers(candidate, space.baseline())) {
      List<Integer> indices = scores.of(space.baseline());
      Evaluation<I, O> evaluation =
          fit.evaluatePart(space.state(candidate), indices.stream().map(valset::get).toList());
      EvaluationRequest.Kind kind =
          indices.size() == valset.size()
              ? EvaluationRequest.Kind.FULL
              : EvaluationRequest.Kind.MINIBATCH;
      EvaluationRequest request =
          new EvaluationRequest(0, kind, candidate, indices, EvaluationRequest.Choice.PROMOTED);
      scores.scores().put(new EvaluationScores(request, evaluation.scores()));
    }
    boolean beats = beats(candidate, candidates);
    if (!beats) {
      notes.add(
          "%s does not beat the program as given on the examples of that one%s."
              .formatted(
                  space.name(candidate),
                  candidates.rules().keepBaselineUnless().isPresent()
                      ? " with the probability of keepBaselineUnless"
                      : ""));
    }
    return beats;
  }

  private boolean beats(Configuration candidate, Candidates candidates) {
    return candidates.examples().higher(candidate, space.baseline())
        && candidates.surpasses(candidate);
  }

  /** What was tried, and which examples failed, in sentences. */
  List<String> notes() {
    return List.copyOf(notes);
  }
}
