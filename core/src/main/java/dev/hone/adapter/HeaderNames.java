package dev.hone.adapter;

import dev.hone.type.Field;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The names that section headers may have. Case, spaces, underscores and hyphens do not count,
 * unless two names would then be the same.
 *
 * @param exact the names as they are, marker included
 * @param alike the names by their form without case and separators
 * @param outputs the names of output fields
 * @param marker the name of the section that ends a reply: {@code completed}, unless a field has
 *     that name
 */
record HeaderNames(
    Set<String> exact, Map<String, String> alike, Set<String> outputs, String marker) {

  static HeaderNames of(List<Field> inputs, List<Field> outputs) {
    Set<String> exact = new HashSet<>();
    Set<String> outputNames = new HashSet<>();
    inputs.forEach(field -> exact.add(field.name()));
    outputs.forEach(field -> outputNames.add(field.name()));
    exact.addAll(outputNames);
    String marker =
        Stream.iterate("completed", name -> "all_" + name)
            .filter(name -> exact.stream().noneMatch(other -> normal(other).equals(normal(name))))
            .findFirst()
            .orElseThrow();
    exact.add(marker);
    return new HeaderNames(Set.copyOf(exact), alike(exact), Set.copyOf(outputNames), marker);
  }

  private static Map<String, String> alike(Set<String> exact) {
    Map<String, String> alike = new HashMap<>();
    Set<String> twice = new HashSet<>();
    for (String name : exact) {
      if (alike.put(normal(name), name) != null) {
        twice.add(normal(name));
      }
    }
    alike.keySet().removeAll(twice);
    return Map.copyOf(alike);
  }

  /** The name that is meant, or null. */
  @Nullable String find(String written) {
    return exact.contains(written) ? written : alike.get(normal(written));
  }

  private static String normal(String name) {
    return name.replaceAll("[\\s_-]+", "").toLowerCase(Locale.ROOT);
  }
}
