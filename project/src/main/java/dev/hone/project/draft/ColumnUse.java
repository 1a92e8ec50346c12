package dev.hone.project.draft;

/**
 * What a column is used as.
 *
 * @param profile what is in it
 * @param role what it is used as
 * @param why why it is ignored; else empty
 */
public record ColumnUse(ColumnProfile profile, Role role, String why) {
  /** What columns are used as. */
  public enum Role {
    /** What the program is given. */
    INPUT,
    /** What the program returns. */
    OUTPUT,
    /** Neither. */
    IGNORED
  }

  /** The name of its field: its own, where that is one. */
  public String fieldName() {
    String kept =
        profile.name().strip().replaceAll("[^\\p{L}\\p{N}_]+", "_").replaceAll("^_+|_+$", "");
    return kept.isEmpty() || Character.isDigit(kept.charAt(0)) ? "field_" + kept : kept;
  }
}
