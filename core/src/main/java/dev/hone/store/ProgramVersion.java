package dev.hone.store;

import dev.hone.InvalidInputException;
import java.util.regex.Pattern;

/**
 * One version of a program for a model. Immutable.
 *
 * @param name the program's: 1 to 100 letters, digits, dots, hyphens and underscores, the first a
 *     letter or digit
 * @param model the id of the model that it was tuned for, such as {@code openai:gpt-4o-mini}; empty
 *     for all models that have none of their own
 * @param number 1 for the first, and so on, counted for each model
 */
public record ProgramVersion(String name, String model, int number) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final int MAX_MODEL_CHARACTERS = 200;

  /** Checks the parts. */
  public ProgramVersion {
    requireName(name);
    requireModel(model);
    if (number < 1) {
      throw InvalidInputException.of(
          "The version (" + number + ") of the program " + name + " is less than 1",
          "use 1 for the first");
    }
  }

  /** Names become folders and keys, so nothing else may be in them. */
  static String requireName(String name) {
    if (name == null || !NAME.matcher(name).matches()) {
      throw InvalidInputException.of(
          "The program's name (%s) is not 1 to 100 letters, digits, dots, hyphens and underscores"
              .formatted(name),
          "use a name such as route-tickets");
    }
    return name;
  }

  static String requireModel(String model) {
    if (model == null || model.length() > MAX_MODEL_CHARACTERS) {
      throw InvalidInputException.of(
          "The model's id is "
              + (model == null ? "null" : "longer than " + MAX_MODEL_CHARACTERS + " characters"),
          "use its LanguageModel.id(), or an empty text for all models");
    }
    return model;
  }

  /** For people, such as {@code route-tickets version 3 for openai:gpt-4o-mini}. */
  @Override
  public String toString() {
    return "%s version %d for %s".formatted(name, number, model.isEmpty() ? "any model" : model);
  }
}
