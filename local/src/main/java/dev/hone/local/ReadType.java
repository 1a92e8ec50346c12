package dev.hone.local;

import java.util.List;

/** The type of a field, as far as a prompt's words tell it. */
sealed interface ReadType {
  /** Any text. */
  record Text() implements ReadType {}

  /** A number, with a fraction or without. */
  record Numeric(boolean whole) implements ReadType {}

  /** True or false. */
  record Bool() implements ReadType {}

  /** A date, a time, both, or a duration. */
  record Temporal(TemporalForm form) implements ReadType {}

  /** One of a few values. */
  record Choice(List<String> allowed) implements ReadType {}

  /** A list; or a set, which has no repeats. */
  record ListOf(ReadType item, boolean distinct) implements ReadType {}

  /** A map from text to values. */
  record MapOf() implements ReadType {}

  /** A nested object. */
  record ObjectOf(List<ReadField> fields) implements ReadType {}

  /** A value that may be absent. */
  record OptionalOf(ReadType type) implements ReadType {}

  /** Any JSON, and what is not understood. */
  record Any() implements ReadType {}

  /** The type without the possibility that the value is absent. */
  default ReadType present() {
    return this instanceof OptionalOf optional ? optional.type() : this;
  }

  /** Whether the value may be absent. */
  default boolean isOptional() {
    return this instanceof OptionalOf;
  }

  /** Whether values are written bare, not as JSON. */
  default boolean isBare() {
    ReadType type = present();
    return type instanceof Text || type instanceof Choice || type instanceof Temporal;
  }
}
