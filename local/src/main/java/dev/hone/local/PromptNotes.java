package dev.hone.local;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the input of a prompt states of values: in records, and in notes made earlier; of both, what
 * is within the {@link NoteScope}.
 */
final class PromptNotes {
  private final NoteScope scope;
  private final List<ValueDescription> notes;

  private PromptNotes(NoteScope scope, List<ValueDescription> notes) {
    this.scope = scope;
    this.notes = notes;
  }

  static PromptNotes of(ParsedPrompt prompt) {
    Map<String, List<ValueDescription>> records = new LinkedHashMap<>();
    prompt.input().values().forEach(text -> records.put(text, RecordNotes.in(text).quotes()));
    NoteScope scope =
        NoteScope.of(prompt).withValuesOf(records.values().stream().flatMap(List::stream).toList());
    List<ValueDescription> notes = new ArrayList<>();
    records.forEach(
        (text, quotes) -> {
          List<ValueDescription> within = scope.ofRecords(quotes);
          notes.addAll(within.isEmpty() ? scope.ofNotes(several(text)) : within);
        });
    return new PromptNotes(scope, notes);
  }

  /** Notes come in several; a single line with a colon is just a sentence, a dialogue is none. */
  private static List<ValueDescription> several(String text) {
    List<ValueDescription> notes = ValueNotes.in(text);
    return notes.size() > 1 && !Dialogue.isIn(text) ? notes : List.of();
  }

  /**
   * The notes by field, those on an unknown one first. Fields are distinguished, and known, only if
   * they share a value; else the value itself shows which field it is of.
   */
  Map<String, List<ValueDescription>> byField() {
    Map<String, Set<String>> fieldsByValue = new LinkedHashMap<>();
    for (ValueDescription note : notes) {
      Set<String> fields =
          fieldsByValue.computeIfAbsent(note.value(), value -> new LinkedHashSet<>());
      if (!note.field().isEmpty()) {
        fields.add(note.field());
      }
    }
    boolean shared = fieldsByValue.values().stream().anyMatch(fields -> fields.size() > 1);
    ValueDescription.Gatherer gathered = new ValueDescription.Gatherer();
    for (ValueDescription note : notes) {
      Set<String> fields = fieldsByValue.getOrDefault(note.value(), Set.of());
      String only = fields.size() == 1 ? fields.iterator().next() : note.field();
      gathered.add(shared ? only : "", note.value(), note.phrases());
    }
    Map<String, List<ValueDescription>> byField =
        new LinkedHashMap<>(Map.of("", new ArrayList<>()));
    gathered
        .notes()
        .forEach(note -> byField.computeIfAbsent(note.field(), f -> new ArrayList<>()).add(note));
    return byField;
  }

  /** A text without records, notes, dialogues and statements of scope. */
  String plain(String text) {
    if (Dialogue.isIn(text)) {
      return "";
    }
    boolean records = !RecordNotes.in(text).quotes().isEmpty();
    return records ? "" : without(text, several(text));
  }

  /** A text without records, statements of scope, and those notes that are within the scope. */
  String ownWords(String text) {
    boolean records = !scope.ofRecords(RecordNotes.in(text).quotes()).isEmpty();
    return records ? "" : without(text, scope.ofNotes(several(text)));
  }

  private static String without(String text, List<ValueDescription> notes) {
    if (NoteScope.isStatedBy(text)) {
      return "";
    }
    Set<String> values = notes.stream().map(ValueDescription::value).collect(Collectors.toSet());
    List<String> lines = text.lines().toList();
    List<String> kept = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      boolean heads =
          i + 1 < lines.size()
              && ValueNotes.isHeading(lines.get(i))
              && isOneOf(values, lines.get(i + 1));
      if (!heads && !isOneOf(values, lines.get(i))) {
        kept.add(lines.get(i));
      }
    }
    return notes.isEmpty() ? text : String.join("\n", kept);
  }

  private static boolean isOneOf(Set<String> values, String line) {
    return ValueNotes.in(line).stream().anyMatch(note -> values.contains(note.value()));
  }
}
