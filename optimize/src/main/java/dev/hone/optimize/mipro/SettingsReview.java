package dev.hone.optimize.mipro;

import dev.hone.InvalidInputException;
import dev.hone.data.Dataset;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.propose.ToolDescriptionStage;
import dev.hone.optimize.search.Search;
import dev.hone.optimize.task.UnusedParts;
import dev.hone.text.Plural;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is to be said of settings before a run: those that cannot be met, and those that a user set
 * and that do nothing, or less than their names say, beside the others or under the search that was
 * chosen.
 *
 * @param settings the settings
 * @param instructions instructions per predictor
 * @param minibatchSize examples of a minibatch; null where there are none
 */
record SettingsReview(MiproV2Settings settings, int instructions, @Nullable Integer minibatchSize) {
  private static final Set<String> OF_MINIBATCHES =
      Set.of("minibatchSize", "fullEvaluationSteps", "fullEvaluationTop");

  /**
   * Checks that a run can be planned.
   *
   * @throws InvalidInputException if numbers are missing, or contradict each other
   */
  static void requireWorkable(MiproV2Settings settings) {
    requireExtensible(settings.search(), settings.proposalRounds());
    requireOwnSchedule(settings);
    requireNumbers(settings);
  }

  private static void requireExtensible(Search search, int proposalRounds) {
    if (proposalRounds > 1 && !search.extensible()) {
      throw InvalidInputException.of(
          "proposalRounds is %d, but the search \"%s\" takes no candidates during a run"
              .formatted(proposalRounds, search.name()),
          "set proposalRounds to 1, or use Search.racing()");
    }
  }

  /** A search with blocks of its own takes no schedule from outside. */
  private static void requireOwnSchedule(MiproV2Settings settings) {
    List<String> set = new ArrayList<>(settings.explicit());
    set.retainAll(settings.search().settingsOfBudgetOnly());
    if (!set.isEmpty()) {
      throw InvalidInputException.of(
          "%s %s set, but the search \"%s\" chooses the examples of its evaluations itself, and expects none of them"
              .formatted(
                  String.join(", ", set), set.size() == 1 ? "is" : "are", settings.search().name()),
          "use Search.tpe(), or a setting of the search itself: RacingSearch has blockSize and budgetFraction");
    }
  }

  private static void requireNumbers(MiproV2Settings settings) {
    Integer trials = settings.trials();
    if (trials != null && trials < settings.proposalRounds()) {
      throw InvalidInputException.of(
          "trials (%d) is less than proposalRounds (%d), and each round needs a trial of its own"
              .formatted(trials, settings.proposalRounds()),
          "raise trials, or lower proposalRounds");
    }
    List<String> missing = new ArrayList<>();
    if (settings.instructionCandidates() == null) {
      missing.add("instructionCandidates");
    }
    if (settings.demoSets() == null && !settings.instructionsOnly()) {
      missing.add("demoSets");
    }
    if (trials == null) {
      missing.add("trials");
    }
    if (settings.auto().isEmpty() && !missing.isEmpty()) {
      throw InvalidInputException.of(
          "Without a preset, %s %s not set"
              .formatted(String.join(" and ", missing), missing.size() == 1 ? "is" : "are"),
          "set %s, or begin with MiproV2.light()"
              .formatted(
                  missing.size() == 1 && trials == null ? "trials" : "candidates and trials"));
    }
  }

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
    if (settings.toolDescriptions() != null
        && ToolDescriptionStage.predictorsWithTools(task.predictors()) == 0) {
      notes.add("toolDescriptions has no effect, since no predictor has tools.");
    }
    notes.addAll(ofProposals(ownPromptModel));
    if (settings.proposer().errorAware() && instructions > 1 && !task.teacher().isStudent()) {
      notes.add(
          "errorAware has no effect on %s, since the errors of the teacher are not those of the program."
              .formatted(settings.proposalRounds() == 1 ? "this run" : "the first round"));
    }
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
      }
    }
    return notes;
  }
}
