package dev.hone.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.json.LenientJson.Reading;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Where JSON can be read in more than one way: read as it was plainly meant, or in doubt. */
class JsonDoubtTest {

  private static String text(String written) {
    return written.replace('⏎', '\n');
  }

  private static Optional<Reading> read(String text) {
    return text.strip().startsWith("{")
        ? LenientJson.readObject(text)
        : LenientJson.readArray(text);
  }

  private static void isRead(String written, String expected) {
    String text = text(written);
    Reading reading = read(text).orElseThrow();

    assertThat(reading.doubt()).as(written).isNull();
    assertThat(reading.value()).as(written).isEqualTo(Json.parse(text(expected)));
    JsonParts parts = JsonParts.of(text);
    assertThat(parts.parts()).hasSize(1);
    assertThat(parts.parts().get(0).doubt()).isNull();
    assertThat(parts.parts().get(0).value()).isEqualTo(reading.value());
  }

  /** In doubt, or no JSON at all: in no case a value. */
  private static void isNoValue(String written) {
    String text = text(written);

    assertThat(read(text).filter(r -> r.doubt() == null && !r.truncated())).as(written).isEmpty();
    assertThat(ObjectsOfText.usable(text, object -> true)).as(written).isEmpty();
    JsonParts parts = JsonParts.of(text);
    assertThat(parts.parts())
        .as(written)
        .allMatch(part -> part.doubt() != null || part.truncated() || parts.broken());
  }

  private static void isInDoubt(String written) {
    assertThat(read(text(written)).orElseThrow().doubt()).as(written).isNotNull();
    isNoValue(written);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '§',
      value = {
        "[\"He said \"stop\", then left\", \"b\"]¦[\"He said \\\"stop\\\", then left\", \"b\"]",
        "[\"the \"dictator\", waiting on it\"]¦[\"the \\\"dictator\\\", waiting on it\"]",
        "[\"uses \"a\" and \"b\". So\", \"c\"]¦[\"uses \\\"a\\\" and \\\"b\\\". So\", \"c\"]",
        "[{\"text\": \"The \"best\", source: me\", \"source\": \"Tools\"}]"
            + "¦[{\"text\": \"The \\\"best\\\", source: me\", \"source\": \"Tools\"}]",
        "{\"a\": \"To the \"dictator\", waiting.\", \"b\": 1}"
            + "¦{\"a\": \"To the \\\"dictator\\\", waiting.\", \"b\": 1}",
        "{\"a\": \"the key \"name\": it is\", \"b\": 1}"
            + "¦{\"a\": \"the key \\\"name\\\": it is\", \"b\": 1}",
        "{\"a\": \"say \"hi\"\", \"b\": 1}¦{\"a\": \"say \\\"hi\\\"\", \"b\": 1}",
        "{\"a\": \"\"To be\" he said\", \"b\": 1}¦{\"a\": \"\\\"To be\\\" he said\", \"b\": 1}",
        "{\"tags\": [\"a 3/4\" bolt, long\", \"nut\"]}"
            + "¦{\"tags\": [\"a 3/4\\\" bolt, long\", \"nut\"]}",
        "{\"a\": \"a 65\" television\", \"b\": 1}¦{\"a\": \"a 65\\\" television\", \"b\": 1}",
        "[\"a 24\"x36\" board\", \"y\"]¦[\"a 24\\\"x36\\\" board\", \"y\"]",
        "['it's', 'the dogs' bowl', 'x']¦[\"it's\", \"the dogs' bowl\", \"x\"]",
        "['He said 'stop', then left', 'b']¦[\"He said 'stop', then left\", \"b\"]",
        "[“He said “stop”, then left”, “b”]¦[\"He said “stop”, then left\", \"b\"]",
        "[\"java\" \"sql\"]¦[\"java\", \"sql\"]",
        "[\"java\"⏎\"sql\"]¦[\"java\", \"sql\"]",
        "[\"a\" \"b\" \"c\"]¦[\"a\", \"b\", \"c\"]",
        "{\"a\": \"x\" \"b\": \"y\"}¦{\"a\": \"x\", \"b\": \"y\"}",
        "{\"a\": \"x\"⏎\"b\": \"y\"}¦{\"a\": \"x\", \"b\": \"y\"}",
        "{⏎\"a\": \"x⏎y\",⏎\"b\": 1,⏎}¦{\"a\": \"x\\ny\", \"b\": 1}",
        "{\"w\": {\"b\": \"in {\"c\"} d\"}}¦{\"w\": {\"b\": \"in {\\\"c\\\"} d\"}}",
      })
  void readsQuotesWithinATextWhereOneReadingFits(String written, String expected) {
    isRead(written, expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"He said \"stop\", \"b\"]",
        "[\"say \"a\", \"b\" now\", \"c\"]",
        "[\"use \"a\", \"b\" or \"c\" here\", \"x\"]",
        "[\"x\" or \"y\", \"b\"]",
        "[\"a b\" c\", \"nut\"]",
        "[\"a\", b\", \"c\"]",
        "[\"1\", 2\", \"3\"]",
        "[\"hello\"world\"]",
        "[\"hello,\"world\"]",
        "[⏎\"abc,⏎\"def\"⏎]",
        "[\"abc,/*comment*/\"def\"]",
        "[\"a 5\" // b\", \"c\",⏎\"d\"]",
        "[a\",\"b\"]",
        "[\"a\", b\"]",
        "{\"answer\":foo\",\"note\":\"bar\"}",
        "{\"answer\": \"\"value\"}",
        "{\"answer\": \"first, note: \"second\"}",
        "{\"answer\": \"first, \"note\": \"second\"}",
        "{\"answer\": \"first\", note\": \"second\"}",
        "{\"answer\":value \"note\":\"value2\" }",
        "{ \"answer\": 1 \"note\": null }",
        "{\"bad\": [\"Lorem\",\"consectetur\" comment],\"good\": [\"elit\",\"sed\"]}",
        "[{\"i\":1{\"i\":2}]",
        "{\"a\": \"the key \"name\": 3 is\", \"b\": 1}",
        "{\"a\": \"the \"b\", c: 1, d: x\", \"e\": 1}",
        "{⏎\"answer\": \"a⏎\"⏎\",⏎\"note\": \"x\",⏎}",
        "{\"a\": \"he said \"\"hi\"\" to\", \"b\": 1}",
      })
  void isInDoubtWhereAQuoteCanEndATextOrBelongToIt(String written) {
    isInDoubt(written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"answer\": \"value\"}, \"note\": \"value2\"}",
        "{\"answer\": \"value\"}, \"note\" \"value2\"}",
        "{\"answer\": \"value\"}, \"note\": }",
        "{\"answer\": \"value\"}, 'note': 'value2'}",
        "{\"answer\": \"value\"}, note: \"value2\"}",
        "{\"answer\": \"value\"}⏎\"note\": \"value2\"⏎}",
        "{\"answer\": \"value\"} \"note\": \"value2\"",
        "{\"answer\": \"value\"}, \"note\": {\"answer\": \"inner\"}}",
        "{\"answer\": \"value\"}, \"more\": [{\"answer\": \"inner\"}]}",
        "{\"n\": 10}, \"m\": 20}",
        "{\"a\": 1}, \"b\": 2}",
        "[\"a\"], \"b\"]",
        "{\"answer\": \"the set {a, b\"} is small\", \"note\": \"n\"}",
        "{\"answer\": \"the set {a, b\"} is small\"}",
        "[\"in [1\"] it is\", \"n\"]",
        "{\"answer\": words{words in brackets}}",
        "{answer: a} b}",
        "{\"x\": {\"answer\": \"draft\"}, \"answer\" \"real\"}",
      })
  void isInDoubtWhereTheTextGoesOnWithAnObjectThatSeemsToHaveEnded(String written) {
    isInDoubt(written);
  }

  @Test
  void proseAndOtherValuesAfterAValueLeaveNoDoubt() {
    for (String after :
        List.of(
            "",
            "}",
            "]",
            "\n}",
            ",",
            "\nHope {this} helps!",
            " and [1] and \"that\"",
            ": done",
            "\n```\nDone: \"yes\".",
            "\nNote: it is.",
            "\n{\"b\": 2}",
            ", {\"b\": 2}")) {
      Reading reading = LenientJson.readObject("{\"a\": 1}" + after).orElseThrow();

      assertThat(reading.doubt()).as(after).isNull();
      assertThat(reading.value()).as(after).hasToString("{\"a\":1}");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"severity\":\"HIGH\",\"violations\":}",
        "{\"severity\":\"HIGH\",\"violations\": /* none */ }",
        "{\"violations\":,\"severity\":\"HIGH\"}",
        "{\"severity\":\"HIGH\",\"in\":{\"violations\":⏎}}",
        "{\"a\":1,\"a\":2}",
        "{\"a\":[1],\"b\":1,\"a\":[]}",
        "[{\"a\":\"x\",a:\"y\"}]",
      })
  void isInDoubtWhereANameHasNoValueOrTwo(String written) {
    isInDoubt(written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"a\", \"b\", ...]",
        "[...]",
        "[true, false, null, ...]",
        "[1, 2, ... , 3]",
        "[1, 2, …]",
        "[1, 2, .. ]",
        "[\"a\", ... more, \"b\"]",
        "{\"value\": {\"array\":[1,2,3,...]}}",
        "{\"a\": ...}",
        "{\"a\": 2, ...rest: 1}",
        "[. . .]",
        "[3...]",
      })
  void isInDoubtWhereDotsWithoutQuotesStandForWhatIsLeftOut(String written) {
    isInDoubt(written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"answer\": \"hello\" + \" world\", \"note\": \"n\"}",
        "{\"answer\": \"hello\" +⏎ \" world\"}",
        "{⏎  \"answer\": 'hello' +⏎ 'world'⏎}",
        "[\"abc+/*comment*/\"def\"]",
        "[\"abc\" + \"def\", \"g\"]",
        "{\"answer\": (\"x\")}",
        "{\"answer\": (x)}",
        "{\"answer\": ''Female aged 60+'', \"note\": \"n\"}",
        "{\"answer\": \"\"first\"\", \"note\": \"n\"}",
        "{\"answer\": \"\"\"text\"\"\", \"note\": \"n\"}",
        "{\"answer\": f\"text\", \"note\": \"n\"}",
        "{\"answer\": \"line one\"⏎ \"line two\", \"note\": \"n\"}",
        "{\"answer\": ObjectId(\"12\"), \"note\": \"n\"}",
        "{\"answer\": \\\"hello world\\\", \"note\": \"n\"}",
        "{\"answer\": \\\"hello\", \"note\": \"n\"}",
        "[\\\"hello \\\\\"world\\\\\"\\\"]",
        "[\"key\":\"value\"]",
        "[\"key\": value]",
        "[\"key\":3, \"b\":4]",
        "[key: value]",
        "{\"n\": word/*foo*/}",
        "[a/*b*/c]",
        "{\"answer\": Yes, it is: fine}",
        "{\"answer\": NaN}",
        "[-Infinity]",
        "[1 2 3]",
        "[1,000, 2,000]",
      })
  void sourceTextAndPairsAreNoPartOfAValueWithoutDoubt(String written) {
    isInDoubt(written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'a', 'b'}",
        "{\"x\": 1, {\"answer\": \"in\"}}",
        "{\"a\": 2, ...}",
        "{\\\"answer\\\": \\\"x\\\"}",
        "{\"on\": Date(2020, 1), \"note\": \"n\"}",
        "{\"answer\"}"
      })
  void whatCannotBeReadIsNotReadInPart(String written) {
    isNoValue(written);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '§',
      value = {
        "{\"answer\":\u200b\"foo\"}¦{\"answer\":\"foo\"}",
        "{\"answer\":\u202f\"foo\"}¦{\"answer\":\"foo\"}",
        "[\"a\",\u202f\"b\"\u2060]¦[\"a\",\"b\"]",
        "{\u200b\"a\"\u2060:\ufe0f1\u200b,\u00ad\"b\":\u2800x\u200b}¦{\"a\":1,\"b\":\"x\"}",
        "{\"a\":\"\u200bx\u200b\",}¦{\"a\":\"\u200bx\u200b\"}",
        "{\"a\":\"x\",\"n\": undefined}¦{\"a\":\"x\",\"n\":null}",
        "[undefined]¦[null]",
        "{\"a\": TRUE, \"b\": FALSE, \"c\": Null, \"d\": NULL, \"e\": True, \"f\": None, \"g\": nil}"
            + "¦{\"a\":true,\"b\":false,\"c\":null,\"d\":null,\"e\":true,\"f\":null,\"g\":null}",
        "{\"a\":2/*foo*/,/*foo*/}¦{\"a\":2}",
        "{\"a\":2 /*foo*/ , \"b\": true//x⏎, \"c\": HIGH /* y */, \"d\": LOW # z⏎}"
            + "¦{\"a\":2,\"b\":true,\"c\":\"HIGH\",\"d\":\"LOW\"}",
        "{\"a\": C#, \"b\": it's, \"c\": Paris (France)}"
            + "¦{\"a\":\"C#\",\"b\":\"it's\",\"c\":\"Paris (France)\"}",
        "{\"a\" => 1, b = 2}¦{\"a\":1,\"b\":2}",
        "[\"a\", \"...\", NONE]¦[\"a\",\"...\",\"NONE\"]",
      })
  void readsWhatHasOnePlainReading(String written, String expected) {
    isRead(written, expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '§',
      value = {
        "[\"\\alpha = \\frac{1}{2}\"]¦[\"\\\\alpha = \\\\frac{1}{2}\"]",
        "[\"\\(K_\\beta\\)\"]¦[\"\\\\(K_\\\\beta\\\\)\"]",
        "[\"\\d+\\.\\w+\"]¦[\"\\\\d+\\\\.\\\\w+\"]",
        "[\"C:\\Users\\Data\"]¦[\"C:\\\\Users\\\\Data\"]",
        "[\"\\\\alpha \\\\frac\",]¦[\"\\\\alpha \\\\frac\"]",
        "[\"a\\nb \\theta\",]¦[\"a\\nb \\theta\"]",
        "['it\\'s']¦[\"it's\"]",
        "[\"\\f{\\b 1\",]¦[\"\\f{\\b 1\"]",
      })
  void backslashesThatJsonDoesNotKnowAreMeantAsWritten(String written, String expected) {
    isRead(written, expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"C:\\Users\\new\\temp\"]",
        "[\"\\alpha \\times \\theta\"]",
        "[\"\\d+ \\\"x\\\"\"]",
        "[\"\\d \\\\ e\"]",
        "[\"\\alpha \\u00e9\"]",
        "{\"answer\": \"$\\frac{1}{4}$\"}",
        "{\"answer\": \"\\boldsymbol{x}\"}",
        "{\"answer\": \"x\\n\\beta\", \"b\": [1]}",
        "{\"\\frac\": 1}",
        "{\"answer\": \"\\\\\\frac\"}",
        "{\"answer\": \"\\frac\",}",
        "See {\"answer\": \"\\frac\"} for it.",
      })
  void isInDoubtWhereABackslashCanBeAnEscapeOrNot(String written) {
    String text = written.startsWith("See") ? written.substring(4) : written;
    isInDoubt(text);
  }

  @Test
  void strictEscapesAreWhatJsonSays() {
    for (String json :
        List.of(
            "{\"a\":\"\\\\frac \\\\boldsymbol\"}",
            "{\"a\":\"\\nabla \\theta \\rho\"}",
            "{\"a\":\"\\f1 \\b{\"}",
            "{\"a\":\"\\u000cx\"}")) {
      Reading reading = LenientJson.read(json).orElseThrow();

      assertThat(reading.doubt()).as(json).isNull();
      assertThat(reading.value()).as(json).isEqualTo(Json.parse(json));
    }
  }

  @Test
  void aDoubtIsNotAvoidedByReadingAPartOfWhatIsInDoubt() {
    String text = "{\"x\": {\"answer\": \"draft\"}, \"answer\": \"say \"hi, \"c\": 1}";

    Reading reading = LenientJson.readObject(text, o -> o.has("answer")).orElseThrow();

    assertThat(reading.doubt()).isNotNull();
    assertThat(ObjectsOfText.all(text, o -> o.has("answer")))
        .singleElement()
        .matches(one -> one.doubt() != null);
  }

  @Test
  void aPlainValueIsPreferredToOneInDoubtThatStandsElsewhere() {
    String text = "{\"a\": ...} is the form: {\"a\": 1}";

    Reading reading = LenientJson.readObject(text).orElseThrow();

    assertThat(reading.value()).hasToString("{\"a\":1}");
    assertThat(reading.doubt()).isNull();
    assertThat(ObjectsOfText.all(text, ObjectNode::isObject)).hasSize(2);
    assertThat(ObjectsOfText.usable(text, ObjectNode::isObject)).hasSize(1);
  }

  @Test
  void theWordsNameThePlaceAndBothReadingsAndAreShort() {
    String words = read("[\"He said \"stop\", \"b\"]").orElseThrow().doubt();

    assertThat(words)
        .contains(
            "at character 16", "`He said \"stop`", "can end here", "or go on with this quote");
    assertThat(read("[\"" + "x ".repeat(5000) + "\"stop\", \"b\"]").orElseThrow().doubt())
        .hasSizeLessThan(300);
    assertThat(read("{\"" + "k".repeat(5000) + "\":}").orElseThrow().doubt()).hasSizeLessThan(300);
  }
}
