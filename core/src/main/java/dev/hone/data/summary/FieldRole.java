package dev.hone.data.summary;

import java.util.Locale;

/** What a field of a dataset is there for. */
public enum FieldRole {
  /** A field of the inputs. */
  INPUT,
  /** A field of the labels. */
  LABEL,
  /** A value that is carried along and shown to no model. */
  EXTRA;

  /** In lower case, as tables have it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
