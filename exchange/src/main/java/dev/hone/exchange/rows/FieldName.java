package dev.hone.exchange.rows;

/** Names of variables and columns as names of fields. */
final class FieldName {
  private FieldName() {}

  /** The name with underscores in place of what a field's name cannot have. */
  static String of(String name) {
    String kept = name.strip().replaceAll("[^\\p{L}\\p{N}_]+", "_");
    return kept.isEmpty() || Character.isDigit(kept.charAt(0)) ? "field_" + kept : kept;
  }
}
