package dev.hone.optimize.candidate;

import dev.hone.InvalidInputException;
import dev.hone.SettingCheck;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The wording by which a prompt model is asked for an instruction. What it knows of the task (the
 * summary of the data, the description of the program, the predictor, worked examples, earlier
 * instructions) comes in fields of its own beside it, as far as these are switched on. What the
 * user said can stand within the wording: {@code {tip}}, {@code {language}}, {@code
 * {currentInstruction}}; it is then no field. A placeholder whose value is absent becomes an empty
 * text. Immutable.
 *
 * @param name names it in reports and files, such as {@code short}
 * @param text the wording
 */
public record ProposerTemplate(String name, String text) {
  /** The inputs that may stand within the wording. */
  public static final Set<String> PLACEHOLDERS = Set.of("tip", "language", "currentInstruction");

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z]\\w*)}");

  private static final ProposerTemplate DEFAULT =
      new ProposerTemplate(
          "default",
          "Write the instruction that will tell a language model how to do the task of the predictor"
              + " described here. Build on the current instruction and keep every requirement in it."
              + " Use what the other fields tell about the task, above all what distinguishes the"
              + " possible answers. Write the instruction only, addressed to the model.");

  /**
   * Checks that there is a name and a text, and that every placeholder is known.
   *
   * @throws InvalidInputException if not
   */
  public ProposerTemplate {
    SettingCheck.given("name of a template", name);
    SettingCheck.given("text of a template", text);
    if (name.isBlank() || text.isBlank()) {
      throw InvalidInputException.of(
          "The %s of a template is blank".formatted(name.isBlank() ? "name" : "text"),
          "begin with ProposerTemplate.standard().text()");
    }
    Matcher matcher = PLACEHOLDER.matcher(text);
    while (matcher.find()) {
      if (!PLACEHOLDERS.contains(matcher.group(1))) {
        throw InvalidInputException.of(
            "The template \"%s\" has the placeholder %s, expected {tip}, {language} or {currentInstruction}"
                .formatted(name, matcher.group()),
            "write it without braces: what else is known comes in fields beside the wording");
      }
    }
  }

  /** A template of this name and wording; checked as the constructor does. */
  public static ProposerTemplate of(String name, String text) {
    return new ProposerTemplate(name, text);
  }

  /** Hone's own wording, named {@code default}; it has no placeholders. */
  public static ProposerTemplate standard() {
    return DEFAULT;
  }

  /** Whether an input stands within the wording, by its name. */
  public boolean places(String input) {
    return text.contains("{" + input + "}");
  }

  /** The wording with its placeholders filled in; those without a value become empty. */
  public String filled(Map<String, String> values) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(values.getOrDefault(match.group(1), "")))
        .strip();
  }
}
