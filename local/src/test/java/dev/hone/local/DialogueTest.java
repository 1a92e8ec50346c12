package dev.hone.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.json.Json;
import dev.hone.program.Predict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class DialogueTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Anna: Where is it?\nBen: Over there.\nAnna: Thanks!",
        "At the station.\nMs Lee: The train is late.\nGuard: I know.\nMs Lee: How late?",
        "Anna: I said: wait!\nBen: What for?\nBen: Tell me.\nAnna: For me."
      })
  void aDialogueIsOneInWhichASpeakerReturns(String text) {
    assertThat(Dialogue.isIn(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Anna: Where is it?\nBen: Over there.",
        "Anna: Where is it?\nAnna: Hello?",
        "LOW: calm\nHIGH: angry\nLOW: quiet",
        "note: one\nkind: A\nnote: two\nkind: B",
        "Low: calm; quiet\nHigh: angry; loud\nLow: kind; soft",
        "Anna: Yes.\nBen: No.\n\nAnna: Yes.\nBen: No.",
        ""
      })
  void notesAndRecordsAreNone(String text) {
    assertThat(Dialogue.isIn(text)).isFalse();
  }

  /** Its turns are not taken for notes on values that are called as the speakers are. */
  @Test
  void aDialogueIsNotRepeatedAsNotes() {
    Predict<ObjectNode, ObjectNode> predict =
        Asking.predict("talk, rules -> answer", "Say when the shop opens.");
    ObjectNode input =
        Json.object()
            .put("talk", "Anna: When do they open?\nBen: No idea.\nAnna: Somebody must know.")
            .put("rules", "The shop opens at nine. Bags stay outside. Cards are welcome.");

    String answer = Asking.ask(predict, input).get("answer").stringValue();

    assertThat(answer).contains("The shop opens at nine.").doesNotContain("Anna:", "Ben:");
  }
}
