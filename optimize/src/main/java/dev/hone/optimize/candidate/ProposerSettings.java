package dev.hone.optimize.candidate;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import dev.hone.optimize.OptimizationTask;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the proposer is grounded in.
 *
 * @param dataAware whether it is told a summary of the trainset; default true
 * @param programAware whether it is told what the program does; default true
 * @param fewshotAware whether it is shown demos; default true
 * @param tipAware whether it is given a tip; default true
 * @param viewDataBatchSize how many examples the summary looks at in one call; default 10
 * @param initTemperature the temperature of proposals, 0 to 2; default 1
 * @param tips the tips to draw from; default {@link Tips#defaults()}
 * @param fixedTip the tip for every proposal; null to draw
 * @param programDescription what the program does, in the user's words; null to let the prompt
 *     model describe it
 */
public record ProposerSettings(
    boolean dataAware,
    boolean programAware,
    boolean fewshotAware,
    boolean tipAware,
    int viewDataBatchSize,
    double initTemperature,
    List<String> tips,
    @Nullable String fixedTip,
    @Nullable String programDescription) {
  /** Copies the tips and checks the ranges. */
  public ProposerSettings {
    OptimizationTask.requireSetting(tips, "tips");
    if (new ArrayList<>(tips).contains(null)) {
      throw InvalidInputException.of("One of tips is null", "leave it out");
    }
    tips = List.copyOf(tips);
    if (viewDataBatchSize < 1) {
      throw InvalidInputException.of(
          "viewDataBatchSize (" + viewDataBatchSize + ") is less than 1", "use 10");
    }
    if (!(initTemperature >= 0 && initTemperature <= 2)) {
      throw InvalidInputException.of(
          "initTemperature (" + initTemperature + ") is not between 0 and 2", "use 1.0");
    }
    if (tipAware && fixedTip == null && tips.isEmpty()) {
      throw InvalidInputException.of(
          "tips is empty while tipAware is true", "switch tipAware off, or add a tip");
    }
  }

  /** Aware of everything, batches of 10, temperature 1, the default tips. */
  public static ProposerSettings defaults() {
    return new ProposerSettings(true, true, true, true, 10, 1.0, Tips.defaults(), null, null);
  }

  /** A copy that is aware of these sources only. */
  public ProposerSettings withAwareness(
      boolean data, boolean program, boolean fewshot, boolean tip) {
    return new ProposerSettings(
        data,
        program,
        fewshot,
        tip,
        viewDataBatchSize,
        initTemperature,
        tips,
        fixedTip,
        programDescription);
  }

  /** A copy with another batch size. */
  public ProposerSettings withViewDataBatchSize(int value) {
    return new ProposerSettings(
        dataAware,
        programAware,
        fewshotAware,
        tipAware,
        value,
        initTemperature,
        tips,
        fixedTip,
        programDescription);
  }

  /** A copy with another temperature. */
  public ProposerSettings withInitTemperature(double value) {
    return new ProposerSettings(
        dataAware,
        programAware,
        fewshotAware,
        tipAware,
        viewDataBatchSize,
        value,
        tips,
        fixedTip,
        programDescription);
  }

  /** A copy that draws from other tips. */
  public ProposerSettings withTips(List<String> value) {
    return new ProposerSettings(
        dataAware,
        programAware,
        fewshotAware,
        tipAware,
        viewDataBatchSize,
        initTemperature,
        value,
        fixedTip,
        programDescription);
  }

  /** A copy that gives the same tip every time. */
  public ProposerSettings withFixedTip(@Nullable String value) {
    return new ProposerSettings(
        dataAware,
        programAware,
        fewshotAware,
        tipAware,
        viewDataBatchSize,
        initTemperature,
        tips,
        value,
        programDescription);
  }

  /** A copy with the user's own description of the program. */
  public ProposerSettings withProgramDescription(@Nullable String value) {
    return new ProposerSettings(
        dataAware,
        programAware,
        fewshotAware,
        tipAware,
        viewDataBatchSize,
        initTemperature,
        tips,
        fixedTip,
        value);
  }

  /** The settings as JSON, for provenance. */
  public ObjectNode toJson() {
    ObjectNode node =
        Json.object()
            .put("dataAware", dataAware)
            .put("programAware", programAware)
            .put("fewshotAware", fewshotAware)
            .put("tipAware", tipAware)
            .put("viewDataBatchSize", viewDataBatchSize)
            .put("initTemperature", initTemperature);
    ArrayNode list = node.putArray("tips");
    tips.forEach(list::add);
    return node.put("fixedTip", fixedTip).put("programDescription", programDescription);
  }
}
