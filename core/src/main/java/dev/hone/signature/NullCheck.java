package dev.hone.signature;

import dev.hone.InvalidInputException;
import dev.hone.coerce.RawText;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import dev.hone.type.FieldType.ListOf;
import dev.hone.type.FieldType.MapOf;
import dev.hone.type.FieldType.ObjectOf;
import dev.hone.type.FieldType.OptionalOf;
import dev.hone.type.FieldType.SetOf;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Finds null where a value must be. */
final class NullCheck {
  private NullCheck() {}

  /**
   * A null that must not be.
   *
   * @param path the way to it from what was searched, each name after a full stop
   * @param type what should be there
   * @param item whether it is an item of a list, set or map
   */
  private record Found(String path, FieldType type, boolean item) {
    Found within(String step) {
      return new Found(step + path, type, item);
    }

    Found asItem(String step) {
      return new Found(step + path, type, item || path.isEmpty());
    }
  }

  /**
   * Requires that no field is null that must have a value, nor a part of one.
   *
   * @param role what the value is for, for errors
   * @param owner the name of its type, for errors; empty for none
   * @throws InvalidInputException if there is one, naming the path to it
   */
  static void require(String role, String owner, List<Field> fields, ObjectNode node) {
    Found found = inFields(fields, node);
    if (found != null) {
      String path = owner.isEmpty() ? found.path().substring(1) : owner + found.path();
      throw InvalidInputException.of(
          "The %s has null in %s, expected %s".formatted(role, path, found.type().label()),
          fix(found));
    }
  }

  private static @Nullable Found inFields(List<Field> fields, JsonNode node) {
    for (Field field : fields) {
      Found found = find(field.type(), node.path(field.name()));
      if (found != null) {
        return found.within("." + field.name());
      }
    }
    return null;
  }

  private static @Nullable Found find(FieldType type, JsonNode node) {
    if (type instanceof OptionalOf optional) {
      return node.isNull() ? null : find(optional.type(), node);
    }
    if (type instanceof FieldType.Any) {
      return null;
    }
    if (node.isNull()) {
      return new Found("", type, false);
    }
    if (type instanceof ObjectOf object) {
      return inFields(object.fields(), node);
    }
    if (type instanceof MapOf map) {
      return inMap(map.value(), node);
    }
    if (type instanceof ListOf list) {
      return inItems(list.item(), node);
    }
    return type instanceof SetOf set ? inItems(set.item(), node) : null;
  }

  private static @Nullable Found inItems(FieldType item, JsonNode node) {
    for (int i = 0; i < node.size(); i++) {
      Found found = find(item, node.get(i));
      if (found != null) {
        return found.asItem("[" + i + "]");
      }
    }
    return null;
  }

  private static @Nullable Found inMap(FieldType value, JsonNode node) {
    for (var entry : node.properties()) {
      Found found = find(value, entry.getValue());
      if (found != null) {
        return found.asItem("['" + RawText.shortened(entry.getKey()) + "']");
      }
    }
    return null;
  }

  private static String fix(Found found) {
    FieldType type = found.type();
    if (found.item()) {
      return "leave that item out";
    }
    if (type instanceof ListOf || type instanceof SetOf || type instanceof MapOf) {
      return "pass an empty one";
    }
    String java = "…";
    if (type instanceof FieldType.Text) {
      java = "String";
    } else if (type instanceof ObjectOf object && !object.name().isEmpty()) {
      java = object.name();
    }
    return "give it a value, or use Optional<" + java + "> where it may be absent";
  }
}
