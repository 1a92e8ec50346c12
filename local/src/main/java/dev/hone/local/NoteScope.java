package dev.hone.local;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The fields that a text to be written is about, where the prompt tells: an input that lists fields
 * as prompts do, {@code - `name` (type): description}, and nothing else. Notes on other fields and
 * their values are none of its business. Without such an input every note is.
 */
final class NoteScope {
  private final List<ReadField> fields;
  private final Set<String> values = new HashSet<>();

  private NoteScope(List<ReadField> fields) {
    this.fields = fields;
    fields.forEach(field -> addValues(field.type()));
  }

  /** The scope that a prompt states. */
  static NoteScope of(ReadPrompt prompt) {
    return new NoteScope(
        prompt.input().values().stream().flatMap(text -> FieldReader.all(text).stream()).toList());
  }

  /** Whether a text only states the scope. */
  static boolean isStatedBy(String text) {
    return !FieldReader.all(text).isEmpty();
  }

  private void addValues(ReadType type) {
    ReadType present = type.present();
    boolean list = present instanceof ReadType.ListOf;
    if (list || type.isOptional()) {
      values.add(ValueNotes.NONE);
    }
    if (present instanceof ReadType.ListOf of) {
      addValues(of.item());
    } else if (present instanceof ReadType.Choice choice) {
      choice.allowed().stream().map(Words::ofName).forEach(values::add);
    } else if (present instanceof ReadType.Bool) {
      values.addAll(Set.of("true", "false"));
    } else if (present instanceof ReadType.ObjectOf object) {
      object.fields().forEach(part -> addValues(part.type()));
    }
  }

  /** The same fields, which may also have those values that records show of them. */
  NoteScope withValuesOf(List<Note> quotes) {
    NoteScope scope = new NoteScope(fields);
    ofRecords(quotes).forEach(note -> scope.values.add(Words.ofName(note.value())));
    return scope;
  }

  /** The quotes of records that are on these fields. */
  List<Note> ofRecords(List<Note> quotes) {
    return fields.isEmpty() ? quotes : quotes.stream().filter(this::isOn).toList();
  }

  /**
   * The notes of one text that are on these fields: by their heading if the text has a heading of
   * one of these fields, else by their value.
   */
  List<Note> ofNotes(List<Note> notes) {
    if (fields.isEmpty()) {
      return notes;
    }
    boolean headed = notes.stream().anyMatch(this::isOn);
    return notes.stream()
        .filter(
            note ->
                headed && !note.field().isEmpty()
                    ? isOn(note)
                    : values.contains(Words.ofName(note.value())))
        .toList();
  }

  private boolean isOn(Note note) {
    return fields.stream().map(ReadField::name).anyMatch(note::isOn);
  }
}
