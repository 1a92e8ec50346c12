package dev.hone.project.yaml;

import dev.hone.text.Excerpt;
import java.util.List;

/**
 * A value of a YAML file.
 *
 * @param line the line at which it begins, counted from 1
 * @param column the column there, counted from 1
 * @param kind what it is
 * @param text a scalar's text as it was written, without quotes; else empty
 * @param quoted whether a scalar was written as a text, so that it is no number
 * @param entries the keys and values of a map, in order; else none
 * @param items the items of a list; else none
 */
public record YamlNode(
    int line,
    int column,
    Kind kind,
    String text,
    boolean quoted,
    List<Entry> entries,
    List<YamlNode> items) {
  private static final int SHOWN_CHARS = 40;

  /** The kinds of values. */
  public enum Kind {
    /** A text, number or truth value. */
    SCALAR,
    /** Nothing, as after {@code key:}. */
    NOTHING,
    /** Keys with values. */
    MAP,
    /** Items. */
    LIST
  }

  /**
   * A key with its value.
   *
   * @param line the line of the key
   * @param column the column of the key
   */
  public record Entry(String key, int line, int column, YamlNode value) {}

  /** Copies the lists. */
  public YamlNode {
    entries = List.copyOf(entries);
    items = List.copyOf(items);
  }

  static YamlNode scalar(int line, int column, String text, boolean quoted) {
    return new YamlNode(line, column, Kind.SCALAR, text, quoted, List.of(), List.of());
  }

  static YamlNode nothing(int line, int column) {
    return new YamlNode(line, column, Kind.NOTHING, "", false, List.of(), List.of());
  }

  /** Whether it is a text, number or truth value. */
  public boolean isScalar() {
    return kind == Kind.SCALAR;
  }

  /** Whether it has keys. */
  public boolean isMap() {
    return kind == Kind.MAP;
  }

  /** Whether it has items. */
  public boolean isList() {
    return kind == Kind.LIST;
  }

  /** Whether there is nothing. */
  public boolean isNothing() {
    return kind == Kind.NOTHING;
  }

  /** What it is, for errors: {@code "text"}, {@code a list}, {@code keys and values}. */
  public String inWords() {
    return switch (kind) {
      case SCALAR -> "\"" + Excerpt.ofLine(text, SHOWN_CHARS) + "\"";
      case NOTHING -> "nothing";
      case MAP -> "keys and values";
      case LIST -> "a list";
    };
  }
}
