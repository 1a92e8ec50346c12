package dev.hone.optimize.candidate;

import dev.hone.InvalidInputException;
import dev.hone.SettingCheck;
import dev.hone.json.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the proposer is grounded in. Immutable; set on the optimizers that propose, see {@link
 * ProposerOptions}.
 */
public final class ProposerSettings {
  private static final ProposerSettings DEFAULTS = new ProposerSettings(new Draft());

  private final Draft values;

  private ProposerSettings(Draft from) {
    values = from;
    values.tips = checked(from.tips);
    SettingCheck.atLeast("viewDataBatchSize", values.viewDataBatchSize, 1);
    SettingCheck.between("initTemperature", values.initTemperature, 0, 2, 1);
    if (values.tipAware && values.fixedTip == null && values.tips.isEmpty()) {
      throw InvalidInputException.of(
          "tips is empty while tipAware is true", "switch tipAware off, or add a tip");
    }
  }

  private static List<String> checked(List<String> tips) {
    SettingCheck.given("tips", tips);
    if (new ArrayList<>(tips).contains(null)) {
      throw InvalidInputException.of("One of tips is null", "leave it out");
    }
    return List.copyOf(tips);
  }

  /** Values on their way into settings, and in them. */
  private static final class Draft implements Cloneable {
    private boolean dataAware = true;
    private boolean programAware = true;
    private boolean fewshotAware = true;
    private boolean tipAware = true;
    private boolean errorAware;
    private int viewDataBatchSize = 10;
    private double initTemperature = 1.0;
    private List<String> tips = Tips.defaults();
    private @Nullable String fixedTip;
    private @Nullable String programDescription;
    private ProposalWording wording = ProposalWording.defaults();
    private @Nullable Path learningFile;

    private Draft copy() {
      try {
        return (Draft) clone();
      } catch (CloneNotSupportedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Aware of everything but errors, batches of 10, temperature 1, the default tips. */
  public static ProposerSettings defaults() {
    return DEFAULTS;
  }

  private ProposerSettings with(Consumer<Draft> change) {
    Draft draft = values.copy();
    change.accept(draft);
    return new ProposerSettings(draft);
  }

  /** Whether it is given a summary of the trainset. */
  public boolean dataAware() {
    return values.dataAware;
  }

  /** Whether it is given a description of the program. */
  public boolean programAware() {
    return values.programAware;
  }

  /** Whether it is shown demos. */
  public boolean fewshotAware() {
    return values.fewshotAware;
  }

  /** Whether it is given a tip. */
  public boolean tipAware() {
    return values.tipAware;
  }

  /** Whether it is shown what the program gets wrong. */
  public boolean errorAware() {
    return values.errorAware;
  }

  /** How many examples the summary looks at in one call. */
  public int viewDataBatchSize() {
    return values.viewDataBatchSize;
  }

  /** The temperature of proposals. */
  public double initTemperature() {
    return values.initTemperature;
  }

  /** The tips to draw from. */
  public List<String> tips() {
    return values.tips;
  }

  /** The tip for every proposal; null to draw. */
  public @Nullable String fixedTip() {
    return values.fixedTip;
  }

  /** What the program does, in the user's words; null to let the prompt model describe it. */
  public @Nullable String programDescription() {
    return values.programDescription;
  }

  /** Who writes, by which wordings, in which language, and what is kept word for word. */
  public ProposalWording wording() {
    return values.wording;
  }

  /** The file that what was learnt about proposing is carried in; null for no learning. */
  public @Nullable Path learningFile() {
    return values.learningFile;
  }

  /** A copy that is aware of these sources only. */
  public ProposerSettings withAwareness(
      boolean data, boolean program, boolean fewshot, boolean tip) {
    return withDataAware(data)
        .withProgramAware(program)
        .withFewshotAware(fewshot)
        .withTipAware(tip)
        .withErrorAware(false);
  }

  /** A copy that is given a summary of the trainset, or not. */
  public ProposerSettings withDataAware(boolean value) {
    return with(draft -> draft.dataAware = value);
  }

  /** A copy that is given a description of the program, or not. */
  public ProposerSettings withProgramAware(boolean value) {
    return with(draft -> draft.programAware = value);
  }

  /** A copy that is shown demos, or not. */
  public ProposerSettings withFewshotAware(boolean value) {
    return with(draft -> draft.fewshotAware = value);
  }

  /** A copy that is given a tip, or not. */
  public ProposerSettings withTipAware(boolean value) {
    return with(draft -> draft.tipAware = value);
  }

  /** A copy that is shown what the program gets wrong, or not. */
  public ProposerSettings withErrorAware(boolean value) {
    return with(draft -> draft.errorAware = value);
  }

  /** A copy with another batch size. */
  public ProposerSettings withViewDataBatchSize(int value) {
    return with(draft -> draft.viewDataBatchSize = value);
  }

  /** A copy with another temperature. */
  public ProposerSettings withInitTemperature(double value) {
    return with(draft -> draft.initTemperature = value);
  }

  /** A copy that draws from other tips. */
  public ProposerSettings withTips(List<String> value) {
    return with(draft -> draft.tips = value);
  }

  /** A copy that gives the same tip every time; null to draw. */
  public ProposerSettings withFixedTip(@Nullable String value) {
    return with(draft -> draft.fixedTip = value);
  }

  /** A copy with the user's own description of the program; null for the prompt model's. */
  public ProposerSettings withProgramDescription(@Nullable String value) {
    return with(draft -> draft.programDescription = value);
  }

  /** A copy with other writers, wordings, language or fixed parts. */
  public ProposerSettings withWording(ProposalWording value) {
    return with(draft -> draft.wording = value);
  }

  /** A copy that learns to propose, see {@link ProposerOptions#learnToPropose}; null for not. */
  public ProposerSettings withLearningFile(@Nullable Path value) {
    return with(draft -> draft.learningFile = value);
  }

  /** The names of the settings that are not at their defaults. */
  public List<String> changed() {
    ObjectNode defaults = DEFAULTS.toJson();
    List<String> names = new ArrayList<>();
    toJson()
        .properties()
        .forEach(
            setting -> {
              if (!setting.getValue().equals(defaults.get(setting.getKey()))) {
                names.add(setting.getKey());
              }
            });
    return names;
  }

  /** Which of these settings have no effect beside the others, in sentences. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    List<String> changed = changed();
    note(
        notes,
        changed.contains("viewDataBatchSize") && !values.dataAware,
        "viewDataBatchSize",
        "dataAware");
    note(notes, changed.contains("tips") && !values.tipAware, "tips", "tipAware");
    note(notes, values.fixedTip != null && !values.tipAware, "fixedTip", "tipAware");
    note(
        notes,
        values.programDescription != null && !values.programAware,
        "programDescription",
        "programAware");
    if (values.tipAware && values.fixedTip != null && changed.contains("tips")) {
      notes.add("tips has no effect, since fixedTip is the tip of every proposal.");
    }
    return notes;
  }

  private static void note(List<String> notes, boolean idle, String setting, String source) {
    if (idle) {
      notes.add("%s has no effect, since %s is switched off.".formatted(setting, source));
    }
  }

  /** The settings as JSON, for provenance; those of later versions only where they are set. */
  public ObjectNode toJson() {
    ObjectNode node =
        Json.object()
            .put("dataAware", values.dataAware)
            .put("programAware", values.programAware)
            .put("fewshotAware", values.fewshotAware)
            .put("tipAware", values.tipAware)
            .put("viewDataBatchSize", values.viewDataBatchSize)
            .put("initTemperature", values.initTemperature);
    ArrayNode list = node.putArray("tips");
    values.tips.forEach(list::add);
    node.put("fixedTip", values.fixedTip).put("programDescription", values.programDescription);
    values.wording.addTo(node);
    if (values.errorAware) {
      node.put("errorAware", true);
    }
    if (values.learningFile != null) {
      node.put("learnToPropose", values.learningFile.toString());
    }
    return node;
  }

  /** The settings as JSON. */
  @Override
  public String toString() {
    return "ProposerSettings" + toJson();
  }
}
