package dev.hone.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.adapter.turn.Turns;
import dev.hone.signature.Signature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class ChatParseTest {
  private static final Signature<ObjectNode, ObjectNode> TWO =
      Signature.parse("text -> answer: str, kind: enum[ALPHA|BETA]");
  private static final String EXPECTED = "{\"answer\":\"yes, it is\",\"kind\":\"BETA\"}";

  private static String parse(Signature<?, ?> signature, String reply) {
    return TestReplies.read(Adapter.chat(), signature, reply).toString();
  }

  private static String one(String type, String reply) {
    return parse(Signature.parse("text -> x: " + type), reply);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[[ ## answer ## ]]\nyes, it is\n\n[[ ## kind ## ]]\nBETA\n\n[[ ## completed ## ]]",
        "[[ ## answer ## ]]\nyes, it is\n\n[[ ## kind ## ]]\nBETA",
        "[[## answer ##]]\nyes, it is\n[[##kind##]]\nBETA",
        "[[ ## Answer ## ]]\nyes, it is\n[[ ## KIND ## ]]\nbeta",
        "##answer##\nyes, it is\n## kind ##\nBETA\n## completed ##",
        "**[[ ## answer ## ]]**\nyes, it is\n\n**[[ ## kind ## ]]**:\n**BETA**",
        "### [[ ## answer ## ]]\nyes, it is\n### [[ ## kind ## ]]\nBETA",
        "`[[ ## answer ## ]]` yes, it is\n`[[ ## kind ## ]]` BETA",
        "[[ ## answer ## ]] yes, it is [[ ## kind ## ]] BETA [[ ## completed ## ]]",
        "[[ ## answer ## ]]: yes, it is\n[[ ## kind ## ]]: BETA [[ ## completed ## ]]",
        "Sure! Here it is.\n\n[[ ## answer ## ]]\nyes, it is\n[[ ## kind ## ]]\nBETA\n[[ ## completed ## ]]\nHope it helps.",
        "[[ ## kind ## ]]\nBETA\n[[ ## answer ## ]]\nyes, it is",
        "[[ ## text ## ]]\nthe input again\n\n[[ ## answer ## ]]\nyes, it is\n[[ ## kind ## ]]\nBETA",
        "[[ ## answer ## ]]\n\n[[ ## kind ## ]]\n\n[[ ## answer ## ]]\nyes, it is\n[[ ## kind ## ]]\nBETA",
        "[[ ## answer ## ]]\nyes, it is\n[[ ## kind ## ]]\nBETA\n[[ ## notes ## ]]\nnothing asked for",
        "[[ ## answer ## ]]\nyes, it is\n[[ ## kind ## ]]\nBETA\n[[ ## completed ## ]]\n\n[[ ## text ## ]]\nmore",
        "[[ ## answer ## ]]\r\nyes, it is\r\n\r\n[[ ## kind ## ]]\r\nBETA\r\n",
        "<think>[[ ## answer ## ]] no [[ ## kind ## ]] ALPHA</think>\n[[ ## answer ## ]]\nyes, it is\n[[ ## kind ## ]]\nBETA",
        "<thinking>\nhm {\n</thinking>{\"answer\":\"yes, it is\",\"kind\":\"BETA\"}",
        "I wonder…</think>[[ ## answer ## ]]\nyes, it is\n[[ ## kind ## ]]\nBETA",
        "{\"answer\":\"yes, it is\",\"kind\":\"beta\"}",
        "```json\n{\n  \"answer\": \"yes, it is\",\n  \"kind\": \"BETA\",\n}\n```",
        "Here: {'Answer': 'yes, it is', 'KIND': 'BETA'}"
      })
  void readsARepliesSectionsHoweverTheyAreMarked(String reply) {
    assertThat(parse(TWO, reply)).isEqualTo(EXPECTED);
  }

  @Test
  void keepsTextAsItIsBetweenItsSections() {
    String text = "one\n\n  two [x] {y} **z** ##\n\n# three\nkind: no";

    ObjectNode read =
        TestReplies.read(
            Adapter.chat(), TWO, "[[ ## answer ## ]]\n\n" + text + "\n\n[[ ## kind ## ]]\nALPHA");

    assertThat(read.get("answer").stringValue()).isEqualTo(text);
  }

  @Test
  void aMentionOfAHeaderInTheTextIsNoHeaderIfTheRealOnesAreThere() {
    String text = "The [[ ## kind ## ]] section follows; see `[[ ## kind ## ]]`, too.";

    ObjectNode read =
        TestReplies.read(
            Adapter.chat(), TWO, "[[ ## answer ## ]]\n" + text + "\n[[ ## kind ## ]]\nALPHA");

    assertThat(read.get("answer").stringValue()).isEqualTo(text);
    assertThat(read.get("kind").stringValue()).isEqualTo("ALPHA");
  }

  @Test
  void takesTheDisguiseOffATextThatWasCopiedFromTheInput() {
    ObjectNode read =
        TestReplies.read(
            Adapter.chat(),
            TWO,
            "[[ ## answer ## ]]\nIt says [[ \\## kind ## ]]\n[[ ## kind ## ]]\nALPHA");

    assertThat(read.get("answer").stringValue()).isEqualTo("It says [[ ## kind ## ]]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "int;7;7",
        "int;**7**.;7",
        "enum[A|B];b;\"B\"",
        "bool;Yes.;true",
        "date;2026-11-21;\"2026-11-21\"",
        "float;<think>hm</think> 0.5;0.5"
      })
  void acceptsTheBareValueOfAnOnlyOutputThatIsNoText(String type, String reply, String expected) {
    assertThat(one(type, reply)).isEqualTo("{\"x\":" + expected + "}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "str;Paris",
        "int;I think 7",
        "enum[A|B];A or B",
        "list[str];a",
        "str?;null",
        "json;7"
      })
  void refusesABareReplyThatMayBeAnything(String type, String reply) {
    assertThatThrownBy(() -> one(type, reply))
        .isInstanceOf(ReplyFormatException.class)
        .hasMessage(
            "The reply has no section with the header of x; it begins with \"" + reply + "\".");
  }

  @Test
  void anOptionalSectionMayBeMissingIfTheReplyIsComplete() {
    Signature<?, ?> signature = Signature.parse("text -> a: int, b: str?");

    assertThat(parse(signature, "[[ ## a ## ]]\n1\n[[ ## completed ## ]]"))
        .isEqualTo("{\"a\":1,\"b\":null}");
    assertThatThrownBy(() -> parse(signature, "[[ ## a ## ]]\n1"))
        .isInstanceOf(ReplyFormatException.class)
        .hasMessage("The reply has no section b, only a, and it lacks the marker that ends it.");
  }

  @Test
  void anEmptySectionIsAnEmptyTextOrListButNoNumber() {
    assertThat(one("str", "[[ ## x ## ]]\n\n[[ ## completed ## ]]")).isEqualTo("{\"x\":\"\"}");
    assertThat(one("list[str]", "[[ ## x ## ]]\n\n[[ ## completed ## ]]")).isEqualTo("{\"x\":[]}");
    assertThatThrownBy(() -> one("int", "[[ ## x ## ]]\n\n[[ ## completed ## ]]"))
        .hasMessage("x: found \"\", expected whole number.");
  }

  @Test
  void saysExactlyWhatIsWrong() {
    assertThatThrownBy(() -> parse(TWO, "[[ ## answer ## ]]\nyes\n[[ ## completed ## ]]"))
        .isInstanceOfSatisfying(
            ReplyFormatException.class, e -> assertThat(e.path()).isEqualTo("kind"))
        .hasMessage("The reply has no section kind, only answer, completed.");
    assertThatThrownBy(() -> parse(TWO, "[[ ## answer ## ]]\nyes\n[[ ## kind ## ]]\nGAMMA"))
        .isInstanceOfSatisfying(
            ReplyFormatException.class, e -> assertThat(e.path()).isEqualTo("kind"))
        .hasMessage("kind: found \"GAMMA\", expected one of ALPHA | BETA.");
    assertThatThrownBy(() -> parse(TWO, " \n"))
        .hasMessage("The reply is empty, expected section with the header of answer, kind.");
    assertThatThrownBy(() -> parse(TWO, "<think>[[ ## answer ## ]] x [[ ## kind ## ]] ALPHA"))
        .hasMessageStartingWith("The reply ends within its thoughts, expected");
    assertThatThrownBy(() -> parse(TWO, "{\"answer\":\"x\"}"))
        .hasMessage("The reply's JSON object has no key \"kind\", only the keys answer.");
  }

  @Test
  void doesNotTakeTheFillerOfIncompleteDemosForAValue() {
    assertThatThrownBy(() -> one("int", "[[ ## x ## ]]\n" + Turns.NOT_GIVEN))
        .isInstanceOf(ReplyFormatException.class);
  }
}
