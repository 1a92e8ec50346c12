package dev.hone.springai.client;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import dev.hone.springai.client.RenderedTexts.Rendering;
import dev.hone.type.bean.BeanJson;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.prompt.Prompt;
import tools.jackson.databind.node.ObjectNode;

/**
 * A prompt on its way to the model, taken apart.
 *
 * @param shape what it has in common with other calls
 * @param system the variables of its system message
 * @param user the variables of its user's message
 */
record PromptCall(PromptShape shape, Map<String, ?> system, Map<String, ?> user) {
  /** Takes a prompt apart. A text that nobody rendered is a template without variables. */
  static PromptCall of(Prompt prompt, RenderedTexts texts) {
    String systemText = orEmpty(prompt.getSystemMessage().getText());
    String userText = orEmpty(prompt.getUserMessage().getText());
    Rendering system = texts.of(systemText).orElse(new Rendering(systemText, Map.of()));
    Rendering user = texts.of(userText).orElse(PromptShape.whole(userText));
    return new PromptCall(PromptShape.of(system, user), system.variables(), user.variables());
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  /**
   * The input of the program of its shape.
   *
   * @throws InvalidInputException if a variable is missing, or has two values
   */
  ObjectNode input() {
    ObjectNode input = Json.object();
    for (String name : shape.variables()) {
      String value = system.containsKey(name) ? text(system.get(name)) : text(user.get(name));
      if (!system.containsKey(name) && !user.containsKey(name)) {
        throw InvalidInputException.of(
            "The variable {%s} of the prompt has no value".formatted(name),
            "pass it by .param(\"" + name + "\", value)");
      }
      if (user.containsKey(name) && !Objects.equals(value, text(user.get(name)))) {
        throw InvalidInputException.of(
            "The variable {%s} has one value in the system text and another in the user's"
                .formatted(name),
            "give one of them another name");
      }
      input.put(name, value);
    }
    return input;
  }

  /** A value as a field of text; what is neither text nor number nor choice as JSON. */
  static String text(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    boolean plain =
        value instanceof CharSequence
            || value instanceof Number
            || value instanceof Boolean
            || value instanceof Enum<?>;
    return plain ? value.toString() : Json.write(BeanJson.write(value));
  }
}
