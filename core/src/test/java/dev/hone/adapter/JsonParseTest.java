package dev.hone.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.hone.adapter.turn.Turns;
import dev.hone.signature.Signature;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class JsonParseTest {
  private static final Signature<ObjectNode, ObjectNode> TWO =
      Signature.parse("text -> final_answer: str, kinds: set[enum[ALPHA|BETA]], note: str?");
  private static final String EXPECTED =
      "{\"final_answer\":\"yes\",\"kinds\":[\"BETA\"],\"note\":null}";

  private static String parse(String reply) {
    return TestReplies.read(Adapter.json(), TWO, reply).toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"final_answer\":\"yes\",\"kinds\":[\"BETA\"],\"note\":null}",
        "{\"note\":\"None\",\"kinds\":\"beta\",\"final_answer\":\"yes\",\"confidence\":1}",
        "```json\n{\"final_answer\":\"yes\",\"kinds\":[\"BETA\"]}\n```",
        "Sure:\n```\n{'final_answer': 'yes', 'kinds': ['beta',], 'note': None}\n```\nBye {x}.",
        "{\"Final Answer\":\"yes\",\"KINDS\":[\"BETA\"]}",
        "{\"finalAnswer\":\"yes\",\"kinds\":[\"BETA\"]}",
        "{\"answer\":{\"final_answer\":\"yes\",\"kinds\":[\"BETA\"]}}",
        "{\"properties\":{\"final_answer\":\"yes\",\"kinds\":[\"BETA\"],\"note\":null}}",
        "{\"response\":{\"output\":{\"final_answer\":\"yes\",\"kinds\":[\"BETA\"]}}}",
        "[{\"final_answer\":\"yes\",\"kinds\":[\"BETA\"]}]",
        "The schema {\"type\":\"object\"} asks for {\"final_answer\":\"yes\",\"kinds\":[\"BETA\"]}",
        "<think>{\"final_answer\":\"no\",\"kinds\":[]}</think>{\"final_answer\":\"yes\",\"kinds\":[\"BETA\"]}",
        "{\"final_answer\":\"yes\",\"kinds\":[\"BETA\"]",
        "[[ ## final_answer ## ]]\nyes\n[[ ## kinds ## ]]\nBETA\n[[ ## completed ## ]]"
      })
  void readsTheObjectHoweverItIsWritten(String reply) {
    assertThat(parse(reply)).isEqualTo(EXPECTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "For example {\"final_answer\":\"draft\",\"kinds\":[]} would be wrong."
            + " Final: {\"final_answer\":\"yes\",\"kinds\":[\"BETA\"]}",
        "Example: {\"final_answer\":\"...\",\"kinds\":[\"...\"]}"
            + " Mine: {\"final_answer\":\"yes\",\"kinds\":[\"BETA\"]}",
        "{\"final_answer\":\"yes\",\"kinds\":[\"BETA\"]}"
            + " It has the form {\"final_answer\":\"...\",\"kinds\":[\"...\"]}.",
        "Not {'final_answer':'no','kinds':[]}, but"
            + "\n```json\n{\"output\":{\"final_answer\":\"yes\",\"kinds\":[\"BETA\"]}}\n```",
        "{\"final_answer\":\"yes\",\"kinds\":[\"BETA\"]}"
            + " and [{\"final_answer\":\"no\",\"kinds\":[]}]"
      })
  void takesTheLastObjectThatFits(String reply) {
    assertThat(parse(reply)).isEqualTo(EXPECTED);
  }

  @Test
  void takesTheFirstObjectWhereTheReplyBeginsWithIt() {
    String reply =
        "{\"final_answer\":\"yes\",\"kinds\":[\"BETA\"]}\n\nNext text: cats."
            + "\n{\"final_answer\":\"no\",\"kinds\":[]}";

    assertThat(parse(reply)).isEqualTo(EXPECTED);
  }

  @Test
  void complainsAboutTheLastObjectIfNoneFits() {
    assertThatThrownBy(
            () ->
                parse(
                    "Example: {\"final_answer\":\"a\",\"kinds\":[\"...\"]}"
                        + " Mine: {\"final_answer\":\"b\",\"kinds\":[\"GAMMA\"]}"))
        .isInstanceOf(ReplyFormatException.class)
        .hasMessageContaining("GAMMA");
  }

  @Test
  void aFieldWhoseValueIsAnObjectIsNoWrapper() {
    Signature<ObjectNode, ObjectNode> signature = Signature.parse("text -> x: dict[str, int]");

    assertThat(TestReplies.read(Adapter.json(), signature, "{\"x\":{\"x\":1}}"))
        .hasToString("{\"x\":{\"x\":1}}");
    assertThat(TestReplies.read(Adapter.json(), signature, "{\"y\":{\"x\":{\"a\":1}}}"))
        .hasToString("{\"x\":{\"a\":1}}");
  }

  @Test
  void saysExactlyWhatIsWrong() {
    assertThatThrownBy(() -> parse("{\"final_answer\":\"yes\"}"))
        .isInstanceOfSatisfying(
            ReplyFormatException.class, e -> assertThat(e.path()).isEqualTo("kinds"))
        .hasMessage("The reply's JSON object has no key \"kinds\", only the keys final_answer.");
    assertThatThrownBy(() -> parse("{\"final_answer\":\"yes\",\"kinds\":[\"ALPHA\",\"GAMMA\"]}"))
        .isInstanceOfSatisfying(
            ReplyFormatException.class, e -> assertThat(e.path()).isEqualTo("kinds[1]"))
        .hasMessage("kinds[1]: found \"GAMMA\", expected one of ALPHA | BETA.");
    assertThatThrownBy(() -> parse("No idea."))
        .hasMessage(
            "The reply has no JSON object with the keys \"final_answer\", \"kinds\", \"note\";"
                + " it begins with \"No idea.\".");
    assertThatThrownBy(() -> parse("")).hasMessageStartingWith("The reply is empty");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"final_answer\":\"ye", "{\"final_answer\":\"yes\",\"kinds\":[\"BETA\"",
        "{\"kinds\":[\"BETA\"],\"final_answer\":\"yes\",",
            "```json\n{\"kinds\":[],\"final_answer\":\"ye"
      })
  void refusesAnObjectThatWasCutOff(String reply) {
    assertThatThrownBy(() -> parse(reply))
        .isInstanceOf(ReplyFormatException.class)
        .hasMessageContaining("ends before it is complete");
  }

  @Test
  void doesNotTakeTheFillerOfIncompleteDemosForAValue() {
    assertThatThrownBy(() -> parse("{\"final_answer\":\"" + Turns.NOT_GIVEN + "\",\"kinds\":[]}"))
        .isInstanceOf(ReplyFormatException.class)
        .hasMessageContaining("no key \"final_answer\"");
  }

  @Test
  void anObjectWithATypeIsTheTextOfAFieldUnlessItIsTheSchemaThatIsSent() {
    Signature<ObjectNode, ObjectNode> one = Signature.parse("text -> answer: str");
    String invoice = "{\"type\":\"invoice\",\"total\":5}";

    ObjectNode read = TestReplies.read(Adapter.json(), one, "{\"answer\":" + invoice + "}");

    assertThat(read.path("answer").stringValue()).isEqualTo(invoice);
    for (String schema :
        List.of("{\"type\":\"string\"}", "{\"description\":\"the answer\",\"type\":\"string\"}")) {
      assertThatThrownBy(() -> TestReplies.read(Adapter.json(), one, "{\"answer\":" + schema + "}"))
          .isInstanceOf(ReplyFormatException.class)
          .hasMessageContaining("what the layout has");
    }
  }

  @Test
  void manyKeysThatNobodyAskedForAreReadInTimeThatGrowsWithTheirNumber() {
    Signature<ObjectNode, ObjectNode> optional =
        Signature.parse("text -> a: str?, b: str?, c: str?, v: str");
    StringBuilder reply = new StringBuilder("{\"v\":\"x\"");
    for (int i = 0; i < 100_000; i++) {
      reply.append(",\"key").append(i).append("\":1");
    }
    reply.append('}');

    ObjectNode read =
        assertTimeoutPreemptively(
            Duration.ofSeconds(30),
            () -> TestReplies.read(Adapter.json(), optional, reply.toString()));

    assertThat(read.path("v").stringValue()).isEqualTo("x");
  }

  @Test
  void onlyTheAnswerOfManyCandidatesIsConverted() {
    Signature<ObjectNode, ObjectNode> date = Signature.parse("text -> v: date");
    String reply = "[[ ## v ## ]]\n".repeat(70_000);

    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () ->
            assertThatThrownBy(() -> TestReplies.read(Adapter.json(), date, reply))
                .isInstanceOf(ReplyFormatException.class));
  }

  @Test
  void textBetweenObjectsIsLookedThroughForQuestionsAndWhiteSpaceIsNot() {
    Signature<ObjectNode, ObjectNode> one = Signature.parse("text -> answer: str");
    String same = "{\"answer\":\"x\"}";

    assertThat(
            TestReplies.read(Adapter.json(), one, same + "\n\n" + same).path("answer").asString())
        .isEqualTo("x");
    assertThat(
            TestReplies.read(
                    Adapter.json(),
                    one,
                    same + "\n[[ ## text ## ]]\nanother\n{\"answer\":\"of another\"}")
                .path("answer")
                .asString())
        .isEqualTo("x");
  }
}
