package dev.hone.data.summary;

import java.util.List;
import java.util.Optional;

/** What a dataset has in one field. Immutable. */
public final class FieldSummary {
  private final String name;
  private final FieldRole role;
  private final String type;
  private final int missing;
  private final int distinct;
  private final int nearEmpty;
  private final Optional<LengthSummary> lengths;
  private final List<ValueShare> balance;

  FieldSummary(String name, FieldRole role, String type, FieldCounts counts) {
    this.name = name;
    this.role = role;
    this.type = type;
    this.missing = counts.missing();
    this.distinct = counts.distinct();
    this.nearEmpty = role == FieldRole.INPUT ? counts.nearEmpty() : 0;
    this.lengths = counts.lengths();
    this.balance = role == FieldRole.LABEL ? counts.balance() : List.of();
  }

  /** The field's name. */
  public String name() {
    return name;
  }

  /** What it is there for. */
  public FieldRole role() {
    return role;
  }

  /**
   * Its type: as declared, such as {@code whole number} or {@code one of LOW | HIGH}; for JSON
   * objects and extras, what its values are, such as {@code text}, or {@code text or number}.
   */
  public String type() {
    return type;
  }

  /**
   * How many examples have no value in it: none at all, null or a blank text. For a field of the
   * labels, among those that have a label.
   */
  public int missing() {
    return missing;
  }

  /** How many different values it has, equal as JSON; what is missing is none. */
  public int distinct() {
    return distinct;
  }

  /**
   * How many texts of an input have less than three letters or digits and are not missing, such as
   * {@code ok} or {@code ?}; 0 for labels and extras, which may well be short.
   */
  public int nearEmpty() {
    return nearEmpty;
  }

  /**
   * The lengths of its texts in characters (those of {@link String#length}), without the missing
   * ones; for lists and sets, the number of items. Empty if it has neither.
   */
  public Optional<LengthSummary> lengths() {
    return lengths;
  }

  /**
   * How often each value occurs, most frequent first, where it is a label of few values: a choice,
   * a boolean, or at most 20 different short ones, each twice on average; also of the items of
   * lists and sets. Empty for other fields.
   */
  public List<ValueShare> balance() {
    return balance;
  }

  /** One line, such as {@code severity: label, one of LOW | HIGH, 2 distinct, 0 missing}. */
  @Override
  public String toString() {
    return "%s: %s, %s, %d distinct, %d missing".formatted(name, role, type, distinct, missing);
  }
}
