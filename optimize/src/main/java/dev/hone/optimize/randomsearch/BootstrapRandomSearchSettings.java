package dev.hone.optimize.randomsearch;

import dev.hone.InvalidInputException;
import dev.hone.SettingCheck;
import dev.hone.json.Json;
import dev.hone.optimize.candidate.BootstrapSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How demos are searched at random. Immutable; set on {@link BootstrapFewShotWithRandomSearch}. */
public final class BootstrapRandomSearchSettings {
  private static final double DEFAULT_VALSET_FRACTION = 0.5;

  private final int candidatePrograms;
  private final BootstrapSettings bootstrap;
  private final @Nullable Boolean labeledSample;
  private final Set<Integer> restrict;
  private final @Nullable Double valsetFraction;
  private final int candidatesInFlight;
  private final @Nullable Double stopAtScore;
  private final double failureScore;
  private final long seed;

  private BootstrapRandomSearchSettings(Draft from) {
    candidatePrograms = from.candidatePrograms;
    bootstrap = from.bootstrap;
    labeledSample = from.labeledSample;
    restrict = Set.copyOf(from.restrict);
    valsetFraction = from.valsetFraction;
    candidatesInFlight = from.candidatesInFlight;
    stopAtScore = from.stopAtScore;
    failureScore = from.failureScore;
    seed = from.seed;
    SettingCheck.atLeast("candidatePrograms", candidatePrograms, 0);
    SettingCheck.atLeast("candidatesInFlight", candidatesInFlight, 1);
    SettingCheck.fraction("valsetFraction", valsetFraction(), DEFAULT_VALSET_FRACTION);
    SettingCheck.finite("failureScore", failureScore);
    if (stopAtScore != null && stopAtScore.isNaN()) {
      throw InvalidInputException.of("stopAtScore is not a number", "leave it out");
    }
  }

  /** Values on their way into settings; null where the default holds. */
  static final class Draft {
    int candidatePrograms = 16;
    BootstrapSettings bootstrap = BootstrapSettings.defaults();
    @Nullable Boolean labeledSample;
    Set<Integer> restrict = Set.of();
    @Nullable Double valsetFraction;
    int candidatesInFlight = 2;
    @Nullable Double stopAtScore;
    double failureScore;
    long seed;
  }

  static BootstrapRandomSearchSettings defaults() {
    return new BootstrapRandomSearchSettings(new Draft());
  }

  BootstrapRandomSearchSettings with(Consumer<Draft> change) {
    Draft draft = new Draft();
    draft.candidatePrograms = candidatePrograms;
    draft.bootstrap = bootstrap;
    draft.labeledSample = labeledSample;
    draft.restrict = restrict;
    draft.valsetFraction = valsetFraction;
    draft.candidatesInFlight = candidatesInFlight;
    draft.stopAtScore = stopAtScore;
    draft.failureScore = failureScore;
    draft.seed = seed;
    change.accept(draft);
    return new BootstrapRandomSearchSettings(draft);
  }

  /** How many candidates have shuffled demos. */
  public int candidatePrograms() {
    return candidatePrograms;
  }

  /** How demos are bootstrapped. */
  public BootstrapSettings bootstrap() {
    return bootstrap;
  }

  /** Whether the candidate with labels only has a random sample of them, not the first. */
  public boolean labeledSample() {
    return labeledSample == null || labeledSample;
  }

  /** The only candidates that are tried beside the program as it is; empty for all. */
  public Set<Integer> restrict() {
    return restrict;
  }

  /** The share of the trainset to choose by when no valset is given. */
  public double valsetFraction() {
    return valsetFraction == null ? DEFAULT_VALSET_FRACTION : valsetFraction;
  }

  /** Candidates that are evaluated together. */
  public int candidatesInFlight() {
    return candidatesInFlight;
  }

  /** The score at which the run ends; empty for never. */
  public OptionalDouble stopAtScore() {
    return stopAtScore == null ? OptionalDouble.empty() : OptionalDouble.of(stopAtScore);
  }

  /** The score of an example whose program failed. */
  public double failureScore() {
    return failureScore;
  }

  /** The seed of all choices. */
  public long seed() {
    return seed;
  }

  /** Whether a candidate is to be tried. */
  boolean includes(int candidate) {
    return restrict.isEmpty() || restrict.contains(candidate);
  }

  /** The number of candidates with shuffled demos that are to be tried. */
  int shuffledCandidates() {
    int count = 0;
    for (int i = 0; i < candidatePrograms; i++) {
      count += includes(i) ? 1 : 0;
    }
    return count;
  }

  /**
   * Checks what one setting demands of another.
   *
   * @throws InvalidInputException if {@code restrict} names a candidate that there is not
   */
  void requireConsistent() {
    for (int candidate : restrict) {
      if (candidate < RandomSearchCandidates.ZERO_SHOT || candidate >= candidatePrograms) {
        throw InvalidInputException.of(
            "restrict names the candidate %d, and there are those from -3 to %d"
                .formatted(candidate, candidatePrograms - 1),
            "raise candidatePrograms");
      }
    }
  }

  /** The names of settings that were set and have no effect, if any, with the reason. */
  Optional<String> idleSample() {
    boolean tried = includes(RandomSearchCandidates.LABELS) && bootstrap.maxLabeledDemos() > 0;
    return labeledSample == null || tried
        ? Optional.empty()
        : Optional.of("labeledSample has no effect, since no candidate has labels only.");
  }

  /** The settings of the teacher's runs that were set though it does not run. */
  List<String> idleRuns() {
    return bootstrap.maxBootstrappedDemos() == 0 ? bootstrap.changedOfRuns() : List.of();
  }

  /** Whether {@link #valsetFraction} was set. */
  boolean setsValsetFraction() {
    return valsetFraction != null;
  }

  /** The settings as JSON, for provenance. */
  public ObjectNode toJson() {
    ObjectNode node = Json.object().put("candidatePrograms", candidatePrograms);
    node.set("bootstrap", bootstrap.toJson());
    node.put("labeledSample", labeledSample());
    ArrayNode only = node.putArray("restrict");
    new ArrayList<>(new TreeSet<>(restrict)).forEach(only::add);
    return node.put("valsetFraction", valsetFraction())
        .put("candidatesInFlight", candidatesInFlight)
        .put("stopAtScore", stopAtScore)
        .put("failureScore", failureScore)
        .put("seed", seed);
  }

  /** The settings as JSON. */
  @Override
  public String toString() {
    return "BootstrapRandomSearchSettings" + toJson();
  }
}
