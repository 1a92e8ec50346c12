package dev.hone.data;

import dev.hone.type.FieldType;
import java.util.Locale;
import java.util.Set;

/** Words that spreadsheets and data frames write where there is no value. */
final class AbsentCell {
  private static final Set<String> WORDS =
      Set.of("nan", "n/a", "none", "null", "nat", "<na>", "#n/a", "#na", "-nan", "nil");

  private AbsentCell() {}

  /** Whether a cell is blank or one of those words, and not one of the values of a choice. */
  static boolean saysAbsent(FieldType type, String cell) {
    String text = cell.strip();
    return text.isEmpty() || (isWord(text) && !isAllowed(type, text));
  }

  /** Whether a text is one of those words. */
  static boolean isWord(String text) {
    return text.equals("NA") || WORDS.contains(text.toLowerCase(Locale.ROOT));
  }

  private static boolean isAllowed(FieldType type, String text) {
    if (type instanceof FieldType.OptionalOf optional) {
      return isAllowed(optional.type(), text);
    } else if (type instanceof FieldType.ListOf list) {
      return isAllowed(list.item(), text);
    } else if (type instanceof FieldType.SetOf set) {
      return isAllowed(set.item(), text);
    }
    return type instanceof FieldType.Choice choice
        && choice.allowed().stream().anyMatch(value -> value.name().equalsIgnoreCase(text));
  }
}
