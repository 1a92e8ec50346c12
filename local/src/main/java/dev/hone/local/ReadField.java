package dev.hone.local;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A field as the prompt describes it.
 *
 * @param name its name
 * @param type its type
 * @param description what it means; may be empty
 * @param limits the limits of its values
 * @param valueDescriptions what allowed values mean, where the prompt says so
 * @param details the parts of an object that the prompt says more about, by their path
 */
record ReadField(
    String name,
    ReadType type,
    String description,
    ReadLimits limits,
    Map<String, String> valueDescriptions,
    Map<String, ReadField> details) {

  /** A field of which only name and type are known. */
  static ReadField of(String name, ReadType type) {
    return new ReadField(name, type, "", ReadLimits.NONE, Map.of(), Map.of());
  }

  /** The same field with other limits. */
  ReadField with(ReadLimits value) {
    return new ReadField(name, type, description, value, valueDescriptions, details);
  }

  /** The same field with what the lines below its bullet say. */
  ReadField with(Map<String, String> valueDescriptions, Map<String, ReadField> details) {
    return new ReadField(
        name, type, description, limits, Map.copyOf(valueDescriptions), Map.copyOf(details));
  }

  /** The parts of an object, each with what the prompt says of it. */
  List<ReadField> parts(ReadType.ObjectOf object) {
    return object.fields().stream().map(this::part).toList();
  }

  private ReadField part(ReadField bare) {
    ReadField known = details.getOrDefault(bare.name(), bare);
    String prefix = bare.name() + ".";
    Map<String, ReadField> below = new HashMap<>();
    details.forEach(
        (path, field) -> {
          if (path.startsWith(prefix)) {
            below.put(path.substring(prefix.length()), field);
          }
        });
    return new ReadField(
        bare.name(), bare.type(), known.description(), known.limits(), Map.of(), below);
  }
}
