package dev.hone.optimize.mipro;

import dev.hone.data.Dataset;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.task.UnusedParts;
import dev.hone.text.Plural;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The settings that a user set and that do nothing, or less than their names say, beside the others
 * or under the search that was chosen.
 *
 * @param settings the settings
 * @param instructions instructions per predictor
 * @param minibatchSize examples of a minibatch; null where there are none
 */
record IdleSettings(MiproV2Settings settings, int instructions, @Nullable Integer minibatchSize) {
  private static final Set<String> OF_MINIBATCHES =
      Set.of("minibatchSize", "fullEvaluationSteps", "fullEvaluationTop");

  /**
   * The notes on them, in sentences.
   *
   * @param ownPromptModel whether another model than that of the program is to write instructions
   */
  List<String> notes(OptimizationTask<?, ?> task, boolean ownPromptModel) {
    List<String> notes = new ArrayList<>();
    if (task.valset().isPresent() && settings.explicit().contains("valsetFraction")) {
      notes.add("valsetFraction has no effect, since there is a valset.");
    }
    notes.addAll(ofDemos());
    notes.addAll(ofProposals(ownPromptModel));
    notes.addAll(ofMinibatches());
    notes.addAll(ofMustPass(task));
    return notes;
  }

  private List<String> ofMustPass(OptimizationTask<?, ?> task) {
    Dataset<?, ?> mustPass = settings.mustPass();
    if (mustPass == null || settings.instructionsOnly()) {
      return List.of();
    }
    Set<ObjectNode> shown = new HashSet<>();
    task.trainset().forEach(example -> shown.add(example.inputJson()));
    long count = mustPass.examples().stream().filter(e -> shown.contains(e.inputJson())).count();
    return count == 0
        ? List.of()
        : List.of(
            "%d of %s are in the trainset, so that a demo may show them with their answers."
                .formatted(count, Plural.of(mustPass.size(), "must-pass example")));
  }

  private List<String> ofDemos() {
    List<String> notes = new ArrayList<>();
    if (settings.instructionsOnly() && settings.demoSets() != null) {
      notes.add("demoSets has no effect, since maxBootstrappedDemos and maxLabeledDemos are 0.");
    }
    settings.bootstrap().labelsNeverAdded().ifPresent(notes::add);
    if (settings.bootstrap().maxBootstrappedDemos() == 0
        && settings.bootstrap().changedOfRuns().contains("metricThreshold")) {
      notes.add(
          instructions == 1
              ? "metricThreshold has no effect, since maxBootstrappedDemos is 0."
              : "metricThreshold only decides which runs the proposer is shown, since maxBootstrappedDemos is 0.");
    }
    return notes;
  }

  private List<String> ofProposals(boolean ownPromptModel) {
    if (instructions > 1) {
      return settings.proposer().notes();
    }
    List<String> names = new ArrayList<>(settings.proposer().changed());
    if (settings.proposalRounds() > 1) {
      names.add("proposalRounds");
    }
    if (ownPromptModel) {
      names.add("promptModel");
    }
    return UnusedParts.settings(names, "instructionCandidates is 1, so nothing is proposed");
  }

  private List<String> ofMinibatches() {
    List<String> notes = new ArrayList<>();
    for (String name : settings.explicit()) {
      boolean tooLarge = name.equals("minibatchSize") && Boolean.TRUE.equals(settings.minibatch());
      if (minibatchSize == null && OF_MINIBATCHES.contains(name) && !tooLarge) {
        notes.add("%s has no effect, since there are no minibatches.".formatted(name));
      } else if (settings.search().settingsOfBudgetOnly().contains(name)) {
        notes.add(
            "%s only sets the size of the budget, since %s evaluates on parts of its own choice."
                .formatted(name, settings.search().name()));
      }
    }
    return notes;
  }
}
