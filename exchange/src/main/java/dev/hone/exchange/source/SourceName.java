package dev.hone.exchange.source;

import dev.hone.InvalidInputException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;

/**
 * What a generated class is called.
 *
 * @param packageName its package; empty for none
 * @param className its simple name
 */
public record SourceName(String packageName, String className) {
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

  /** The methods without parameters that every object has. */
  private static final Set<String> NO_COMPONENTS =
      Set.of(
          "clone", "finalize", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait");

  /** Checks that both are names in Java. */
  public SourceName {
    if (!packageName.isEmpty() && !SourceVersion.isName(packageName)) {
      throw InvalidInputException.of(
          "The package \"" + packageName + "\" is no name of a package in Java",
          "use one such as com.example.tickets");
    }
    if (!SourceVersion.isIdentifier(className) || SourceVersion.isKeyword(className)) {
      throw InvalidInputException.of(
          "The class \"" + className + "\" is no name of a class in Java",
          "use " + pascal(className));
    }
  }

  /** A class named after a program, in a package; {@code support-tickets} is SupportTickets. */
  public static SourceName of(String packageName, String program) {
    return new SourceName(packageName, pascal(program));
  }

  /** The line that declares the package, with an empty line after it; empty for none. */
  String packageLine() {
    return packageName.isEmpty() ? "" : "package " + packageName + ";\n\n";
  }

  /** Words in upper camel case: a class's name. */
  static String pascal(String text) {
    String name =
        Arrays.stream(NO_WORD.split(text))
            .filter(word -> !word.isEmpty())
            .map(SourceName::capital)
            .collect(Collectors.joining());
    return name.isEmpty() || Character.isDigit(name.charAt(0)) ? "Program" + name : name;
  }

  /** Words in lower camel case: a method's or variable's name, never a keyword. */
  static String camel(String text) {
    String pascal = pascal(text);
    String name = pascal.substring(0, 1).toLowerCase(Locale.ROOT) + pascal.substring(1);
    return SourceVersion.isKeyword(name) ? name + "Value" : name;
  }

  /** Words in capitals: a constant's name. */
  static String constant(String text) {
    String name = NO_WORD.matcher(text.strip()).replaceAll("_").toUpperCase(Locale.ROOT);
    String trimmed = name.replaceAll("^_+|_+$", "");
    return trimmed.isEmpty() || Character.isDigit(trimmed.charAt(0)) ? "P_" + trimmed : trimmed;
  }

  /** Whether a text can stand as a record component as it is. */
  static boolean isComponent(String text) {
    return isIdentifier(text) && !NO_COMPONENTS.contains(text);
  }

  /** Whether a text can stand as an enum constant as it is. */
  static boolean isIdentifier(String text) {
    return SourceVersion.isIdentifier(text) && !SourceVersion.isKeyword(text) && !text.equals("_");
  }

  private static String capital(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }
}
