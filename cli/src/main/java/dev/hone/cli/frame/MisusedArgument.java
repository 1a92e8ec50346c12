package dev.hone.cli.frame;

import dev.hone.text.NearestName;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Puts into words what is wrong with an argument, and what was probably meant. */
final class MisusedArgument {
  private static final Set<Class<?>> WHOLE =
      Set.of(int.class, long.class, Integer.class, Long.class);
  private static final Set<Class<?>> NUMBER = Set.of(double.class, Double.class);

  private MisusedArgument() {}

  static String text(ParameterException error) {
    if (error instanceof UnmatchedArgumentException unmatched) {
      return unmatched(unmatched);
    } else if (error.getArgSpec() != null && isConversion(error)) {
      return conversion(error.getArgSpec(), String.valueOf(error.getValue()), error);
    }
    return sentence(String.valueOf(error.getMessage()));
  }

  private static boolean isConversion(ParameterException error) {
    return error.getCause() instanceof TypeConversionException;
  }

  private static String unmatched(UnmatchedArgumentException error) {
    CommandSpec command = error.getCommandLine().getCommandSpec();
    String word = error.getUnmatched().get(0);
    if (error.isUnknownOption()) {
      String name = word.replaceFirst("=.*", "");
      return "'%s' is not an option of %s.%s"
          .formatted(name, command.qualifiedName(), maybe(name, command.optionsMap().keySet(), ""));
    } else if (!command.subcommands().isEmpty()) {
      return "'%s' is not a command.%s"
          .formatted(
              word, maybe(word, command.subcommands().keySet(), command.qualifiedName() + " "));
    }
    return "'%s' is one argument too many for %s.".formatted(word, command.qualifiedName());
  }

  private static String maybe(String word, Collection<String> names, String before) {
    return beginning(word, names)
        .or(() -> NearestName.of(word, names))
        .map(name -> " Maybe use " + before + name + ".")
        .orElse("");
  }

  /** What was cut short: {@code --max-c} of two is nobody's guess. */
  private static Optional<String> beginning(String word, Collection<String> names) {
    List<String> longer =
        names.stream().filter(name -> word.length() > 3 && name.startsWith(word)).toList();
    return longer.size() == 1 ? Optional.of(longer.get(0)) : Optional.empty();
  }

  private static String conversion(ArgSpec argument, String value, ParameterException error) {
    String name =
        argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    if (WHOLE.contains(argument.type())) {
      return "%s (%s) is not a whole number, or too large. Maybe use %s=%s."
          .formatted(name, value, name, example(argument, "100"));
    } else if (NUMBER.contains(argument.type())) {
      return "%s (%s) is not a number. Maybe use %s=%s."
          .formatted(name, value, name, example(argument, "1.50"));
    } else if (argument.type().isEnum()) {
      List<String> names =
          Arrays.stream(argument.type().getEnumConstants())
              .map(constant -> String.valueOf(constant).toLowerCase(Locale.ROOT))
              .toList();
      return "%s (%s) is not one of %s.%s"
          .formatted(
              name,
              value,
              names.stream().collect(Collectors.joining(", ")),
              maybe(value.toLowerCase(Locale.ROOT), names, name + "="));
    }
    return sentence(String.valueOf(error.getMessage()));
  }

  private static String example(ArgSpec argument, String otherwise) {
    return argument.defaultValue() == null ? otherwise : argument.defaultValue();
  }

  private static String sentence(String message) {
    return message.matches("(?s).*[.!?…]") ? message : message + ".";
  }
}
