package dev.hone.prompt;

import dev.hone.InvalidInputException;
import dev.hone.text.NearestName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A prompt that somebody wrote by hand, with variables such as {@code {{ticket}}}. Hone sends the
 * values of fields in places of their own; so as instructions the text stays as it is, but that a
 * variable becomes the name of its field in back quotes. Immutable.
 */
public final class PromptTemplate {
  private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\s*([^{}]+?)\\s*\\}\\}");

  private final String text;

  private PromptTemplate(String text) {
    this.text = text;
  }

  /**
   * A template.
   *
   * @throws InvalidInputException if it is blank
   */
  public static PromptTemplate of(String text) {
    if (text == null || text.isBlank()) {
      throw InvalidInputException.of(
          "The template of the prompt is " + (text == null ? "null" : "blank"),
          "pass the text, with variables such as {{question}}");
    }
    return new PromptTemplate(text);
  }

  /** The names of the variables, in the order in which they first appear; may be empty. */
  public Set<String> variables() {
    Set<String> names = new LinkedHashSet<>();
    Matcher matcher = VARIABLE.matcher(text);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  /**
   * The text as instructions: each variable is the name of its field in back quotes.
   *
   * @param fieldOf the name of the field that stands for a variable
   */
  public String instructions(UnaryOperator<String> fieldOf) {
    return VARIABLE
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement("`" + fieldOf.apply(found.group(1)) + "`"))
        .strip();
  }

  /**
   * The text as instructions for fields that are named as the variables are.
   *
   * @throws InvalidInputException if a variable is none of them
   */
  public String instructions(List<String> fields) {
    for (String variable : variables()) {
      if (!fields.contains(variable)) {
        throw InvalidInputException.of(
            "The prompt has the variable {{%s}}, and the inputs are %s".formatted(variable, fields),
            NearestName.of(variable.toLowerCase(Locale.ROOT), fields)
                .map(near -> "write {{" + near + "}}")
                .orElse("give the input a field of that name"));
      }
    }
    return instructions(name -> name);
  }

  /** The text as it was given. */
  @Override
  public String toString() {
    return text;
  }
}
