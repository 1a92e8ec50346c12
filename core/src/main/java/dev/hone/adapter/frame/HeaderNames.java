package dev.hone.adapter.frame;

import dev.hone.text.FoldedName;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
 * @param outputs the output fields, by name
 * @param marker the name of the section that ends a reply: {@code completed}, unless a field has
 *     that name
 */
public record HeaderNames(
    Set<String> exact, Map<String, String> folded, Map<String, Field> outputs, String marker) {

  /** The names of a signature's headers. */
  public static HeaderNames of(List<Field> inputs, List<Field> outputs) {
    Set<String> exact = new HashSet<>();
    Map<String, Field> outputsByName = new LinkedHashMap<>();
    inputs.forEach(field -> exact.add(field.name()));
    outputs.forEach(field -> outputsByName.put(field.name(), field));
    exact.addAll(outputsByName.keySet());
    String marker =
        Stream.iterate("completed", name -> "all_" + name)
            .filter(
                name ->
                    exact.stream()
                        .noneMatch(other -> FoldedName.of(other).equals(FoldedName.of(name))))
            .findFirst()
            .orElseThrow();
    exact.add(marker);
    return new HeaderNames(
        Set.copyOf(exact), folded(exact), Collections.unmodifiableMap(outputsByName), marker);
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
  public @Nullable String find(String written) {
    return exact.contains(written) ? written : folded.get(FoldedName.of(written));
  }

  /** Whether a name is that of an output. */
  boolean isOutput(@Nullable String name) {
    return name != null && outputs.containsKey(name);
  }

  /** Whether a name is that of an input. */
  public boolean isInput(@Nullable String name) {
    return name != null && !outputs.containsKey(name) && !name.equals(marker);
  }

  /** Whether all outputs are among these, but those that may be left out. */
  boolean hasRequired(Set<String> found) {
    for (String output : outputs.keySet()) {
      if (!found.contains(output) && !isOptional(output)) {
        return false;
      }
    }
    return true;
  }

  /** Whether an output may be left out of a reply that has its end marker. */
  private boolean isOptional(String output) {
    return type(output) instanceof FieldType.OptionalOf;
  }

  /** Whether an output is a text, which may hold anything, headers included. */
  boolean isText(String output) {
    FieldType type = type(output);
    FieldType inner = type instanceof FieldType.OptionalOf optional ? optional.type() : type;
    return inner instanceof FieldType.Text || inner instanceof FieldType.Any;
  }

  private @Nullable FieldType type(String output) {
    Field field = outputs.get(output);
    return field == null ? null : field.type();
  }
}
