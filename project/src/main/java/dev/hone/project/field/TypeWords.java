package dev.hone.project.field;

import dev.hone.InvalidInputException;
import dev.hone.signature.Signature;
import dev.hone.type.FieldType;
import dev.hone.type.FieldType.TemporalKind;
import dev.hone.type.MessageKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The words for types: those of people first, those of programmers too. */
public final class TypeWords {
  private static final Map<String, FieldType> TYPES = types();

  private TypeWords() {}

  private static Map<String, FieldType> types() {
    Map<String, FieldType> types = new LinkedHashMap<>();
    types.put("text", new FieldType.Text());
    types.put("whole number", new FieldType.Whole(64));
    types.put("number", new FieldType.Decimal(false));
    types.put("exact number", new FieldType.Decimal(true));
    types.put("true or false", new FieldType.Bool());
    types.put("date", new FieldType.Temporal(TemporalKind.DATE));
    types.put("time", new FieldType.Temporal(TemporalKind.TIME));
    types.put("date and time", new FieldType.Temporal(TemporalKind.DATE_TIME));
    types.put("moment", new FieldType.Temporal(TemporalKind.INSTANT));
    types.put("date, time and offset", new FieldType.Temporal(TemporalKind.OFFSET_DATE_TIME));
    types.put("duration", new FieldType.Temporal(TemporalKind.DURATION));
    types.put("json", new FieldType.Any());
    types.put("image", new FieldType.Message(MessageKind.IMAGE));
    types.put("history", new FieldType.Message(MessageKind.HISTORY));
    types.put("reasoning", new FieldType.Text(true));
    return types;
  }

  /** The words, as a project file has them. */
  public static List<String> words() {
    return List.copyOf(TYPES.keySet());
  }

  /**
   * The type of a word, or of the form that {@code Signature.parse} reads, such as {@code
   * list[str]}; empty for any other text.
   */
  public static Optional<FieldType> type(String word) {
    String lower = word.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s_-]+", " ");
    FieldType type = TYPES.get(lower);
    if (type != null) {
      return Optional.of(type);
    }
    if (lower.equals("yes or no")) {
      return Optional.of(new FieldType.Bool());
    }
    try {
      return Optional.of(
          Signature.parse("value_of_it -> it: " + word).outputFields().get(0).type());
    } catch (InvalidInputException e) {
      return Optional.empty();
    }
  }

  /** The word for a type, where there is one. */
  public static Optional<String> word(FieldType type) {
    return TYPES.entrySet().stream()
        .filter(entry -> entry.getValue().equals(type))
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
