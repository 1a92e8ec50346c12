package dev.hone.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.adapter.Adapter;
import dev.hone.json.Json;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.program.Predict;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

class ComposesTextTest {
  private static final String ADAPTERS = "dev.hone.local.Asking#adapters";

  private static final String RECORDS =
      """
      note: Whisk two eggs; add sugar.
      kind: A1
      tags: ["sweet", "fast"]

      note: Bake the bread for an hour.
      kind: A1
      tags: []

      note: She scored a late goal.
      kind: B2
      tags: ["fast"]

      note: The referee ended the match.
      kind: B2
      tags: []\
      """;

  private static Map<String, List<String>> byValue(String text) {
    return ValueNotes.in(text).stream()
        .collect(Collectors.toMap(ValueDescription::value, ValueDescription::phrases));
  }

  @ParameterizedTest
  @MethodSource(ADAPTERS)
  void writesABasicInstructionWithNotesOnEveryValueOfTheRecords(Adapter adapter) {
    Predict<ObjectNode, ObjectNode> writer =
        Asking.predict("records, current_advice -> advice", "Write better advice.");
    ObjectNode input =
        Json.object().put("records", RECORDS).put("current_advice", "Sort the note.");

    String text =
        Asking.ask(adapter, LmOptions.defaults(), writer, input).get("advice").stringValue();

    assertThat(text).startsWith("Sort the note.\n");
    Map<String, List<String>> notes = byValue(text);
    assertThat(notes).containsOnlyKeys("A1", "B2", "sweet", "fast", "none");
    assertThat(notes.get("A1"))
        .containsExactlyInAnyOrder("Whisk two eggs, add sugar.", "Bake the bread for an hour.");
    assertThat(notes.get("none"))
        .containsExactlyInAnyOrder("Bake the bread for an hour.", "The referee ended the match.");
  }

  @ParameterizedTest
  @MethodSource(ADAPTERS)
  void reusesNotesMadeEarlierAndAddsThoseOfNewRecords(Adapter adapter) {
    Predict<ObjectNode, ObjectNode> writer =
        Asking.predict("records, before -> findings", "Say what the records show.");
    ObjectNode input =
        Json.object()
            .put("records", RECORDS)
            .put("before", "A1: soup and salad\nC3: fever; a sore throat");

    String text =
        Asking.ask(adapter, LmOptions.defaults(), writer, input).get("findings").stringValue();

    Map<String, List<String>> notes = byValue(text);
    assertThat(notes.get("A1")).contains("soup and salad", "Bake the bread for an hour.");
    assertThat(notes.get("C3")).containsExactlyInAnyOrder("fever", "a sore throat");
  }

  @Test
  void whatItWritesTeachesIt() {
    Predict<ObjectNode, ObjectNode> writer =
        Asking.predict("records, current_advice -> advice", "Write better advice.");
    ObjectNode input =
        Json.object().put("records", RECORDS).put("current_advice", "Sort the note.");
    String advice = Asking.ask(writer, input).get("advice").stringValue();
    List<String[]> rows =
        List.of(
            new String[] {"Fry an egg with butter.", "A1"},
            new String[] {"Cook the rice slowly.", "A1"},
            new String[] {"Two goals in ten minutes!", "B2"},
            new String[] {"The players left the pitch.", "B2"});

    String signature = "note -> kind: enum[A1|B2]";

    double bare = Asking.share(Asking.predict(signature, "Sort the note."), "note", "kind", rows);
    double taught = Asking.share(Asking.predict(signature, advice), "note", "kind", rows);

    assertThat(taught).isGreaterThan(bare).isGreaterThanOrEqualTo(0.75);
  }

  @Test
  void otherTextIsTheSentencesThatAreMostLikeWhatIsAskedFor() {
    Predict<ObjectNode, ObjectNode> predict =
        Asking.predict("story -> weather", "Say how the weather was.");
    String story =
        "We met at the station. It rained all morning and the wind was cold."
            + " My aunt sold her car. In the afternoon the sun came out. Lunch was fine.";

    String weather =
        Asking.ask(predict, Json.object().put("story", story)).get("weather").stringValue();

    assertThat(weather).contains("rained").doesNotContain("aunt");
  }

  @Test
  void aPromptWithoutLayoutGetsAReply() {
    LmRequest request =
        LmRequest.of(
            LmMessage.system("You are helpful."),
            LmMessage.user("What is the capital of France? Paris is a city in France."));
    LmRequest alone = LmRequest.of(LmMessage.system("Say hello. Be friendly."));

    assertThat(EmbeddedModel.load().call(request).text()).contains("France");
    assertThat(EmbeddedModel.load().call(alone).text()).contains("hello");
  }
}
