package dev.hone.optimize.propose;

import dev.hone.context.Context;
import dev.hone.optimize.candidate.DemoCandidate;
import dev.hone.optimize.candidate.InstructionCandidate;
import dev.hone.optimize.candidate.ProposalChoice;
import dev.hone.optimize.propose.choose.ProposalChooser;
import dev.hone.text.LowerCase;
import dev.hone.text.Plural;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Proposes the instructions of one round for all predictors: concurrently, then drops empties and
 * duplicates and proposes replacements, with another tip and other demos; so it does for proposals
 * that failed, or that lost a placeholder. What failed at each try for a reason that may pass by
 * itself is owed: {@link #proposeOwed} makes it later in the run.
 */
public final class InstructionStage {
  /** How often a dropped proposal is replaced. */
  private static final int REPLACEMENTS = 2;

  private final GroundedProposer proposer;
  private final ProposalChooser chooser;
  private final Grounding grounding;
  private final Map<String, List<DemoCandidate>> demoSets;
  private final InstructionGuard guard;
  private final List<String> failures = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<StepFailure> replaced = new ArrayList<>();
  private final List<Owed> owed = new ArrayList<>();
  private int madeLater;

  /** A stage for one run, with the demo sets of each predictor. */
  public InstructionStage(
      GroundedProposer proposer,
      ProposalChooser chooser,
      Grounding grounding,
      Map<String, List<DemoCandidate>> demoSets,
      InstructionGuard guard) {
    this.proposer = proposer;
    this.chooser = chooser;
    this.grounding = grounding;
    this.demoSets = demoSets;
    this.guard = guard;
  }

  /** One proposal that is to be made; it must contain what an earlier one lost. */
  private record Order(
      String predictor, ProposalChoice choice, long rollout, List<String> required) {}

  /** One proposal that was made; the text is empty if it failed, then it has failures. */
  private record Delivery(Order order, Optional<String> text, List<StepFailure> failures) {}

  /** One proposal that is to be made later in the run, and why it could not be made. */
  private record Owed(Order order, int round, RoundEvidence evidence, List<StepFailure> failures) {}

  /**
   * Proposes a number of new instructions per predictor.
   *
   * @param round from 1
   * @param known the instructions there are, by predictor
   * @param evidence what earlier ones scored, and what the program gets wrong
   */
  public Map<String, List<InstructionCandidate>> propose(
      int round, int count, Map<String, List<InstructionCandidate>> known, RoundEvidence evidence) {
    Found found = new Found(known);
    List<Order> open = orders(round, count, evidence);
    for (int attempt = 0; attempt <= REPLACEMENTS && !open.isEmpty(); attempt++) {
      open = deliver(open, found, new Attempt(round, attempt == REPLACEMENTS, evidence));
    }
    noteDropped(open, round);
    return found.fresh();
  }

  /** Whether proposals failed for a reason that may have passed, and can be made now. */
  public boolean owes() {
    return !owed.isEmpty();
  }

  /**
   * Makes what is owed, with one try each; what fails again for such a reason is owed still.
   *
   * @param known the instructions there are, by predictor
   */
  public Map<String, List<InstructionCandidate>> proposeOwed(
      Map<String, List<InstructionCandidate>> known) {
    Found found = new Found(known);
    List<Owed> due = List.copyOf(owed);
    owed.clear();
    for (Owed one : due) {
      Order order = replacement(one.order(), one.order().required());
      Attempt attempt = new Attempt(one.round(), true, one.evidence());
      noteDropped(deliver(List.of(order), found, attempt), one.round());
    }
    madeLater += found.fresh().values().stream().mapToInt(List::size).sum();
    return found.fresh();
  }

  /** One attempt of a round, which may be its last, with what the round knows. */
  private record Attempt(int round, boolean last, RoundEvidence evidence) {}

  /** What there is, in the form that tells candidates apart, and what is new, by predictor. */
  private record Found(
      Map<String, Set<String>> texts, Map<String, List<InstructionCandidate>> fresh) {
    Found(Map<String, List<InstructionCandidate>> known) {
      this(new LinkedHashMap<>(), new LinkedHashMap<>());
      known.forEach(
          (predictor, list) -> {
            Set<String> normal = new LinkedHashSet<>();
            list.forEach(candidate -> normal.add(normal(candidate.text())));
            texts.put(predictor, normal);
            fresh.put(predictor, new ArrayList<>());
          });
    }

    boolean isNew(String predictor, String text) {
      return !text.isBlank() && texts.getOrDefault(predictor, Set.of()).add(normal(text));
    }
  }

  private void noteDropped(List<Order> dropped, int round) {
    for (String predictor : demoSets.keySet()) {
      List<Order> all = dropped.stream().filter(o -> o.predictor().equals(predictor)).toList();
      long lost = all.stream().filter(order -> !order.required().isEmpty()).count();
      long count = all.size() - lost;
      if (count > 0) {
        notes.add(
            "Round %d: %s for %s said nothing new, nor did %s replacements"
                .formatted(
                    round,
                    Plural.of(count, "proposal"),
                    predictor,
                    (count == 1 ? "its " : "their ") + count * REPLACEMENTS));
      }
      if (lost > 0) {
        notes.add(
            "Round %d: %s for %s lost a placeholder at the last try, too, and %s no candidate"
                .formatted(
                    round, Plural.of(lost, "proposal"), predictor, lost == 1 ? "is" : "are"));
      }
    }
  }

  private List<Order> orders(int round, int count, RoundEvidence evidence) {
    List<Order> orders = new ArrayList<>();
    demoSets.forEach(
        (predictor, sets) -> {
          ProposalChooser.Sources sources =
              new ProposalChooser.Sources(sets.size(), evidence.errors().hasErrorsOf(predictor));
          List<ProposalChoice> choices =
              round == 1
                  ? chooser.first(predictor, count, sources)
                  : chooser.learnt(predictor, round, count, sources, evidence.historyOf(predictor));
          for (int i = 0; i < choices.size(); i++) {
            orders.add(new Order(predictor, choices.get(i), 1000L * round + i + 1, List.of()));
          }
        });
    return orders;
  }

  /** Makes proposals and keeps the new ones; gives orders that replace the others. */
  private List<Order> deliver(List<Order> orders, Found found, Attempt attempt) {
    RoundEvidence evidence = attempt.evidence();
    List<Delivery> deliveries =
        Context.current().workers().map(orders, order -> make(order, evidence));
    List<Order> again = new ArrayList<>();
    for (Delivery delivery : deliveries) {
      Order order = delivery.order();
      Optional<String> text = delivery.text();
      if (text.isEmpty()) {
        if (attempt.last()) {
          giveUp(delivery, attempt);
        } else {
          replaced.addAll(delivery.failures());
          again.add(replacement(order, List.of()));
        }
        continue;
      }
      InstructionGuard.Checked checked = guard.check(order.predictor(), text.get());
      if (checked.lost().isEmpty() && found.isNew(order.predictor(), checked.text())) {
        found
            .fresh()
            .getOrDefault(order.predictor(), new ArrayList<>())
            .add(new InstructionCandidate(checked.text(), attempt.round(), order.choice()));
      } else {
        again.add(replacement(order, checked.lost()));
      }
    }
    return again;
  }

  private void giveUp(Delivery delivery, Attempt attempt) {
    List<StepFailure> why = delivery.failures();
    if (!why.isEmpty() && why.stream().allMatch(StepFailure::passing)) {
      owed.add(new Owed(delivery.order(), attempt.round(), attempt.evidence(), why));
    } else {
      why.forEach(failure -> failures.add(failure.problem()));
    }
  }

  private Order replacement(Order order, List<String> required) {
    int sets = demoSets.getOrDefault(order.predictor(), List.of()).size();
    return new Order(
        order.predictor(), chooser.another(order.choice(), sets), order.rollout() + 100, required);
  }

  private Delivery make(Order order, RoundEvidence evidence) {
    List<StepFailure> problems = new ArrayList<>();
    Optional<String> text =
        proposer
            .requiring(order.required())
            .knowing(evidence.errors())
            .propose(
                order.predictor(),
                order.choice(),
                grounding,
                demoSets.getOrDefault(order.predictor(), List.of()),
                evidence.historyOf(order.predictor()),
                order.rollout(),
                problems);
    return new Delivery(order, text, problems);
  }

  /** Equal for texts that differ in white space and case only: those are one candidate. */
  private static String normal(String text) {
    return LowerCase.of(text.strip().replaceAll("\\s+", " "));
  }

  /** What failed for good or is owed still, in sentences. */
  public List<String> failures() {
    List<String> all = new ArrayList<>(failures);
    owed.forEach(one -> one.failures().forEach(failure -> all.add(failure.problem())));
    return List.copyOf(all);
  }

  /** Where fewer instructions than planned were found, or some at a later try, in sentences. */
  public List<String> notes() {
    List<String> all = new ArrayList<>(notes);
    all.addAll(guard.notes());
    if (!replaced.isEmpty()) {
      all.add(
          "%s failed and %s made again. The first: %s"
              .formatted(
                  Plural.of(replaced.size(), "proposal"),
                  replaced.size() == 1 ? "was" : "were",
                  replaced.get(0).problem()));
    }
    if (madeLater > 0) {
      all.add(
          "%s that could not be made at first %s made later in the run"
              .formatted(Plural.of(madeLater, "proposal"), madeLater == 1 ? "was" : "were"));
    }
    return List.copyOf(all);
  }
}
