package dev.hone.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.adapter.frame.HeaderText;
import dev.hone.adapter.turn.Turns;
import dev.hone.json.Json;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmResponse.StopReason;
import dev.hone.lm.LmUsage;
import dev.hone.prompt.Prompt;
import dev.hone.signature.Signature;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** What belongs to the frame of a reply, and what to the text in it. */
class ReplyFrameTest {
  private static final Signature<ObjectNode, ObjectNode> REPORT =
      Signature.parse("text -> report: str, summary: str");
  private static final Signature<ObjectNode, ObjectNode> ANSWER =
      Signature.parse("text -> answer: str");
  private static final String END = "\n\n[[ ## summary ## ]]\nShort.\n\n[[ ## completed ## ]]";

  private static String read(String signature, String reply) {
    return TestReplies.read(Adapter.chat(), Signature.parse(signature), reply).toString();
  }

  private static String answer(String reply) {
    return TestReplies.read(Adapter.chat(), ANSWER, reply).get("answer").stringValue();
  }

  private static String s(String name, String value) {
    return "[[ ## " + name + " ## ]]\n" + value + "\n\n[[ ## completed ## ]]";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# Title\n\n## Summary ##\nAll is well.\n\n## Details ##\nmore",
        "# Title\n\n### Summary ###\nAll is well.",
        "# Title\n\n## Text ##\nWhat came in.",
        "# Tasks\n\n## Completed ##\n- one\n\n## Open ##\n- two",
        "It writes\n```\n[[ ## summary ## ]]\nx\n```\nand ends.",
        "It writes\n```\n[[ ## report ## ]]\ny\n\n[[ ## summary ## ]]\nx\n\n[[ ## completed ## ]]\n```\nand ends.",
        "# Title\n\n## Summary\nAll is well.",
        "Then\n[[ ## notes ## ]]\nfollow.",
        "The line\n[[ ## text ## ]]\nis the input."
      })
  void headingsAndHeadersOfOtherNamesStayInTheText(String report) {
    ObjectNode read =
        TestReplies.read(Adapter.chat(), REPORT, "[[ ## report ## ]]\n" + report + END);

    assertThat(read.get("report").stringValue()).isEqualTo(report);
    assertThat(read.get("summary").stringValue()).isEqualTo("Short.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Classify. Answer in this layout:\n\n[[ ## severity ## ]]\nLOW or HIGH\n\n[[ ## violations ## ]]\na JSON array\n\nNever HIGH for satire.",
        "Use [[ ## examples ## ]] as given.\n[[ ## tip ## ]] is advice.\nMind satire.",
        "Given\n[[ ## tip ## ]]\nthe tip, classify.",
        "End with [[ ## completed ## ]] always.\nMind satire."
      })
  void anInstructionThatDescribesALayoutIsReadAsAWhole(String text) {
    Signature<?, ?> signature = Signature.parse("examples, tip -> instruction: str");

    assertThat(TestReplies.read(Adapter.chat(), signature, s("instruction", text)))
        .isEqualTo(Json.object().put("instruction", text));
  }

  @Test
  void aTextWithAnEndMarkerInItIsRefusedWithBothReadings() {
    assertThatThrownBy(
            () ->
                answer(s("answer", "Classify. End with\n[[ ## completed ## ]]\nand mind satire.")))
        .isInstanceOf(ReplyFormatException.class)
        .hasMessageContaining("Classify. End with")
        .hasMessageContaining("and mind satire.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<|im_end|>",
        "<|eot_id|>",
        "</s>",
        "<end_of_turn>",
        "<|endoftext|>",
        "<|end_of_text|>",
        "<｜end▁of▁sentence｜>",
        "<|return|>\n",
        "\n<|any_other|>",
        "<|eot_id|><|eot_id|>",
        "<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nAnd Spain?",
        "<|im_end|>\n<|im_start|>user\nAnd Spain?<|im_end|>",
        "<end_of_turn>\n<start_of_turn>user\nAnd Spain?",
        "</s><s>[INST] And Spain? [/INST]",
        "<｜end▁of▁sentence｜><｜User｜>And Spain?"
      })
  void aTokenThatEndsTheTurnEndsTheAnswer(String end) {
    assertThat(answer("[[ ## answer ## ]]\nParis" + end)).isEqualTo("Paris");
    assertThat(read("text -> mood: enum[FEAR|JOY]", "[[ ## mood ## ]]\nFEAR" + end))
        .isEqualTo("{\"mood\":\"FEAR\"}");
    assertThat(read("text -> tags: list[str]", "[[ ## tags ## ]]\n- a\n- b" + end))
        .isEqualTo("{\"tags\":[\"a\",\"b\"]}");
    assertThat(answer(s("answer", "Paris") + end)).isEqualTo("Paris");
  }

  @Test
  void aBareValueMayHaveSuchATokenToo() {
    assertThat(read("text -> mood: enum[FEAR|JOY]", "FEAR</s>")).isEqualTo("{\"mood\":\"FEAR\"}");
    assertThat(read("text -> n: int", "<|im_start|>assistant\n7<|im_end|>\n"))
        .isEqualTo("{\"n\":7}");
  }

  @Test
  void aTokenInATextThatHasItsEndMarkerIsText() {
    String text = "ChatML ends a turn with <|im_end|> always, and\n<|im_start|>user\nbegins one.";

    assertThat(answer(s("answer", text))).isEqualTo(text);
    assertThat(answer("[[ ## answer ## ]]\nA turn ends with <|im_end|> always"))
        .isEqualTo("A turn ends with <|im_end|> always");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "price: int;[[ ## price ## ]]|12",
        "score: float;[[ ## score ## ]]|0.",
        "severity: enum[LOW/HIGH], violations: set[enum[HATE/SPAM]];[[ ## severity ## ]]|HIGH||[[ ## violations ##",
        "severity: enum[LOW/HIGH], violations: set[enum[HATE/SPAM]];[[ ## severity ## ]]|HIGH||[[ ## violations ## ]]|",
        "tags: list[str];[[ ## tags ## ]]|- first|- sec",
        "tags: list[enum[A/B/C]];[[ ## tags ## ]]|A, B",
        "answer: str;[[ ## answer ## ]]|Transfer the money, but only if",
        "answer: str;[[ ## answer ##",
        "n: int;12",
        "a: str, b: str?;{\"a\": \"x\"",
        "a: list[str];[\"a\"",
        "d: date;2026-01-01",
        "o: bool;[[ ## o ## ]]|true"
      })
  void whatTheLimitOnTokensCutOffIsNoAnswer(String outputs, String reply) {
    Signature<?, ?> signature = Signature.parse("q -> " + outputs.replace('/', '|'));
    for (Adapter adapter : List.of(Adapter.chat(), Adapter.json())) {
      assertThatThrownBy(() -> cutOff(adapter, signature, reply.replace('|', '\n')))
          .isInstanceOf(ReplyFormatException.class)
          .hasMessageContaining("cut off by the limit on tokens")
          .hasMessageContaining("maxTokens");
    }
  }

  private static ObjectNode cutOff(Adapter adapter, Signature<?, ?> signature, String reply) {
    return adapter.parse(
        Prompt.of(signature, "", List.of(), Json.object()),
        LmResponse.builder().text(reply).stopReason(StopReason.LENGTH).build());
  }

  @Test
  void anAnswerThatIsCompleteIsReadThoughTheLimitWasReachedAfterIt() {
    assertThat(cutOff(Adapter.chat(), ANSWER, s("answer", "Paris") + "\n\n[[ ## text ## ]]\nNe"))
        .hasToString("{\"answer\":\"Paris\"}");
    assertThat(cutOff(Adapter.json(), ANSWER, "{\"answer\":\"Paris\"}\n\nAnd"))
        .hasToString("{\"answer\":\"Paris\"}");
  }

  @Test
  void anAnswerThatStandsInTheThoughtsOnlyIsRead() {
    assertThat(thoughts(Adapter.chat(), s("answer", "Paris"), StopReason.STOP))
        .hasToString("{\"answer\":\"Paris\"}");
    assertThat(thoughts(Adapter.json(), "So: {\"answer\":\"Paris\"}", StopReason.STOP))
        .hasToString("{\"answer\":\"Paris\"}");
    assertThatThrownBy(() -> thoughts(Adapter.chat(), "I think", StopReason.STOP))
        .hasMessageContaining("only the model's thoughts came back");
    assertThatThrownBy(() -> thoughts(Adapter.chat(), "I think", StopReason.LENGTH))
        .hasMessageContaining("only the model's thoughts came back")
        .hasMessageContaining("maxTokens");
  }

  private static ObjectNode thoughts(Adapter adapter, String thoughts, StopReason why) {
    return adapter.parse(
        Prompt.of(ANSWER, "", List.of(), Json.object()),
        LmResponse.builder().text("").reasoning(thoughts).stopReason(why).build());
  }

  @Test
  void aCopiedFillerOrPlaceholderIsNoValue() {
    assertThatThrownBy(() -> answer(s("answer", Turns.NOT_GIVEN)))
        .hasMessageContaining("answer: found \"(not given in this example)\"");
    assertThatThrownBy(() -> answer(s("answer", "{answer}")))
        .hasMessageContaining("repeats the layout");
    assertThat(read("q -> a: str, b: str?", "[[ ## a ## ]]\nx\n" + s("b", Turns.NOT_GIVEN)))
        .isEqualTo("{\"a\":\"x\",\"b\":null}");
    assertThatThrownBy(() -> TestReplies.read(Adapter.json(), ANSWER, "{\"answer\":\"{answer}\"}"))
        .isInstanceOf(ReplyFormatException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[[ # allergy # ]]",
        "[[ allergy ]]",
        "[[ ## alergy ## ]]",
        "{{ ## allergy ## }}",
        "## Allergy ##"
      })
  void aDamagedHeaderOfAnOptionalSectionIsNotPassedOver(String header) {
    String reply =
        "[[ ## answer ## ]]\nTake two.\n\n" + header + "\npenicillin\n\n[[ ## completed ## ]]";

    assertThatThrownBy(() -> read("q -> answer: str, allergy: str?", reply))
        .isInstanceOf(ReplyFormatException.class)
        .hasMessageContaining("allergy");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[ ## allergy ## ]", "[## allergy ##]"})
  void aHeaderThatLostABracketOnEachSideIsOne(String header) {
    String reply =
        "[[ ## answer ## ]]\nTake two.\n\n" + header + "\npenicillin\n\n[[ ## completed ## ]]";

    assertThat(read("q -> answer: str, allergy: str?", reply))
        .isEqualTo("{\"answer\":\"Take two.\",\"allergy\":\"penicillin\"}");
  }

  record Asked(String text) {}

  record Person(String name, int age) {}

  record One(Person person) {}

  record Many(List<Person> people) {}

  record Tags(List<String> tags) {}

  record Counts(Map<String, Integer> counts) {}

  @Test
  void theOnlyOutputMayStandBareAsJson() {
    String person = "{\"name\":\"A\",\"age\":3}";
    assertBare(One.class, person, "{\"person\":" + person + "}");
    assertBare(Many.class, "[" + person + "]", "{\"people\":[" + person + "]}");
    assertBare(Tags.class, "[\"a\", \"b\"]", "{\"tags\":[\"a\",\"b\"]}");
    assertBare(Counts.class, "{\"a\": 1}", "{\"counts\":{\"a\":1}}");
  }

  private static void assertBare(Class<?> output, String reply, String expected) {
    Signature<?, ?> signature = Signature.of(Asked.class, output, "Do it.");

    for (String form : List.of("%s", "```json\n%s\n```", "%s<|im_end|>")) {
      assertThat(TestReplies.read(Adapter.json(), signature, form.formatted(reply)))
          .hasToString(expected);
    }
  }

  @Test
  void messagesAreBounded() {
    StringBuilder headers = new StringBuilder("[[ ## answer ## ]]\nx\n");
    StringBuilder keys = new StringBuilder("{\"answer\":\"x\"");
    for (int i = 0; i < 3_000; i++) {
      headers.append("[[ ## some other name ").append(i).append(" ## ]]\nx\n");
      keys.append(",\"some other key ").append(i).append("\":1");
    }
    Signature<?, ?> signature = Signature.parse("q -> answer: str, b: str");
    for (String reply :
        List.of(
            headers.toString(),
            keys + "}",
            "{\"answer\":1,\"" + "k".repeat(40_000) + "\":1}",
            "y".repeat(100_000))) {
      assertThatThrownBy(() -> TestReplies.read(Adapter.chat(), signature, reply))
          .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThanOrEqualTo(500));
    }
    assertThatThrownBy(() -> TestReplies.read(Adapter.chat(), signature, headers.toString()))
        .hasMessageContaining("some other name 1,")
        .hasMessageContaining("2995 others");
  }

  @Test
  void runsOfBackslashesAreDisguisedAndRevealedInLinearTime() {
    String run = "##" + "\\".repeat(400_000);

    Assertions.assertTimeout(
        Duration.ofSeconds(5),
        () -> {
          assertThat(HeaderText.disguise(run)).isEqualTo(run);
          assertThat(HeaderText.reveal("\\" + run)).isEqualTo("\\" + run);
          assertThat(HeaderText.disguise(run + "## a ##")).endsWith("\\\\## a ##");
        });
  }

  @Test
  void aReplyThatIsTooLongIsRefusedUnread() {
    LmResponse response = LmResponse.of("x".repeat(4_000_001), LmUsage.UNKNOWN, "test");

    assertThatThrownBy(
            () -> Adapter.chat().parse(Prompt.of(ANSWER, "", List.of(), Json.object()), response))
        .hasMessage("The reply has 4,000,001 characters, more than the 4,000,000 that are read.");
  }
}
