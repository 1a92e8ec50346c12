package dev.hone.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.json.Json;
import dev.hone.program.Predict;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Text about some fields holds no notes on others. */
class NoteScopeTest {
  private static final String RECORDS =
      """
      note: Whisk two eggs and add sugar to the bowl.
      course: SWEET
      effort: LOW

      note: Bake the bread for an hour in the oven.
      course: SAVOURY
      effort: HIGH

      note: Stir the cream into the berries.
      course: SWEET
      effort: LOW

      note: Roast the lamb until it is tender.
      course: SAVOURY
      effort: HIGH\
      """;

  private static String write(Map<String, String> inputs) {
    String names = inputs.keySet().stream().collect(Collectors.joining(", "));
    Predict<ObjectNode, ObjectNode> writer =
        Asking.predict(names + " -> advice", "Write better advice.");
    ObjectNode input = Json.object();
    inputs.forEach(input::put);
    return Asking.ask(writer, input).get("advice").stringValue();
  }

  private static List<String> values(String text) {
    return ValueNotes.in(text).stream().map(ValueDescription::value).toList();
  }

  @Test
  void withoutAListOfFieldsEveryLabelIsDescribed() {
    assertThat(values(write(Map.of("records", RECORDS))))
        .containsExactly("SWEET", "SAVOURY", "LOW", "HIGH");
  }

  @Test
  void aListOfFieldsIsWhatTheTextIsAbout() {
    String text =
        write(
            Map.of(
                "records", RECORDS,
                "findings", "SWEET: cake; cream\nLOW: quick\nstep two: decides how hard it is",
                "current_advice", "Say how hard it is.",
                "fields", "- `effort` (one of LOW | HIGH): how hard it is"));

    assertThat(text).startsWith("Say how hard it is.\n");
    assertThat(values(text)).containsExactlyInAnyOrder("LOW", "HIGH");
    assertThat(text).doesNotContain("step two", "SWEET", "one of");
  }

  @Test
  void aTextFieldHasTheValuesThatRecordsShow() {
    String text =
        write(
            Map.of(
                "records", RECORDS,
                "findings", "SWEET: cake; icing\nLOW: quick",
                "fields", "- `course` (text)"));

    assertThat(values(text)).containsExactlyInAnyOrder("SWEET", "SAVOURY");
    assertThat(text).contains("icing");
  }

  @Test
  void otherNotesOfTheTextThatIsBuiltOnAreKept() {
    String text =
        write(
            Map.of(
                "records", RECORDS,
                "current_advice", "Say how hard it is.\nStyle: be brief\nLOW: easy",
                "fields", "- `effort` (one of LOW | HIGH)"));

    assertThat(text).startsWith("Say how hard it is.\nStyle: be brief\n");
    assertThat(values(text)).containsExactlyInAnyOrder("Style", "LOW", "HIGH");
    assertThat(text).contains("easy");
  }

  @Test
  void noneIsAValueOfListsOnly() {
    Map<String, String> inputs = Map.of("findings", "LOW: quick; short\nnone: plain");

    assertThat(values(write(with(inputs, "- `effort` (one of LOW | HIGH)"))))
        .containsExactly("LOW");
    assertThat(values(write(with(inputs, "- `efforts` (set of one of LOW | HIGH)"))))
        .containsExactly("LOW", "none");
  }

  private static Map<String, String> with(Map<String, String> inputs, String fields) {
    return Map.of("findings", inputs.getOrDefault("findings", ""), "fields", fields);
  }

  @Test
  void fieldsThatShareAValueAreToldApartByHeadings() {
    String records = RECORDS.replace("SWEET", "HIGH").replace("SAVOURY", "LOW");

    String text = write(Map.of("records", records));

    assertThat(text)
        .containsSubsequence("course:\n", "HIGH:", "LOW:", "effort:\n", "LOW:", "HIGH:");
    assertThat(ValueNotes.in(text))
        .filteredOn(note -> note.field().equals("course") && note.value().equals("HIGH"))
        .singleElement()
        .satisfies(note -> assertThat(note.phrases()).allMatch(p -> p.matches(".*(eggs|cream).*")));
    assertThat(values(write(Map.of("findings", text, "fields", "- `effort` (one of LOW | HIGH)"))))
        .hasSize(2);
    assertThat(write(Map.of("findings", text, "fields", "- `effort` (one of LOW | HIGH)")))
        .containsPattern("LOW: .*(eggs|cream)")
        .doesNotContainPattern("HIGH: .*(eggs|cream)");
  }

  @Test
  void aNoteBelowTheHeadingOfAnotherFieldTeachesNothing() {
    String headed =
        "Judge.\ncourse:\nHIGH: eggs and sugar\nLOW: roast lamb\neffort:\nHIGH: roast lamb\nLOW: eggs and"
            + " sugar";
    String signature = "note -> course: enum[HIGH|LOW], effort: enum[HIGH|LOW]";

    ObjectNode answer =
        Asking.ask(
            Asking.predict(signature, headed),
            Json.object().put("note", "Beat the eggs, add sugar."));

    assertThat(answer.get("course").stringValue()).isEqualTo("HIGH");
    assertThat(answer.get("effort").stringValue()).isEqualTo("LOW");
  }
}
