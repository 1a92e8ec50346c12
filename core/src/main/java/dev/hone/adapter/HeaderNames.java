package dev.hone.adapter;

import dev.hone.text.FoldedName;
import dev.hone.type.Field;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The names that section headers may have. Case, spaces, underscores and hyphens do not count,
 * unless two names would then be the same.
 *
 * @param exact the names as they are, marker included
 * @param folded the names by their folded form
 * @param outputs the names of output fields
 * @param marker the name of the section that ends a reply: {@code completed}, unless a field has
 *     that name
 */
record HeaderNames(
    Set<String> exact, Map<String, String> folded, Set<String> outputs, String marker) {

  static HeaderNames of(List<Field> inputs, List<Field> outputs) {
    Set<String> exact = new HashSet<>();
    Set<String> outputNames = new HashSet<>();
    inputs.forEach(field -> exact.add(field.name()));
    outputs.forEach(field -> outputNames.add(field.name()));
    exact.addAll(outputNames);
    String marker =
        Stream.iterate("completed", name -> "all_" + name)
            .filter(
                name ->
                    exact.stream()
                        .noneMatch(other -> FoldedName.of(other).equals(FoldedName.of(name))))
            .findFirst()
            .orElseThrow();
    exact.add(marker);
    return new HeaderNames(Set.copyOf(exact), folded(exact), Set.copyOf(outputNames), marker);
  }

  private static Map<String, String> folded(Set<String> exact) {
    Map<String, String> folded = new HashMap<>();
    Set<String> twice = new HashSet<>();
    for (String name : exact) {
      if (folded.put(FoldedName.of(name), name) != null) {
        twice.add(FoldedName.of(name));
      }
    }
    folded.keySet().removeAll(twice);
    return Map.copyOf(folded);
  }

  /** The name that is meant, or null. */
  @Nullable String find(String written) {
    return exact.contains(written) ? written : folded.get(FoldedName.of(written));
  }
}
