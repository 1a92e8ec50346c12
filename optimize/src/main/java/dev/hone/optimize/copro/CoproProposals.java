package dev.hone.optimize.copro;

import dev.hone.context.Context;
import dev.hone.optimize.candidate.InstructionCandidate;
import dev.hone.optimize.candidate.ProposalChoice;
import dev.hone.optimize.candidate.ProposerSettings;
import dev.hone.optimize.propose.GroundedProposer;
import dev.hone.optimize.propose.Grounding;
import dev.hone.optimize.propose.InstructionGuard;
import dev.hone.optimize.propose.InstructionGuard.Checked;
import dev.hone.optimize.propose.StepFailure;
import dev.hone.optimize.propose.choose.ScoredInstruction;
import dev.hone.program.Predictors;
import dev.hone.text.Plural;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Proposes the instructions of a round: concurrently, none twice in a run. */
final class CoproProposals {
  /** How often a proposal that says nothing new, or failed, is replaced. */
  private static final int REPLACEMENTS = 2;

  private static final long ROLLOUTS_PER_SEED = 1_000_000;

  private final CoproSettings settings;
  private final GroundedProposer proposer;
  private final InstructionGuard guard;
  private final ProposalChoice choice;
  private final Map<String, Set<String>> known = new HashMap<>();
  private final List<StepFailure> failures = new ArrayList<>();
  private final List<StepFailure> replaced = new ArrayList<>();
  private final Map<String, List<StepFailure>> owed = new LinkedHashMap<>();
  private long rollout;
  private int delivered;
  private int repeats;

  CoproProposals(CoproSettings settings, Predictors predictors) {
    this.settings = settings;
    ProposerSettings wording = ProposerSettings.defaults().withWording(settings.wording());
    this.proposer = new GroundedProposer(wording, predictors, settings.seed());
    this.guard = new InstructionGuard(predictors, settings.wording().keep());
    this.choice = new ProposalChoice("", false, false, -1, settings.initTemperature());
    this.rollout = settings.seed() * ROLLOUTS_PER_SEED;
    predictors.byName().forEach((name, predict) -> isNew(name, predict.state().instructions()));
  }

  /** One proposal that is to be made; it must contain what an earlier one lost. */
  private record Order(
      String predictor, List<ScoredInstruction> history, long rollout, List<String> required) {}

  private record Delivery(Order order, Optional<String> text, List<StepFailure> failures) {}

  /**
   * Proposes a number of new instructions per predictor, given what was tried before; and as many
   * more as failed in the round before for a reason that may have passed.
   */
  Map<String, List<String>> propose(int count, Map<String, List<CoproAttempt>> attempts) {
    Map<String, List<String>> fresh = new LinkedHashMap<>();
    List<Order> open = new ArrayList<>();
    attempts.forEach(
        (predictor, tried) -> {
          fresh.put(predictor, new ArrayList<>());
          List<ScoredInstruction> history = history(tried);
          List<StepFailure> earlier = owed.getOrDefault(predictor, List.of());
          replaced.addAll(earlier);
          for (int i = 0; i < count + earlier.size(); i++) {
            open.add(new Order(predictor, history, ++rollout, List.of()));
          }
        });
    owed.clear();
    List<Order> round = open;
    for (int i = 0; i <= REPLACEMENTS && !round.isEmpty(); i++) {
      round = deliver(round, fresh, i == REPLACEMENTS);
    }
    return fresh;
  }

  /** Makes proposals and keeps the new ones; gives orders that replace the others. */
  private List<Order> deliver(List<Order> orders, Map<String, List<String>> fresh, boolean last) {
    List<Order> again = new ArrayList<>();
    for (Delivery delivery : Context.current().workers().map(orders, this::make)) {
      Order order = delivery.order();
      Optional<String> text = delivery.text();
      if (last) {
        giveUp(delivery);
      } else {
        replaced.addAll(delivery.failures());
      }
      Checked checked = guard.check(order.predictor(), text.orElse(""));
      boolean whole = text.isPresent() && checked.lost().isEmpty();
      delivered += whole ? 1 : 0;
      if (whole && isNew(order.predictor(), checked.text())) {
        fresh.computeIfAbsent(order.predictor(), name -> new ArrayList<>()).add(checked.text());
      } else {
        repeats += whole ? 1 : 0;
        again.add(new Order(order.predictor(), order.history(), ++rollout, checked.lost()));
      }
    }
    return again;
  }

  private void giveUp(Delivery delivery) {
    for (StepFailure failure : delivery.failures()) {
      if (failure.passing()) {
        owed.computeIfAbsent(delivery.order().predictor(), name -> new ArrayList<>()).add(failure);
      } else {
        failures.add(failure);
      }
    }
  }

  private Delivery make(Order order) {
    List<StepFailure> problems = new ArrayList<>();
    Grounding nothing = new Grounding("", "", List.of());
    Optional<String> text =
        proposer
            .requiring(order.required())
            .propose(
                order.predictor(),
                choice,
                nothing,
                List.of(),
                order.history(),
                order.rollout(),
                problems);
    return new Delivery(order, text, problems);
  }

  /** The best of those that were tried after the original, worst first. */
  private List<ScoredInstruction> history(List<CoproAttempt> tried) {
    List<ScoredInstruction> scored = new ArrayList<>();
    for (CoproAttempt attempt : tried) {
      attempt
          .score()
          .ifPresent(
              score ->
                  scored.add(
                      new ScoredInstruction(
                          new InstructionCandidate(attempt.instruction(), attempt.round(), choice),
                          score.scoreMean())));
    }
    scored.sort(Comparator.comparingDouble(ScoredInstruction::scoreMean));
    boolean onlyOriginal = tried.stream().allMatch(attempt -> attempt.round() == 0);
    return onlyOriginal
        ? List.of()
        : List.copyOf(
            scored.subList(Math.max(0, scored.size() - settings.breadth()), scored.size()));
  }

  private boolean isNew(String predictor, String text) {
    String normal = text.strip().replaceAll("\\s+", " ");
    return !normal.isEmpty()
        && known.computeIfAbsent(predictor, name -> new HashSet<>()).add(normal);
  }

  /** Whether there were proposals, and all said what was known. */
  boolean nothingNew() {
    return repeats > 0 && repeats == delivered;
  }

  /** How many proposals said nothing new, in a sentence; none if all did. */
  Optional<String> repeats() {
    if (repeats == 0) {
      return Optional.empty();
    }
    String were =
        "%d of %s repeated an earlier instruction or were empty"
            .formatted(repeats, Plural.of(delivered, "proposal"));
    return Optional.of(
        nothingNew()
            ? were
                + ", so none was tried. Maybe raise initTemperature, or let another model propose."
            : were + ", and were not tried.");
  }

  /** How many proposals failed and were made again, in a sentence; none if none did. */
  Optional<String> replaced() {
    return replaced.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s failed and %s made again. The first: %s"
                .formatted(
                    Plural.of(replaced.size(), "proposal"),
                    replaced.size() == 1 ? "was" : "were",
                    replaced.get(0).problem()));
  }

  /** What was put back into proposals, and which were dropped, in sentences. */
  List<String> guarded() {
    return guard.notes();
  }

  /** What failed for good or is owed still, in sentences. */
  List<String> failures() {
    return Stream.concat(failures.stream(), owed.values().stream().flatMap(List::stream))
        .map(StepFailure::problem)
        .toList();
  }
}
