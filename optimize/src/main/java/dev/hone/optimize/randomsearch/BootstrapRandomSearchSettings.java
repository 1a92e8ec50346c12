package dev.hone.optimize.randomsearch;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import dev.hone.optimize.candidate.BootstrapSettings;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How demos are searched at random. Immutable.
 *
 * @param candidatePrograms how many candidates have shuffled demos, beside the program as it is,
 *     zero-shot, labels only and unshuffled; default 16
 * @param bootstrap how demos are bootstrapped; default: at most 4 bootstrapped, 16 in all,
 *     threshold 1
 * @param labeledSample whether the candidate with labels only has a random sample of them, rather
 *     than the first; default true
 * @param restrict the only candidates that are tried beside the program as it is: -3 for zero-shot,
 *     -2 for labels only, -1 for unshuffled, from 0 for shuffled; empty for all, the default
 * @param valsetFraction the share of the trainset to choose by when no valset is given; default 0.5
 * @param candidatesInFlight candidates that are evaluated together; default 2. The result depends
 *     on it only where the run stops at a score
 * @param stopAtScore the run ends with the first candidates of which one scores this; null for
 *     never, the default
 * @param failureScore what an example counts whose program failed; default 0
 * @param seed the seed of all choices; default 0, which is a seed
 */
public record BootstrapRandomSearchSettings(
    int candidatePrograms,
    BootstrapSettings bootstrap,
    boolean labeledSample,
    Set<Integer> restrict,
    double valsetFraction,
    int candidatesInFlight,
    @Nullable Double stopAtScore,
    double failureScore,
    long seed) {
  /** Copies the set and checks the ranges. */
  public BootstrapRandomSearchSettings {
    restrict = Set.copyOf(restrict);
    atLeast(candidatePrograms, 0, "candidatePrograms");
    atLeast(candidatesInFlight, 1, "candidatesInFlight");
    for (int candidate : restrict) {
      if (candidate < RandomSearchCandidates.ZERO_SHOT || candidate >= candidatePrograms) {
        throw InvalidInputException.of(
            "restrict names the candidate %d, and there are those from -3 to %d"
                .formatted(candidate, candidatePrograms - 1),
            "raise candidatePrograms");
      }
    }
    if (!(valsetFraction > 0 && valsetFraction < 1)) {
      throw InvalidInputException.of(
          "valsetFraction (" + valsetFraction + ") is not between 0 and 1", "use 0.5");
    }
    if (stopAtScore != null && stopAtScore.isNaN()) {
      throw InvalidInputException.of("stopAtScore is not a number", "leave it out");
    }
    if (!Double.isFinite(failureScore)) {
      throw InvalidInputException.of(
          "failureScore (" + failureScore + ") is not a finite number", "use 0");
    }
  }

  private static void atLeast(int value, int least, String name) {
    if (value < least) {
      throw InvalidInputException.of(
          "%s (%d) is less than %d".formatted(name, value, least), "raise it to " + least);
    }
  }

  /** The defaults. */
  public static BootstrapRandomSearchSettings defaults() {
    return new BootstrapRandomSearchSettings(
        16, BootstrapSettings.defaults(), true, Set.of(), 0.5, 2, null, 0, 0);
  }

  /** A copy with another number of shuffled candidates. */
  public BootstrapRandomSearchSettings withCandidatePrograms(int value) {
    return new BootstrapRandomSearchSettings(
        value,
        bootstrap,
        labeledSample,
        restrict,
        valsetFraction,
        candidatesInFlight,
        stopAtScore,
        failureScore,
        seed);
  }

  /** A copy that bootstraps otherwise. */
  public BootstrapRandomSearchSettings withBootstrap(BootstrapSettings value) {
    return new BootstrapRandomSearchSettings(
        candidatePrograms,
        value,
        labeledSample,
        restrict,
        valsetFraction,
        candidatesInFlight,
        stopAtScore,
        failureScore,
        seed);
  }

  /** A copy whose candidate with labels only has a sample of them, or the first. */
  public BootstrapRandomSearchSettings withLabeledSample(boolean value) {
    return new BootstrapRandomSearchSettings(
        candidatePrograms,
        bootstrap,
        value,
        restrict,
        valsetFraction,
        candidatesInFlight,
        stopAtScore,
        failureScore,
        seed);
  }

  /** A copy that tries these candidates only. */
  public BootstrapRandomSearchSettings withRestrict(Set<Integer> value) {
    return new BootstrapRandomSearchSettings(
        candidatePrograms,
        bootstrap,
        labeledSample,
        value,
        valsetFraction,
        candidatesInFlight,
        stopAtScore,
        failureScore,
        seed);
  }

  /** A copy that takes another share of the trainset to choose by. */
  public BootstrapRandomSearchSettings withValsetFraction(double value) {
    return new BootstrapRandomSearchSettings(
        candidatePrograms,
        bootstrap,
        labeledSample,
        restrict,
        value,
        candidatesInFlight,
        stopAtScore,
        failureScore,
        seed);
  }

  /** A copy that evaluates so many candidates together. */
  public BootstrapRandomSearchSettings withCandidatesInFlight(int value) {
    return new BootstrapRandomSearchSettings(
        candidatePrograms,
        bootstrap,
        labeledSample,
        restrict,
        valsetFraction,
        value,
        stopAtScore,
        failureScore,
        seed);
  }

  /** A copy that stops at this score. */
  public BootstrapRandomSearchSettings withStopAtScore(@Nullable Double value) {
    return new BootstrapRandomSearchSettings(
        candidatePrograms,
        bootstrap,
        labeledSample,
        restrict,
        valsetFraction,
        candidatesInFlight,
        value,
        failureScore,
        seed);
  }

  /** A copy with another failure score. */
  public BootstrapRandomSearchSettings withFailureScore(double value) {
    return new BootstrapRandomSearchSettings(
        candidatePrograms,
        bootstrap,
        labeledSample,
        restrict,
        valsetFraction,
        candidatesInFlight,
        stopAtScore,
        value,
        seed);
  }

  /** A copy with another seed. */
  public BootstrapRandomSearchSettings withSeed(long value) {
    return new BootstrapRandomSearchSettings(
        candidatePrograms,
        bootstrap,
        labeledSample,
        restrict,
        valsetFraction,
        candidatesInFlight,
        stopAtScore,
        failureScore,
        value);
  }

  /** Whether a candidate is to be tried. */
  boolean includes(int candidate) {
    return restrict.isEmpty() || restrict.contains(candidate);
  }

  /** The settings as JSON, for provenance. */
  public ObjectNode toJson() {
    ObjectNode node = Json.object().put("candidatePrograms", candidatePrograms);
    node.set("bootstrap", bootstrap.toJson());
    node.put("labeledSample", labeledSample);
    ArrayNode only = node.putArray("restrict");
    new TreeSet<>(restrict).forEach(only::add);
    return node.put("valsetFraction", valsetFraction)
        .put("candidatesInFlight", candidatesInFlight)
        .put("stopAtScore", stopAtScore)
        .put("failureScore", failureScore)
        .put("seed", seed);
  }
}
