package dev.hone.optimize.task;

import dev.hone.lm.LanguageModel;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The models that were given to an optimizer, as a part of its settings in words. */
public final class ModelNames {
  private ModelNames() {}

  /** Adds the ids of the models that were set. */
  public static ObjectNode in(
      ObjectNode settings, @Nullable LanguageModel taskModel, @Nullable LanguageModel promptModel) {
    if (taskModel != null) {
      settings.put("taskModel", taskModel.id());
    }
    if (promptModel != null) {
      settings.put("promptModel", promptModel.id());
    }
    return settings;
  }
}
