package dev.hone.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hone.adapter.Adapter;
import dev.hone.json.Json;
import dev.hone.lm.LmException;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmResponse.StopReason;
import dev.hone.prompt.Prompt;
import dev.hone.signature.Signature;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Further inputs of the kinds of the list of faults, which are on no list. */
class FurtherRepliesTest {
  private static final String MOOD = "text -> mood: enum[LOW|HIGH]";
  private static final String NOTE = "q -> answer: str, note: str?";

  private static String read(String task, Adapter adapter, String reply) {
    return OneReply.of(task, adapter, reply, StopReason.STOP);
  }

  private static String list(String type, String text) {
    return read("q -> v: list[" + type + "]", Adapter.chat(), OneReply.section("v", text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Good answer:\n%2$s\nBad answer:\n%1$s",
        "%2$s\nnot %1$s",
        "%2$s\n(Earlier I considered %1$s)",
        "%2$s is right. %1$s is wrong.",
        "Option A:\n%1$s\nOption B:\n%2$s",
        "User: an example\n%1$s\nUser: the input\n%2$s",
        "[INST] an example [/INST]%1$s</s>[INST] the input [/INST]%2$s"
      })
  void whatIsGivenUpAfterTheAnswerIsNotTakenForIt(String form) {
    String chat = form.formatted(OneReply.section("mood", "LOW"), OneReply.section("mood", "HIGH"));
    String json = form.formatted("{\"mood\":\"LOW\"}", "{\"mood\":\"HIGH\"}");

    assertThat(read(MOOD, Adapter.chat(), chat)).isIn("{\"mood\":\"HIGH\"}", OneReply.REFUSED);
    assertThat(read(MOOD, Adapter.json(), json)).isIn("{\"mood\":\"HIGH\"}", OneReply.REFUSED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"draft\":{\"mood\":\"LOW\"},\"final\":{\"mood\":\"HIGH\"}}",
        "{\"answers\":[{\"mood\":\"LOW\"},{\"mood\":\"HIGH\"}]}",
        "{\"mood\":\"LOW\",\"correction\":{\"mood\":\"HIGH\"}}"
      })
  void severalAnswersWithinOneObjectAreRefused(String reply) {
    assertThat(read(MOOD, Adapter.json(), reply)).isEqualTo(OneReply.REFUSED);
  }

  @Test
  void oneAnswerWithinAnObjectIsRead() {
    assertThat(read(MOOD, Adapter.json(), "{\"thoughts\":{\"mood\":\"LOW\"},\"mood\":\"HIGH\"}"))
        .isEqualTo("{\"mood\":\"HIGH\"}");
    assertThat(read(MOOD, Adapter.json(), "{\"answer\":{\"mood\":\"HIGH\"}}"))
        .isEqualTo("{\"mood\":\"HIGH\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"answer\": \"a\"}\n{\"note\": \"b\"}",
        "{\"answer\": \"a\"}, {\"note\": \"b\"}",
        "{\"answer\": \"a\", \"notes\": \"b\"}",
        "{\"answer\": «a», \"note\": \"b\"}"
      })
  void anOptionalMemberIsNotLost(String reply) {
    assertThat(read(NOTE, Adapter.json(), reply)).isEqualTo(OneReply.REFUSED);
  }

  @Test
  void aSectionThatComesAgainIsRefusedWithBothReadings() {
    String reply =
        "[[ ## report ## ]]\nR\n\n[[ ## summary ## ]]\nS\n\n" + OneReply.section("summary", "S2");

    assertThat(read("q -> report: str, summary: str", Adapter.chat(), reply))
        .isEqualTo(OneReply.REFUSED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]string{\"a\", \"b\"}",
        "#{\"a\", \"b\"}",
        "set()",
        "<a, b>",
        "- 'a', 'b'",
        "a + b",
        "#java #sql",
        "java und sql",
        "[«un», «deux»]",
        "「一」、「二」",
        "[\"a\", etc.]",
        "[\"a\", \"b\", and more]"
      })
  void aListInAnotherNotationIsNoItem(String text) {
    assertThat(list("str", text)).isEqualTo(OneReply.REFUSED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[none]", "[N/A]", "[-]", "[undefined]"})
  void aWordForNothingInBracketsIsTheEmptyList(String text) {
    assertThat(list("str", text)).isEqualTo("{\"v\":[]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0,5; 1,5", "0,5, 1,5", "0,5"})
  void aCommaOfAFractionSeparatesNoItems(String text) {
    assertThat(list("float", text)).isEqualTo(OneReply.REFUSED);
  }

  @Test
  void anInterruptEndsTheReading() {
    String items = "[" + "1,".repeat(5_000) + "1,]";

    LmResponse response =
        LmResponse.builder().text("{\"v\": " + items + "}").stopReason(StopReason.STOP).build();
    Prompt prompt =
        Prompt.of(
            Signature.parse("q -> v: list[int]"), "Do.", List.of(), Json.object().put("q", "x"));

    Thread.currentThread().interrupt();
    try {
      assertThatExceptionOfType(LmException.Interrupted.class)
          .isThrownBy(() -> Adapter.json().parse(prompt, response));
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
