package dev.hone.optimize.copro;

import dev.hone.InvalidInputException;
import dev.hone.SettingCheck;
import dev.hone.json.Json;
import dev.hone.optimize.candidate.ProposalWording;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** Settings of COPRO. Immutable; set on {@link Copro}. */
public final class CoproSettings {
  private final int breadth;
  private final int depth;
  private final double initTemperature;
  private final double failureScore;
  private final ProposalWording wording;
  private final long seed;

  private CoproSettings(Draft from) {
    breadth = from.breadth;
    depth = from.depth;
    initTemperature = from.initTemperature;
    failureScore = from.failureScore;
    wording = from.wording;
    seed = from.seed;
    if (breadth < 2) {
      throw InvalidInputException.of(
          "breadth (" + breadth + ") is less than 2, so there is nothing but the original",
          "use 10");
    }
    SettingCheck.atLeast("depth", depth, 1);
    SettingCheck.between("initTemperature", initTemperature, 0, 2, 1.4);
    SettingCheck.finite("failureScore", failureScore);
  }

  /** Values on their way into settings. */
  static final class Draft {
    int breadth = 10;
    int depth = 3;
    double initTemperature = 1.4;
    double failureScore;
    ProposalWording wording = ProposalWording.defaults();
    long seed;
  }

  static CoproSettings defaults() {
    return new CoproSettings(new Draft());
  }

  CoproSettings with(Consumer<Draft> change) {
    Draft draft = new Draft();
    draft.breadth = breadth;
    draft.depth = depth;
    draft.initTemperature = initTemperature;
    draft.failureScore = failureScore;
    draft.wording = wording;
    draft.seed = seed;
    change.accept(draft);
    return new CoproSettings(draft);
  }

  /** Instructions per predictor and round; in the first round the original is one of them. */
  public int breadth() {
    return breadth;
  }

  /** Rounds. */
  public int depth() {
    return depth;
  }

  /** The temperature of proposals. */
  public double initTemperature() {
    return initTemperature;
  }

  /** The score of an example whose program failed. */
  public double failureScore() {
    return failureScore;
  }

  /** The wording and the language of proposals, and what is kept word for word. */
  public ProposalWording wording() {
    return wording;
  }

  /**
   * Distinguishes the proposals of one run from those of another, where a cache would give them
   * again.
   */
  public long seed() {
    return seed;
  }

  /** The settings as JSON, for provenance. */
  public ObjectNode toJson() {
    ObjectNode node =
        Json.object()
            .put("breadth", breadth)
            .put("depth", depth)
            .put("initTemperature", initTemperature)
            .put("failureScore", failureScore)
            .put("seed", seed);
    wording.addTo(node);
    return node;
  }

  /** The settings as JSON. */
  @Override
  public String toString() {
    return "CoproSettings" + toJson();
  }
}
