package dev.hone.adapter;

import dev.hone.adapter.frame.SectionSet;
import dev.hone.adapter.turn.PromptText;
import dev.hone.coerce.TypeMismatchException;
import dev.hone.text.Excerpt;
import dev.hone.text.Plural;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** The errors for replies that cannot be read. */
final class ReplyErrors {
  private static final int SHOWN_CHARS = 80;
  private static final int SHOWN_NAMES = 6;
  private static final int NAME_CHARS = 40;

  private ReplyErrors() {}

  static ReplyFormatException unfit(TypeMismatchException e) {
    return new ReplyFormatException(e.path(), String.valueOf(e.getMessage()));
  }

  static ReplyFormatException missing(Field field, Collection<String> seen, SectionSet set) {
    return new ReplyFormatException(
        field.name(),
        "The reply has no section %s, only %s%s."
            .formatted(
                field.name(),
                names(seen),
                set.ended() ? "" : ", and it lacks the marker that ends it"));
  }

  /**
   * The error for a reply that has nothing of what was asked for.
   *
   * @param reply the whole reply
   * @param answer the reply without its reasoning
   */
  static ReplyFormatException nothing(String reply, String answer, String expected) {
    if (answer.isBlank()) {
      String found = reply.isBlank() ? "is empty" : "ends within its thoughts";
      return new ReplyFormatException("", "The reply " + found + ", expected " + expected + ".");
    }
    return new ReplyFormatException(
        "",
        "The reply has no %s; it begins with \"%s\"."
            .formatted(expected, Excerpt.ofLine(Excerpt.prefix(answer, 1_000), SHOWN_CHARS)));
  }

  static String expectedSections(PromptText prompt, Collection<String> seen) {
    String expected = "section with the header of " + fieldNames(prompt.outputs());
    return seen.isEmpty() ? expected : expected + ", only the sections " + names(seen);
  }

  static String expectedTags(PromptText prompt) {
    return "tag of " + fieldNames(prompt.outputs());
  }

  static ReplyFormatException missingTag(Field field, Collection<String> there) {
    String optional = field.type() instanceof FieldType.OptionalOf ? ", or <%1$s/> for null" : "";
    return new ReplyFormatException(
        field.name(),
        "The reply has no <%1$s>…</%1$s>%3$s, only %2$s."
            .formatted(field.name(), names(there), optional.formatted(field.name())));
  }

  static String expectedKeys(PromptText prompt) {
    return prompt.outputs().stream()
        .map(field -> "\"" + field.name() + "\"")
        .collect(Collectors.joining(", ", "JSON object with the keys ", ""));
  }

  private static String fieldNames(List<Field> fields) {
    return fields.stream().map(Field::name).collect(Collectors.joining(", "));
  }

  /** The first few names, and how many there are besides. */
  static String names(Collection<String> names) {
    String first =
        names.stream()
            .limit(SHOWN_NAMES)
            .map(name -> Excerpt.of(name, NAME_CHARS))
            .collect(Collectors.joining(", "));
    int more = names.size() - SHOWN_NAMES;
    return more > 0 ? first + " and " + Plural.of(more, "other") : first;
  }

  static String tail(String text) {
    String end = Excerpt.singleSpaced(Excerpt.end(text, 1_000));
    return "its end is \"" + Excerpt.end(end, SHOWN_CHARS - 1) + "\"";
  }
}
