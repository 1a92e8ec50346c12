package dev.hone.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class NotesTest {
  private static Map<String, List<String>> byValue(List<ValueDescription> notes) {
    return notes.stream()
        .collect(Collectors.toMap(ValueDescription::value, ValueDescription::phrases));
  }

  @Test
  void aNoteIsANameAColonAndPhrases() {
    assertThat(
            byValue(
                ValueNotes.in(
                    "HIGH: threats; calls for violence ;;\nSELF_HARM : a\n- **`low`**: b")))
        .containsEntry("HIGH", List.of("threats", "calls for violence"))
        .containsEntry("SELF_HARM", List.of("a"))
        .containsEntry("low", List.of("b"))
        .hasSize(3);
  }

  @Test
  void otherLinesAreNoNotes() {
    assertThat(
            ValueNotes.in(
                "At 10:30 we met.\nhttps://example.org\nA, b: c\n: d\ne:\n"
                    + "f".repeat(41)
                    + ": g"))
        .isEmpty();
  }

  @Test
  void aNoteBelowAHeadingIsOnTheFieldOfThatName() {
    assertThat(
            ValueNotes.in(
                "A: x\n**size**:\nA: y; z\nA: y\n- `colour`:\nB: u\n\nC: v\na b c, d:\nE: w"))
        .containsExactly(
            new ValueDescription("", "A", List.of("x")),
            new ValueDescription("size", "A", List.of("y", "z")),
            new ValueDescription("colour", "B", List.of("u")),
            new ValueDescription("", "C", List.of("v")),
            new ValueDescription("", "E", List.of("w")));
  }

  @Test
  void labelsAreShortValuesThatRecur() {
    String records =
        """
        id: 1
        text: a long text about something
        label: X

        id: 2
        text: another long text
        label: Y

        id: 3
        text: a third long text
        label: X

        id: 4
        text: a fourth long text
        label: Y\
        """;

    assertThat(RecordNotes.in(records).quotes())
        .containsExactly(
            new ValueDescription(
                "label", "X", List.of("a long text about something", "a third long text")),
            new ValueDescription("label", "Y", List.of("another long text", "a fourth long text")));
  }

  @Test
  void aTextWithoutRecordsHasNoQuotes() {
    assertThat(RecordNotes.in("").quotes()).isEmpty();
    assertThat(RecordNotes.in("Just: one line").quotes()).isEmpty();
    assertThat(RecordNotes.in("Some text.\n\nMore text.").quotes()).isEmpty();
  }

  @Test
  void aLoneBlockIsNotesIfItHasASemicolon() {
    assertThat(RecordNotes.in("A1: soup\nC3: fever; a sore throat").quotes()).isEmpty();
    assertThat(byValue(RecordNotes.in("text: a long text about something\nlabel: X").quotes()))
        .containsOnlyKeys("X");
  }

  @Test
  void longTextsAreQuotedInPartAndNeverInHalfACharacter() {
    String text = "x".repeat(118) + "😀😀😀";

    List<ValueDescription> quotes = RecordNotes.in("text: " + text + "\nlabel: A").quotes();

    assertThat(quotes.get(0).phrases()).containsExactly("x".repeat(118) + "…");
  }
}
