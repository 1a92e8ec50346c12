package dev.hone.project.optimizer;

import dev.hone.InvalidInputException;
import dev.hone.project.yaml.YamlMap;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * A setting of an optimizer.
 *
 * @param name its name in a project file
 * @param kind what its value is, for people and the schema
 * @param what what it does
 * @param apply makes a copy of the optimizer with it
 * @param <T> the optimizer
 */
record Setting<T>(String name, Kind kind, String what, BiFunction<T, String, T> apply) {
  /** What values are. */
  enum Kind {
    WHOLE("a whole number"),
    NUMBER("a number"),
    TRUTH("true or false"),
    TEXT("a text"),
    TEXTS("texts, separated by |");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }
  }

  static <T> Setting<T> whole(String name, String what, BiFunction<T, Integer, T> apply) {
    return new Setting<>(
        name, Kind.WHOLE, what, (t, text) -> apply.apply(t, (int) number(name, text, true)));
  }

  static <T> Setting<T> seed(BiFunction<T, Long, T> apply) {
    return new Setting<>(
        "seed",
        Kind.WHOLE,
        "of all random choices",
        (t, text) -> apply.apply(t, (long) number("seed", text, true)));
  }

  static <T> Setting<T> number(String name, String what, BiFunction<T, Double, T> apply) {
    return new Setting<>(
        name, Kind.NUMBER, what, (t, text) -> apply.apply(t, number(name, text, false)));
  }

  static <T> Setting<T> truth(String name, String what, BiFunction<T, Boolean, T> apply) {
    return new Setting<>(
        name,
        Kind.TRUTH,
        what,
        (t, text) ->
            apply.apply(
                t,
                YamlMap.saysTrue(text)
                    .orElseThrow(() -> refused(name, text, Kind.TRUTH, "write true"))));
  }

  static <T> Setting<T> text(String name, String what, BiFunction<T, String, T> apply) {
    return new Setting<>(name, Kind.TEXT, what, apply);
  }

  static <T> Setting<T> texts(String name, String what, BiFunction<T, List<String>, T> apply) {
    return new Setting<>(
        name,
        Kind.TEXTS,
        what,
        (t, text) ->
            apply.apply(
                t,
                Arrays.stream(text.split("\\|"))
                    .map(String::strip)
                    .filter(part -> !part.isEmpty())
                    .toList()));
  }

  private static double number(String name, String text, boolean whole) {
    Kind kind = whole ? Kind.WHOLE : Kind.NUMBER;
    try {
      double value = Double.parseDouble(text.replace("_", ""));
      boolean fits = !whole || (value == Math.rint(value) && Math.abs(value) <= Integer.MAX_VALUE);
      if (Double.isFinite(value) && fits) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below, as for a number that does not fit
    }
    throw refused(name, text, kind, whole ? "write digits only" : "write 0.5");
  }

  private static InvalidInputException refused(String name, String text, Kind kind, String fix) {
    return InvalidInputException.of(
        "The setting %s (%s) is not %s".formatted(name, text, kind.label()), fix);
  }

  static <E extends Enum<E>> E constant(String name, String text, Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .filter(value -> value.name().equalsIgnoreCase(text.strip()))
        .findFirst()
        .orElseThrow(
            () ->
                InvalidInputException.of(
                    "The setting %s (%s) is not one of %s"
                        .formatted(
                            name,
                            text,
                            Arrays.stream(type.getEnumConstants())
                                .map(value -> value.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))),
                    "write " + type.getEnumConstants()[0].name().toLowerCase(Locale.ROOT)));
  }
}
