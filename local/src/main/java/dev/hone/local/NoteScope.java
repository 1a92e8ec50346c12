package dev.hone.local;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The fields that a text to be written is about, where the prompt states them: an input that lists
 * fields as prompts do, {@code - `name` (type): description}, and nothing else. Notes on other
 * fields and their values are none of its business. Without such an input every note is.
 */
final class NoteScope {
  private final List<ParsedField> fields;
  private final Set<String> values = new HashSet<>();

  private NoteScope(List<ParsedField> fields) {
    this.fields = fields;
    fields.forEach(field -> addValues(field.type()));
  }

  /** The scope that a prompt states. */
  static NoteScope of(ParsedPrompt prompt) {
    return new NoteScope(
        prompt.input().values().stream().flatMap(text -> FieldReader.all(text).stream()).toList());
  }

  /** Whether a text only states the scope. */
  static boolean isStatedBy(String text) {
    return !FieldReader.all(text).isEmpty();
  }

  private void addValues(ParsedType type) {
    ParsedType present = type.present();
    boolean list = present instanceof ParsedType.ListOf;
    if (list || type.isOptional()) {
      values.add(ValueNotes.NONE);
    }
    if (present instanceof ParsedType.ListOf of) {
      addValues(of.item());
    } else if (present instanceof ParsedType.Choice choice) {
      choice.allowed().stream().map(TextTokens::ofName).forEach(values::add);
    } else if (present instanceof ParsedType.Bool) {
      values.addAll(Set.of("true", "false"));
    } else if (present instanceof ParsedType.ObjectOf object) {
      object.fields().forEach(part -> addValues(part.type()));
    }
  }

  /** The same fields, which may also have those values that records show of them. */
  NoteScope withValuesOf(List<ValueDescription> quotes) {
    NoteScope scope = new NoteScope(fields);
    ofRecords(quotes).forEach(note -> scope.values.add(TextTokens.ofName(note.value())));
    return scope;
  }

  /** The quotes of records that are on these fields. */
  List<ValueDescription> ofRecords(List<ValueDescription> quotes) {
    return fields.isEmpty() ? quotes : quotes.stream().filter(this::isOn).toList();
  }

  /**
   * The notes of one text that are on these fields: by their heading if the text has a heading of
   * one of these fields, else by their value.
   */
  List<ValueDescription> ofNotes(List<ValueDescription> notes) {
    if (fields.isEmpty()) {
      return notes;
    }
    boolean headed = notes.stream().anyMatch(this::isOn);
    return notes.stream()
        .filter(
            note ->
                headed && !note.field().isEmpty()
                    ? isOn(note)
                    : values.contains(TextTokens.ofName(note.value())))
        .toList();
  }

  private boolean isOn(ValueDescription note) {
    return fields.stream().map(ParsedField::name).anyMatch(note::isOn);
  }
}
