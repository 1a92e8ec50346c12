package dev.hone.type;

import dev.hone.InvalidInputException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The type of a field's values, independent of Java classes: what a prompt describes, a JSON schema
 * states and a reply must satisfy. Closed; values are immutable. Each has a {@link #label} for
 * prompts, whose words may change with any version of Hone, and a {@link #typeName} for files and
 * fingerprints, which stays.
 */
public sealed interface FieldType {

  /** A short name for people and prompts, such as {@code list of text}. */
  String label();

  /**
   * The type's name in files and fingerprints, such as {@code list<int32>}: independent of the
   * words of prompts, the same in every version of Hone, and different for different types. The
   * grammar is in docs/formats.md. Descriptions, limits and the names of record classes are not
   * part of it.
   */
  default String typeName() {
    return TypeName.of(this);
  }

  /**
   * The type of a name that {@link #typeName} gave; descriptions, limits and the names of record
   * classes, which are not part of it, are empty.
   *
   * @throws InvalidInputException if it is none
   */
  static FieldType ofTypeName(String name) {
    return TypeNameReader.read(name);
  }

  /** The type of a value that is there: this one, or what an optional one holds. */
  default FieldType withoutOptional() {
    return this instanceof OptionalOf optional ? optional.type() : this;
  }

  /** The label of a part, in brackets if it could be taken for that of the whole. */
  private static String grouped(FieldType part) {
    return part instanceof OptionalOf ? "(" + part.label() + ")" : part.label();
  }

  /**
   * Any text.
   *
   * @param reasoning whether the model's own thoughts may take its place; no part of the type's
   *     name
   */
  record Text(boolean reasoning) implements FieldType {
    /** A text that the model writes as any other. */
    public Text() {
      this(false);
    }

    @Override
    public String label() {
      return "text";
    }
  }

  /**
   * A whole number.
   *
   * @param bits 8, 16, 32 or 64 for the Java type behind it, or 0 for one without limits
   */
  record Whole(int bits) implements FieldType {
    @Override
    public String label() {
      return "whole number";
    }
  }

  /**
   * A number with a fraction.
   *
   * @param exact whether decimal digits are kept exactly, as {@link java.math.BigDecimal} does
   */
  record Decimal(boolean exact) implements FieldType {
    @Override
    public String label() {
      return "number";
    }
  }

  /** True or false. */
  record Bool() implements FieldType {
    @Override
    public String label() {
      return "true or false";
    }
  }

  /**
   * A date, a time of day, or both, in ISO-8601 form.
   *
   * @param kind which of them
   */
  record Temporal(TemporalKind kind) implements FieldType {
    @Override
    public String label() {
      return kind.label();
    }
  }

  /**
   * One of a fixed list of values.
   *
   * @param allowed the values in their declared order; at least one, names distinct
   */
  record Choice(List<Allowed> allowed) implements FieldType {
    /** Checks that there is a value and that names are distinct. */
    public Choice {
      allowed = List.copyOf(allowed);
      if (allowed.isEmpty()) {
        throw InvalidInputException.of(
            "A choice has no allowed values", "give its enum at least one constant");
      }
      Set<String> seen = new HashSet<>();
      for (Allowed value : allowed) {
        if (!seen.add(value.name())) {
          throw InvalidInputException.of(
              "A choice has the value " + value.name() + " twice", "remove one");
        }
      }
    }

    /** The names of the allowed values, in their declared order. */
    public List<String> names() {
      return allowed.stream().map(Allowed::name).toList();
    }

    @Override
    public String label() {
      return "one of " + String.join(" | ", names());
    }
  }

  /**
   * One allowed value of a choice.
   *
   * @param name the value as it is written
   * @param description what it means; empty if nothing was said
   */
  record Allowed(String name, String description) {}

  /**
   * A list: ordered, repeats allowed.
   *
   * @param item the type of its items
   */
  record ListOf(FieldType item) implements FieldType {
    @Override
    public String label() {
      return "list of " + grouped(item);
    }
  }

  /**
   * A set: no repeats; written as a JSON array in the order in which values came.
   *
   * @param item the type of its items
   */
  record SetOf(FieldType item) implements FieldType {
    @Override
    public String label() {
      return "set of " + grouped(item);
    }
  }

  /**
   * A map from text to values.
   *
   * @param key the type of its keys: a text or a choice
   * @param value the type of its values
   */
  record MapOf(FieldType key, FieldType value) implements FieldType {
    /** Checks the type of the keys. */
    public MapOf {
      if (!canBeKey(key)) {
        throw InvalidInputException.of(
            "A map has keys of the type " + key.label(), "use text or a choice as its keys");
      }
    }

    /** Whether texts of a type can be the keys of a JSON object. */
    public static boolean canBeKey(FieldType type) {
      return type instanceof Text || type instanceof Choice;
    }

    @Override
    public String label() {
      return "map from " + key.label() + " to " + grouped(value);
    }
  }

  /**
   * A value that may be absent, written as JSON null.
   *
   * @param type the type of the value when it is there
   */
  record OptionalOf(FieldType type) implements FieldType {
    /** Checks that the value is not optional itself. */
    public OptionalOf {
      if (type instanceof OptionalOf) {
        throw InvalidInputException.of(
            "An optional holds an optional", "make it optional only once");
      }
    }

    @Override
    public String label() {
      return type.label() + ", or null";
    }
  }

  /**
   * A nested record.
   *
   * @param name the record's simple name
   * @param fields its components
   */
  record ObjectOf(String name, List<Field> fields) implements FieldType {
    /** Copies the fields. */
    public ObjectOf {
      fields = List.copyOf(fields);
    }

    @Override
    public String label() {
      return fields.stream()
          .map(field -> field.name() + ": " + grouped(field.type()))
          .collect(Collectors.joining(", ", "object {", "}"));
    }
  }

  /** Any JSON value. */
  record Any() implements FieldType {
    @Override
    public String label() {
      return "any JSON value";
    }
  }

  /**
   * What a prompt has as parts or turns of its conversation rather than in a section.
   *
   * @param kind which of them
   */
  record Message(MessageKind kind) implements FieldType {
    @Override
    public String label() {
      return kind.label();
    }
  }

  /** The kinds of {@link Temporal}. */
  enum TemporalKind {
    /** A date such as 2026-11-21. */
    DATE("date (YYYY-MM-DD)"),
    /** A time of day such as 18:30:00. */
    TIME("time (HH:MM:SS)"),
    /** A date and time without a zone, such as 2026-11-21T18:30:00. */
    DATE_TIME("date and time (YYYY-MM-DDTHH:MM:SS)"),
    /** A moment in UTC, such as 2026-11-21T18:30:00Z. */
    INSTANT("moment in UTC (YYYY-MM-DDTHH:MM:SSZ)"),
    /** A date and time with an offset, such as 2026-11-21T18:30:00+01:00. */
    OFFSET_DATE_TIME("date, time and offset (YYYY-MM-DDTHH:MM:SS+HH:MM)"),
    /** A length of time such as PT15M. */
    DURATION("ISO-8601 duration (such as PT15M)");

    private final String label;

    TemporalKind(String label) {
      this.label = label;
    }

    /** A short name with its format. */
    public String label() {
      return label;
    }
  }
}
