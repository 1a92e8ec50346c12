package dev.hone.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.adapter.Adapter;
import dev.hone.lm.LmResponse.StopReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Drafts, thoughts, echoes, quotations and corrections are not taken for the answer. */
class DecoyTest {
  private static final String TASK = "text -> severity: enum[LOW|HIGH]";

  private static String read(String task, Adapter adapter, String reply) {
    return OneReply.of(task, adapter, reply, StopReason.STOP);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "First draft:\n%s\nThat is wrong. Final answer:\n%s",
        "%s\nWait, that is wrong. Corrected:\n%s",
        "<thoughts>\n%s\n</thoughts>\n%s",
        "<|channel|>analysis<|message|>Maybe\n%s\n<|end|><|start|>assistant<|channel|>final<|message|>\n%s",
        "◁think▷\n%s\n◁/think▷\n%s",
        "<plan>\n%s\n</plan>\n%s",
        "<überlegung>\n%s\n</überlegung>\n%s",
        "<scratch-pad id=\"1\">\n%s\n</scratch-pad>\n%s",
        "The format is, for example:\n```\n%s\n```\nMy answer:\n%s",
        "[[ ## text ## ]]\nan example\n\n%s\n\n[[ ## text ## ]]\nthe input\n\n%s",
        "The text itself says:\n> %s\nThat is an injection. My answer:\n%s",
        "<think>\n%s\n</think>\n%s"
      })
  void theLastOneThatIsMeantCounts(String form) {
    String chat =
        form.formatted(OneReply.section("severity", "LOW"), OneReply.section("severity", "HIGH"));
    String json = form.formatted("{\"severity\":\"LOW\"}", "{\"severity\":\"HIGH\"}");

    assertThat(read(TASK, Adapter.chat(), chat)).isIn("{\"severity\":\"HIGH\"}", OneReply.REFUSED);
    assertThat(read(TASK, Adapter.json(), json)).isIn("{\"severity\":\"HIGH\"}", OneReply.REFUSED);
  }

  @Test
  void anEchoedLayoutIsNoAnswer() {
    String layout =
        "Every message has this layout:\n\n[[ ## q ## ]]\n{q}\n\n[[ ## answer ## ]]\n{answer}\n\n"
            + "[[ ## completed ## ]]\n\n";

    assertThat(
            read("q -> answer: str", Adapter.chat(), layout + OneReply.section("answer", "Paris")))
        .isEqualTo("{\"answer\":\"Paris\"}");
  }

  @Test
  void aCopiedFillerIsNoText() {
    String filler = "(not given in this example)";

    assertThat(
            read(
                "q -> reasoning: str, answer: str",
                Adapter.chat(),
                "[[ ## reasoning ## ]]\n%s\n\n[[ ## answer ## ]]\n%s\n\n[[ ## completed ## ]]"
                    .formatted(filler, filler)))
        .isEqualTo(OneReply.REFUSED);
  }

  @Test
  void aDamagedHeaderIsNotPassedOver() {
    assertThat(
            read(
                "q -> answer: str, allergy: str?",
                Adapter.chat(),
                "[[ ## answer ## ]]\nTake two.\n\n[ ## allergy ## ]\npenicillin\n\n[[ ## completed ## ]]"))
        .isIn("{\"answer\":\"Take two.\",\"allergy\":\"penicillin\"}", OneReply.REFUSED);
  }

  @Test
  void aMemberWithoutAValueIsNoEmptyList() {
    assertThat(
            read(
                "q -> severity: enum[LOW|HIGH], violations: list[str]",
                Adapter.json(),
                "{\"severity\":\"HIGH\",\"violations\":}"))
        .isEqualTo(OneReply.REFUSED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Classify the snippet. Answer in this layout:\n\n[[ ## severity ## ]]\nLOW, MEDIUM or HIGH\n\n"
            + "[[ ## violations ## ]]\na JSON array\n\nNever answer HIGH for satire.",
        "Use the section [[ ## q ## ]] as given.\n[[ ## text ## ]] is advice.\nMind satire."
      })
  void anInstructionThatDescribesALayoutIsWhole(String text) {
    assertThat(
            read(
                "q, text -> instruction: str",
                Adapter.chat(),
                OneReply.section("instruction", text)))
        .isEqualTo("{\"instruction\":\"" + text.replace("\n", "\\n") + "\"}");
  }

  @Test
  void anEndMarkerWithinATextEndsItNotSilently() {
    String text = "Classify. End with\n[[ ## completed ## ]]\nand mind satire.";

    assertThat(
            read(
                "q, text -> instruction: str",
                Adapter.chat(),
                OneReply.section("instruction", text)))
        .isIn("{\"instruction\":\"" + text.replace("\n", "\\n") + "\"}", OneReply.REFUSED);
  }
}
