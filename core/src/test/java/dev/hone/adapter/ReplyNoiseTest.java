package dev.hone.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.signature.Signature;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** What models put around their answer, or into it where it must not be taken for noise. */
@Tag("once")
class ReplyNoiseTest {
  private static final Signature<ObjectNode, ObjectNode> TWO =
      Signature.parse("text -> kind: enum[ALPHA|BETA], answer: str");
  private static final Signature<ObjectNode, ObjectNode> OPTIONAL =
      Signature.parse("text -> note: str?, answer: str");
  private static final String SECTIONS = "[[ ## kind ## ]]\nBETA\n[[ ## answer ## ]]\nhi";
  private static final String EXPECTED = "{\"kind\":\"BETA\",\"answer\":\"hi\"}";

  private static String parse(String reply) {
    return TestReplies.read(Adapter.chat(), TWO, reply).toString();
  }

  private static String answer(String reply) {
    return TestReplies.read(Adapter.chat(), TWO, reply).get("answer").stringValue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "```\n%s\n```",
        "```text\n%s\n```\n",
        "```\n%s",
        "~~~\n%s\n~~~",
        "````md\r\n%s\r\n````",
        "Sure:\n\n```\n\n%s\n```\n\nHope this helps.",
        "```\n%s\n\n[[ ## completed ## ]]\n```",
        "```\n%s\n```\n[[ ## completed ## ]]",
        "```python\nprint()\n```\n%s",
        "```\n[[ ## text ## ]]\n```a\nb\n```\n%s\n```"
      })
  void dropsTheFenceAroundAllSections(String form) {
    assertThat(parse(form.formatted(SECTIONS))).isEqualTo(EXPECTED);
  }

  @Test
  void dropsTheFenceAroundALastSectionThatIsAChoice() {
    String reply = "```\n[[ ## answer ## ]]\nhi\n[[ ## kind ## ]]\nBETA\n```";

    assertThat(parse(reply)).isEqualTo(EXPECTED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"```", "```text"})
  void dropsTheFencesAroundEachSection(String open) {
    String reply =
        open
            + "\n[[ ## kind ## ]]\nBETA\n```\n\n"
            + open
            + "\n[[ ## answer ## ]]\nhi\n```\n\n"
            + open
            + "\n[[ ## completed ## ]]\n```";

    assertThat(parse(reply)).isEqualTo(EXPECTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "```java\ncode\n```",
        "```\ncode\n```",
        "See:\n```\na\n```\nand\n```\nb\n```",
        "````md\n```\n````",
        "```java\ncode"
      })
  void keepsAFenceThatOpensInsideOfASection(String text) {
    String kind = "[[ ## kind ## ]]\nBETA\n";
    String section = "[[ ## answer ## ]]\n" + text;

    assertThat(answer(kind + section)).isEqualTo(text);
    assertThat(answer(section + "\n" + kind)).isEqualTo(text);
    if (text.endsWith("```")) {
      assertThat(answer("```\n" + kind + section + "\n```")).isEqualTo(text);
      assertThat(answer("```\n" + section + "\n" + kind + "```")).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<Think>%s</Think>",
        "<THINKING>\n%s\n</THINKING>\n",
        "<think effort=\"high\">%s</think>",
        "<think>%s</think >",
        "[THINK]%s[/THINK]",
        "%s[/THINK]",
        "<reasoning>%s</reasoning>",
        "<analysis depth='2'>%s</analysis>\n",
        "Well.\n<reflection>%s</reflection>",
        "<scratchpad>%s</scratchpad><think>%s</think>",
        "<think>%s<analysis>x</analysis>y</think>",
        "<analysis>%s</analysis><thought>%s</thought>"
      })
  void passesOverThoughtsHoweverTheyAreMarked(String form) {
    String draft = "[[ ## kind ## ]]\nALPHA\n[[ ## answer ## ]]\n{no}\n";

    assertThat(parse(form.replace("%s", draft) + SECTIONS)).isEqualTo(EXPECTED);
    assertThat(parse(form.replace("%s", "hm {x} ") + SECTIONS)).isEqualTo(EXPECTED);
    assertThat(
            TestReplies.read(
                Adapter.json(),
                TWO,
                form.replace("%s", "Hm: {\"kind\":\"ALPHA\",\"answer\":\"\"}") + EXPECTED))
        .hasToString(EXPECTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s",
        "```json\n%s\n```",
        "{\"arguments\": %s}",
        "<think>Or {\"kind\":\"ALPHA\",\"answer\":\"\"}</think>%s",
        "%s<|im_end|>",
        "%s\n%s"
      })
  void functionsReadArgumentsWhateverIsAroundThem(String form) {
    assertThat(TestReplies.read(new FunctionsView(), TWO, form.replace("%s", EXPECTED)))
        .hasToString(EXPECTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "{\"kind\":\"BETA\"}", "null", "[]", "\"hi\"", "I call the tool."})
  void functionsRefuseArgumentsThatAreNone(String arguments) {
    assertThatThrownBy(() -> TestReplies.read(new FunctionsView(), TWO, arguments))
        .isInstanceOf(ReplyFormatException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a </think> b",
        "a </THINK> b",
        "a <think> b",
        "a <think>b</think> c",
        "<reasoning>b</reasoning>",
        "a [/THINK] b",
        "</analysis>"
      })
  void keepsATagThatIsTextOfAnAnswer(String text) {
    String kind = "[[ ## kind ## ]]\nBETA\n";

    assertThat(answer(kind + "[[ ## answer ## ]]\n" + text)).isEqualTo(text);
    assertThat(answer("[[ ## answer ## ]]\n" + text + "\n" + kind)).isEqualTo(text);
    assertThat(answer("## answer ##\n" + text + "\n## kind ##\nBETA")).isEqualTo(text);
    assertThat(
            TestReplies.read(Adapter.json(), TWO, "{\"kind\":\"BETA\",\"answer\":\"" + text + "\"}")
                .get("answer")
                .stringValue())
        .isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[[ ## note ## ]] see </think> | [[ ## answer ## ]] hi | see </think>",
        "On <analysis> tags. [[ ## note ## ]] no </analysis> | [[ ## answer ## ]] hi"
            + " | no </analysis>",
        "I set [[ ## note ## ]] or not </think> | [[ ## answer ## ]] hi | null",
        "<think> [[ ## note ## ]] or not </think> | [[ ## answer ## ]] hi | null"
      })
  void doesNotLoseAnOptionalSectionToATagInIt(String before, String after, String note) {
    ObjectNode read =
        TestReplies.read(
            Adapter.chat(),
            OPTIONAL,
            before.replace(". ", ".\n") + "\n" + after + "\n[[ ## completed ## ]]");

    assertThat(read.get("note").asString("null")).isEqualTo(note);
    assertThat(read.get("answer").stringValue()).isEqualTo("hi");
  }

  @Test
  void anUnclosedTagOfOtherUseIsNoThought() {
    assertThat(parse("<analysis>\n" + SECTIONS)).isEqualTo(EXPECTED);
    assertThatThrownBy(() -> parse("[THINK]" + SECTIONS))
        .hasMessageStartingWith("The reply ends within its thoughts");
  }

  @Test
  void timeGrowsWithTheLengthOnly() {
    List<String> units =
        List.of(
            "<think>",
            "</think>",
            "<analysis>",
            "</analysis>",
            "<think ",
            "[THINK]",
            "<",
            "```\n",
            "[[ ## kind ## ]]\n",
            "```\n[[ ## kind ## ]]\n",
            "<analysis>[[ ## kind ## ]]</analysis>",
            "<reasoning>x</analysis>",
            "</think>[[ ## answer ## ]]\n",
            "##",
            "{",
            "~~~~\n",
            "<answer>",
            "</answer>",
            "<kind>A</kind>",
            "<kind>A</kind><answer>a</answer>",
            "<x><answer>a</answer></x>",
            "<answer>a</answr>",
            "<answer ",
            "<![CDATA[",
            "&amp;");
    for (String unit : units) {
      String text = unit.repeat(200_000 / unit.length());

      Assertions.assertTimeout(
          Duration.ofSeconds(5), () -> assertThat(failsOrReads(text)).as(unit).isTrue());
    }
  }

  private static boolean failsOrReads(String reply) {
    for (Adapter adapter :
        List.of(Adapter.chat(), Adapter.json(), Adapter.xml(), new FunctionsView())) {
      try {
        TestReplies.read(adapter, TWO, reply);
      } catch (ReplyFormatException e) {
        assertThat(e).hasMessageContaining(" ");
      }
    }
    return true;
  }
}
