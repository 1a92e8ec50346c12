package dev.hone.cli.optimize;

import dev.hone.HoneException;
import dev.hone.InvalidInputException;
import dev.hone.lm.LanguageModel;
import dev.hone.optimize.search.Search;
import dev.hone.text.FoldedName;
import dev.hone.text.NearestName;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Sets settings by their names and as texts, on whatever has them as methods that give copies: all
 * optimizers and searches. So each setting that Java has, the command line has too.
 */
final class FluentSettings {
  private static final Map<Class<?>, Function<String, Object>> READERS =
      Map.ofEntries(
          Map.entry(int.class, Integer::valueOf),
          Map.entry(long.class, Long::valueOf),
          Map.entry(double.class, FluentSettings::number),
          Map.entry(boolean.class, FluentSettings::truth),
          Map.entry(String.class, text -> text),
          Map.entry(Path.class, Path::of),
          Map.entry(Search.class, Search::named),
          Map.entry(LanguageModel.class, LanguageModel::named),
          Map.entry(Set.class, FluentSettings::numbers),
          Map.entry(List.class, FluentSettings::parts),
          Map.entry(String[].class, text -> parts(text).toArray(String[]::new)),
          Map.entry(
              LanguageModel[].class,
              text ->
                  parts(text).stream().map(LanguageModel::named).toArray(LanguageModel[]::new)));

  private static final Map<Class<?>, String> KINDS =
      Map.of(
          int.class, "a whole number",
          long.class, "a whole number",
          double.class, "a number",
          boolean.class, "true or false",
          Set.class, "whole numbers with commas between them");

  private FluentSettings() {}

  /**
   * A copy with a setting.
   *
   * @throws InvalidInputException if there is none of that name, or it cannot have this value
   */
  static <T> T with(T target, String name, String value) {
    Method setter =
        setters(target)
            .filter(method -> isNamed(method, name))
            .findFirst()
            .orElseThrow(() -> unknown(target, name));
    try {
      @SuppressWarnings("unchecked") // setters give what they stand on
      T copy = (T) setter.invoke(target, argument(setter, value));
      return copy;
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof HoneException said) {
        throw said;
      }
      throw new IllegalStateException(e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether there is a setting of this name. */
  static boolean has(Object target, String name) {
    return setters(target).anyMatch(method -> isNamed(method, name));
  }

  private static boolean isNamed(Method setter, String name) {
    return FoldedName.of(setter.getName()).equals(FoldedName.of(name));
  }

  /** The names of all settings that can be given as texts. */
  static SortedSet<String> names(Object target) {
    return setters(target).map(Method::getName).collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<Method> setters(Object target) {
    return Arrays.stream(target.getClass().getMethods())
        .filter(method -> method.getParameterCount() == 1)
        .filter(method -> READERS.containsKey(method.getParameterTypes()[0]))
        .filter(method -> isCopy(method.getReturnType(), target.getClass()));
  }

  /** Settings that several optimizers share are declared with a type variable. */
  private static boolean isCopy(Class<?> returned, Class<?> type) {
    return returned == type || returned == Object.class;
  }

  private static Object argument(Method setter, String value) {
    Class<?> type = setter.getParameterTypes()[0];
    try {
      return Optional.ofNullable(READERS.get(type)).orElseThrow().apply(value.strip());
    } catch (IllegalArgumentException e) {
      throw InvalidInputException.of(
          "The setting %s (%s) is not %s"
              .formatted(setter.getName(), value, KINDS.getOrDefault(type, "a value for it")),
          "use --set %s=%s".formatted(setter.getName(), example(type)));
    }
  }

  private static String example(Class<?> type) {
    return type == boolean.class
        ? "true"
        : type == double.class ? "0.5" : type == Set.class ? "0,3,4" : "5";
  }

  private static InvalidInputException unknown(Object target, String name) {
    SortedSet<String> names = names(target);
    String fix =
        NearestName.of(name, names)
            .map(near -> "use " + near)
            .orElse("use one of " + String.join(", ", names));
    return InvalidInputException.of(
        "%s has no setting %s".formatted(target.getClass().getSimpleName(), name), fix);
  }

  private static Object number(String text) {
    double number = Double.parseDouble(text);
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException(text);
    }
    return number;
  }

  private static Object truth(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException(text);
    }
    return Boolean.valueOf(text);
  }

  private static List<String> parts(String text) {
    return Arrays.stream(text.split("\\|")).map(String::strip).toList();
  }

  private static Object numbers(String text) {
    return Arrays.stream(text.split(","))
        .map(part -> Integer.valueOf(part.strip()))
        .collect(Collectors.toSet());
  }
}
