package dev.hone.cli.progress;

import dev.hone.observe.Event;
import dev.hone.optimize.OptimizerEvent;
import dev.hone.optimize.candidate.ProposerEvent;
import dev.hone.optimize.mipro.MiproV2Event;
import dev.hone.optimize.mipro.MiproV2Event.TrialFinished;
import dev.hone.optimize.search.EvaluationRequest;
import dev.hone.text.Rounded;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Puts into a short phrase what an event means. Trials count from 1; the best is that on all
 * validation examples.
 */
final class EventPhrases {
  private EventPhrases() {}

  /** The phrase; empty if the event is not worth one. */
  static Optional<String> of(Event event) {
    if (event instanceof OptimizerEvent.StageStarted started) {
      return Optional.of(stage(started.stage()));
    } else if (event instanceof ProposerEvent.StepFinished proposal && !proposal.succeeded()) {
      return Optional.of("a proposal failed: " + proposal.detail());
    } else if (event instanceof MiproV2Event.Planned planned) {
      return Optional.of(
          String.format(Locale.ROOT, "at most %,d program runs", planned.plan().maxProgramRuns()));
    } else if (event instanceof TrialFinished finished) {
      return Optional.of(trial(finished));
    } else if (event instanceof OptimizerEvent.CandidateFinished finished) {
      return finished.score().map(score -> points(score.scoreMean()) + " " + finished.candidate());
    }
    return Optional.empty();
  }

  /** What a stage of an optimizer does, in words. */
  static String stage(String name) {
    return switch (name) {
      case "baseline" -> "testing the program as it is";
      case "bootstrap" -> "bootstrapping demos";
      case "ground" -> "summarizing the data";
      case "propose" -> "proposing instructions";
      case "errors" -> "collecting what goes wrong";
      case "search" -> "searching";
      case "evaluate" -> "evaluating candidates";
      case "embed" -> "embedding demos";
      case "mustPass" -> "trying the must-pass examples";
      case "confirm" -> "comparing on the test rows";
      default -> name;
    };
  }

  private static String trial(TrialFinished finished) {
    EvaluationRequest request = finished.trial().request();
    OptionalDouble mean = finished.trial().scoreMean();
    String score = mean.isPresent() ? points(mean.getAsDouble()) : "no score";
    String all = request.kind() == EvaluationRequest.Kind.FULL ? "all " : "";
    int examples = request.examples().size();
    String best =
        finished
            .best()
            .map(
                b ->
                    ", best %s%s"
                        .formatted(
                            points(b.scoreMean()),
                            b.examples() == examples ? "" : " on " + b.examples()))
            .orElse("");
    return "trial %d: %s on %s%d%s".formatted(request.trial() + 1, score, all, examples, best);
  }

  private static String points(double score) {
    return Rounded.points(score);
  }
}
