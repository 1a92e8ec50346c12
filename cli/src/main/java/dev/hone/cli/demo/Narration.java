package dev.hone.cli.demo;

import dev.hone.observe.Event;
import dev.hone.optimize.OptimizerEvent;
import dev.hone.optimize.candidate.ProposerEvent;
import dev.hone.optimize.mipro.MiproV2Event;
import dev.hone.optimize.mipro.MiproV2Event.TrialFinished;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.EvaluationRequest;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Tells in a phrase what an event means, short enough for a line of a terminal. Trials count from
 * 1, and those on part of the examples are looks: the first at a candidate, or another.
 */
final class Narration {
  private final Set<Configuration> seen = new HashSet<>();
  private int validationExamples;

  /** The phrase; empty if the event is not worth one. */
  Optional<String> of(Event event) {
    if (event instanceof DemoEvent.Probing probing) {
      return Optional.of("asking " + probing.modelId() + " for a word, to see that it is there");
    } else if (event instanceof DemoEvent.Testing testing) {
      return Optional.of("testing on %d examples".formatted(testing.examples()));
    } else if (event instanceof DemoEvent.Reloaded) {
      return Optional.of("testing what was saved");
    } else if (event instanceof OptimizerEvent.StageStarted stage) {
      return Optional.of(name(stage.stage()));
    } else if (event instanceof ProposerEvent.StepFinished proposal && !proposal.succeeded()) {
      return Optional.of("a proposal failed: " + proposal.detail());
    } else if (event instanceof MiproV2Event.Planned planned) {
      validationExamples = planned.plan().validationExamples();
      return Optional.of("at most %,d program runs".formatted(planned.plan().maxProgramRuns()));
    } else if (event instanceof TrialFinished finished) {
      return Optional.of(trial(finished));
    }
    return Optional.empty();
  }

  private static String name(String stage) {
    return switch (stage) {
      case "bootstrap" -> "running the program on training examples for demos";
      case "ground" -> "looking at the data and the program";
      case "propose" -> "proposing instructions";
      case "search" -> "searching instructions and demos";
      default -> stage;
    };
  }

  private String trial(TrialFinished finished) {
    EvaluationRequest request = finished.trial().request();
    OptionalDouble mean = finished.trial().scoreMean();
    String score = mean.isPresent() ? points(mean.getAsDouble()) : "no score";
    String best =
        finished
            .best()
            .map(b -> "; best on all %d: %s".formatted(validationExamples, points(b.scoreMean())))
            .orElse("");
    return "trial %d, %s: %s%s".formatted(request.trial() + 1, extent(request), score, best);
  }

  private String extent(EvaluationRequest request) {
    boolean first = seen.add(request.configuration());
    int examples = request.examples().size();
    if (request.kind() == EvaluationRequest.Kind.FULL) {
      return "all " + examples;
    }
    return (first ? "first look at " : "another look at ") + examples;
  }

  private static String points(double score) {
    return "%.1f".formatted(100 * score);
  }
}
