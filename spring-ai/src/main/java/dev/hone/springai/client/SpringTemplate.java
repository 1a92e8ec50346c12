package dev.hone.springai.client;

import dev.hone.InvalidInputException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A template as Spring AI's default renderer reads it: variables in braces, a backslash before
 * braces that are meant as such.
 *
 * @param text the template
 */
record SpringTemplate(String text) {
  private static final Pattern PIECE = Pattern.compile("\\\\(.)|\\{([^{}]*)}", Pattern.DOTALL);
  private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");

  /**
   * The names of the variables, in the order in which they first appear.
   *
   * @throws InvalidInputException if there is an expression that is not a variable's name alone
   */
  Set<String> variables() {
    Set<String> names = new LinkedHashSet<>();
    Matcher matcher = PIECE.matcher(text);
    while (matcher.find()) {
      if (matcher.group(2) != null) {
        names.add(name(matcher.group(2)));
      }
    }
    return names;
  }

  private String name(String expression) {
    String name = expression.strip();
    if (!NAME.matcher(name).matches()) {
      throw InvalidInputException.of(
          "The template has {%s}, expected the name of a variable: \"%s\""
              .formatted(expression, text),
          "compute the value in Java, and pass it as a variable");
    }
    return name;
  }

  /** The text as instructions: each variable is the name of its field in back quotes. */
  String instructions(UnaryOperator<String> fieldOf) {
    return PIECE
        .matcher(text)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    found.group(2) == null
                        ? found.group(1)
                        : "`" + fieldOf.apply(name(found.group(2))) + "`"))
        .strip();
  }
}
