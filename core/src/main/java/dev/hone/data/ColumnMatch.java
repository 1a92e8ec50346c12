package dev.hone.data;

import dev.hone.InvalidInputException;
import dev.hone.signature.Signature;
import dev.hone.text.Excerpt;
import dev.hone.text.NearestName;
import dev.hone.text.Plural;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the field of each column of a file, and says what is wrong with the columns' names. */
final class ColumnMatch {
  private static final int SHOWN_NAMES = 20;
  private static final int SHOWN_CHARS = 80;

  private final String source;
  private final Signature<?, ?> signature;
  private final Columns columns;
  private final List<Field> labels;
  private final Map<String, Field> fields = new LinkedHashMap<>();

  /**
   * A match of the columns of a file with the fields of a signature.
   *
   * @throws InvalidInputException if a column is said to be a field that the signature lacks
   */
  ColumnMatch(String source, Signature<?, ?> signature, Columns columns) {
    this.source = source;
    this.signature = signature;
    this.columns = columns;
    this.labels = columns.isInputsOnly() ? List.of() : signature.outputFields();
    Stream.concat(signature.inputFields().stream(), labels.stream())
        .forEach(field -> fields.put(field.name(), field));
    for (String field : columns.fieldByColumn().values()) {
      if (!fields.containsKey(field) && !isLabel(field)) {
        throw InvalidInputException.of(
            "The columns name the field \"%s\", the signature has %s".formatted(field, names()),
            nearest(field).map(name -> "use \"" + name + "\"").orElse("use one of those"));
      }
    }
  }

  /** Whether a name is that of an output field, which may be no field of this file. */
  private boolean isLabel(String name) {
    return signature.outputFields().stream().anyMatch(field -> field.name().equals(name));
  }

  /** The field of a name, if the signature has it. */
  @Nullable Field field(String name) {
    return fields.get(name);
  }

  /** The fields' names, for errors. */
  String names() {
    return quoted(fields.keySet());
  }

  /**
   * Checks the names of the columns of a row or a header.
   *
   * @return the field of each column, in order; empty for a column that is no field
   */
  List<Optional<Field>> match(int line, Collection<String> names) {
    requireKnown(line, names);
    requireSpelling(line, names);
    requireComplete(line, names);
    requireOnce(line, names);
    return names.stream().map(this::fieldOf).toList();
  }

  private Optional<Field> fieldOf(String column) {
    return Optional.ofNullable(fields.get(columns.fieldOf(column)));
  }

  private void requireKnown(int line, Collection<String> names) {
    List<String> unknown =
        columns.refusesOthers()
            ? names.stream().filter(name -> fieldOf(name).isEmpty()).toList()
            : List.of();
    if (unknown.isEmpty()) {
      return;
    }
    String meant =
        unknown.stream()
            .limit(SHOWN_NAMES)
            .map(name -> nearest(name).map(near -> "\"%s\" is \"%s\"".formatted(shown(name), near)))
            .flatMap(Optional::stream)
            .map(text -> text + ", or ")
            .collect(Collectors.joining());
    throw fail(
        line,
        unknown.get(0),
        ("found %s, which the signature does not have; it has %s. Maybe %sleave such columns out"
                + " with Columns.asNamed().ignoringOthers().")
            .formatted(quoted(unknown), names(), meant));
  }

  /** A column that is no field must not be one of a missing field, misspelt. */
  private void requireSpelling(int line, Collection<String> names) {
    List<String> present = names.stream().map(columns::fieldOf).toList();
    for (String field : fields.keySet()) {
      for (String expected :
          present.contains(field) ? List.<String>of() : columns.columnsOf(field)) {
        names.stream()
            .filter(name -> fieldOf(name).isEmpty())
            .filter(name -> NearestName.isMisspelt(name, expected))
            .findFirst()
            .ifPresent(
                name -> {
                  throw misspelt(line, name, expected, field);
                });
      }
    }
  }

  private DatasetFormatException misspelt(int line, String found, String expected, String field) {
    return fail(
        line,
        found,
        ("found the column \"%s\", and none for the field \"%s\". Maybe it is \"%s\" misspelt;"
                + " rename it, or say so with Columns.asNamed().with(\"%s\", \"%s\").")
            .formatted(shown(found), field, expected, shown(found), field));
  }

  private void requireComplete(int line, Collection<String> names) {
    List<String> present = names.stream().map(columns::fieldOf).toList();
    boolean anyLabel = labels.stream().map(Field::name).anyMatch(present::contains);
    List<Field> needed =
        columns.allowsNoLabel() && !anyLabel
            ? signature.inputFields()
            : List.copyOf(fields.values());
    List<String> missing =
        needed.stream()
            .filter(field -> !(field.type() instanceof FieldType.OptionalOf))
            .map(Field::name)
            .filter(name -> !present.contains(name))
            .map(name -> columns.columnsOf(name).get(0))
            .toList();
    if (!missing.isEmpty()) {
      String label = anyLabel ? "" : ", or, for rows without labels, use Columns.labelsOptional()";
      throw fail(
          line,
          missing.get(0),
          ("%s %s missing, found %s. Maybe a column has another name; say so with"
                  + " Columns.asNamed().with(column, field)%s.")
              .formatted(quoted(missing), missing.size() == 1 ? "is" : "are", found(names), label));
    }
  }

  private static String found(Collection<String> names) {
    return names.isEmpty() ? "no column" : "only " + quoted(names);
  }

  private void requireOnce(int line, Collection<String> names) {
    Map<String, String> columnByField = new LinkedHashMap<>();
    Set<String> extras = new HashSet<>();
    for (String column : names) {
      Optional<Field> field = fieldOf(column);
      String other = field.isPresent() ? columnByField.put(field.get().name(), column) : null;
      boolean extraTwice =
          field.isEmpty()
              && columns.keepsOthers()
              && !Columns.isUnnamed(column)
              && !extras.add(column);
      if (extraTwice || column.equals(other)) {
        throw fail(
            line,
            column,
            "there is the column \"%s\" twice. Maybe rename or remove one."
                .formatted(shown(column)));
      } else if (other != null) {
        throw fail(
            line,
            column,
            "the columns \"%s\" and \"%s\" are both the field \"%s\". Maybe rename or remove one."
                .formatted(shown(other), shown(column), columns.fieldOf(column)));
      }
    }
  }

  private DatasetFormatException fail(int line, String column, String problem) {
    return new DatasetFormatException(source, line, column, problem);
  }

  private Optional<String> nearest(String name) {
    return NearestName.of(name, fields.keySet());
  }

  /** Names for an error: the first few, each shortened. */
  static String quoted(Collection<String> names) {
    String first =
        names.stream()
            .limit(SHOWN_NAMES)
            .map(name -> "\"" + shown(name) + "\"")
            .collect(Collectors.joining(", "));
    int more = names.size() - SHOWN_NAMES;
    return more > 0 ? first + " and " + Plural.of(more, "other") : first;
  }

  /** A name as it is shown in an error. */
  static String shown(String name) {
    return Excerpt.of(name, SHOWN_CHARS);
  }
}
