package dev.hone.springai.client;

import dev.hone.InvalidInputException;
import dev.hone.springai.client.RenderedTexts.Rendering;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What all calls of one prompt have in common.
 *
 * @param system the template of the system message; empty for none
 * @param user the template of the user's message; empty where the whole message varies
 */
record PromptShape(String system, String user) {
  /** The field of a message that varies as a whole. */
  static final String MESSAGE = "message";

  /** The shape of a prompt of these parts. */
  static PromptShape of(Rendering system, Rendering user) {
    return new PromptShape(system.template(), user.template());
  }

  /**
   * The names of what varies, which are those of the input fields.
   *
   * @throws InvalidInputException if there is nothing, or a template has more than variables
   */
  Set<String> variables() {
    if (system.isBlank() && user.isBlank()) {
      throw InvalidInputException.of(
          "The prompt has neither a system text nor a template of the user's, so that there is"
              + " nothing to learn from",
          "write what it is about as .system(...), or pass variables to .user(u -> u.text(...))");
    }
    Set<String> names = new LinkedHashSet<>(new SpringTemplate(system).variables());
    names.addAll(user.isBlank() ? Set.of(MESSAGE) : new SpringTemplate(user).variables());
    if (names.isEmpty()) {
      throw InvalidInputException.of(
          "The prompt \"%s\" takes nothing, so that there is nothing to learn from examples"
              .formatted(user),
          "give it a variable");
    }
    return names;
  }

  /** The texts as instructions; one that is nothing but a variable says nothing. */
  String instructions() {
    List<String> said = new ArrayList<>();
    for (String text : List.of(system, user)) {
      String words = new SpringTemplate(text).instructions(name -> name);
      if (!words.isEmpty() && !words.matches("`[^`]*`")) {
        said.add(words);
      }
    }
    return String.join("\n\n", said);
  }

  /** The variables of a message that varies as a whole. */
  static Rendering whole(String message) {
    return new Rendering("", Map.of(MESSAGE, message));
  }
}
