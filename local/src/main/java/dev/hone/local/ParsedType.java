package dev.hone.local;

import java.util.List;

/** The type of a field, as far as a prompt's words define it. */
sealed interface ParsedType {
  /** Any text. */
  record Text() implements ParsedType {}

  /** A number, with a fraction or without. */
  record Numeric(boolean whole) implements ParsedType {}

  /** True or false. */
  record Bool() implements ParsedType {}

  /** A date, a time, both, or a duration. */
  record Temporal(ParsedTemporal form) implements ParsedType {}

  /** One of a few values. */
  record Choice(List<String> allowed) implements ParsedType {}

  /** A list; or a set, which has no repeats. */
  record ListOf(ParsedType item, boolean distinct) implements ParsedType {}

  /** A map; of texts for some keys, if these are known, else of anything. */
  record MapOf(List<String> keysOfTexts) implements ParsedType {}

  /** A nested object. */
  record ObjectOf(List<ParsedField> fields) implements ParsedType {}

  /** A value that may be absent. */
  record OptionalOf(ParsedType type) implements ParsedType {}

  /** The tools that are called. */
  record ToolCalls() implements ParsedType {}

  /** Any JSON, and what is not understood. */
  record Any() implements ParsedType {}

  /** The type without the possibility that the value is absent. */
  default ParsedType present() {
    return this instanceof OptionalOf optional ? optional.type() : this;
  }

  /** Whether the value may be absent. */
  default boolean isOptional() {
    return this instanceof OptionalOf;
  }

  /** Whether values are written bare, not as JSON. */
  default boolean isBare() {
    ParsedType type = present();
    return type instanceof Text || type instanceof Choice || type instanceof Temporal;
  }
}
