package dev.hone.cli.demo;

import dev.hone.observe.Event;
import dev.hone.optimize.OptimizerEvent;
import dev.hone.optimize.candidate.ProposerEvent;
import dev.hone.optimize.mipro.MiproV2Event;
import dev.hone.optimize.mipro.MiproV2Event.TrialFinished;
import dev.hone.optimize.search.EvaluationRequest;
import dev.hone.text.Plural;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Puts into a short phrase what an event means. Trials count from 1; the best is that on all
 * validation examples.
 */
final class Narration {
  /** The phrase; empty if the event is not worth one. */
  Optional<String> of(Event event) {
    if (event instanceof DemoEvent.Probing) {
      return Optional.of("checking that the model answers");
    } else if (event instanceof DemoEvent.Testing testing) {
      return Optional.of("testing on " + Plural.of(testing.examples(), "example"));
    } else if (event instanceof DemoEvent.Reloaded) {
      return Optional.of("testing what was saved");
    } else if (event instanceof OptimizerEvent.StageStarted stage) {
      return Optional.of(name(stage.stage()));
    } else if (event instanceof ProposerEvent.StepFinished proposal && !proposal.succeeded()) {
      return Optional.of("a proposal failed: " + proposal.detail());
    } else if (event instanceof MiproV2Event.Planned planned) {
      return Optional.of(
          String.format(Locale.ROOT, "at most %,d program runs", planned.plan().maxProgramRuns()));
    } else if (event instanceof TrialFinished finished) {
      return Optional.of(trial(finished));
    }
    return Optional.empty();
  }

  private static String name(String stage) {
    return switch (stage) {
      case "bootstrap" -> "bootstrapping demos";
      case "ground" -> "summarizing data and program";
      case "propose" -> "proposing instructions";
      case "search" -> "searching instructions and demos";
      default -> stage;
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
    return String.format(Locale.ROOT, "%.1f", 100 * score);
  }
}
