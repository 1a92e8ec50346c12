package dev.hone.faults;

import static dev.hone.faults.OneReply.REFUSED;
import static dev.hone.faults.OneReply.chat;
import static dev.hone.faults.OneReply.json;
import static dev.hone.faults.OneReply.show;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Inputs of the test suites of other libraries that repair or read JSON, given as replies. */
class PeerSuiteRepliesTest {
  enum Animal {
    CAT,
    DOG,
    BIRD
  }

  record Tags(List<String> tags) {
    public String toString() {
      return show(tags);
    }
  }

  record TagSet(Set<String> tags) {
    public String toString() {
      return show(tags);
    }
  }

  record T(String answer, Optional<String> note) {
    public String toString() {
      return "<" + answer + "> " + note.map(n -> "<" + n + ">").orElse("-");
    }
  }

  record B(List<String> bad, Optional<List<String>> good) {
    public String toString() {
      return show(bad) + " | " + good.map(OneReply::show).orElse("-");
    }
  }

  record N(int n, Optional<Double> m) {
    public String toString() {
      return n + " " + m.map(String::valueOf).orElse("-");
    }
  }

  record M(Map<String, Integer> scores) {
    public String toString() {
      return scores.toString();
    }
  }

  record J(JsonNode value) {
    public String toString() {
      return value.toString();
    }
  }

  record I(int value) {
    public String toString() {
      return "" + value;
    }
  }

  record D(double value) {
    public String toString() {
      return "" + value;
    }
  }

  record Bo(boolean value) {
    public String toString() {
      return "" + value;
    }
  }

  record E(Animal value) {
    public String toString() {
      return "" + value;
    }
  }

  @Test
  void whatComesAfterAClosingBraceIsNotPassedOver() {
    json(T.class, "{\"answer\": \"value\"}, \"note\": \"value2\"}", "<value> <value2>", REFUSED);
    json(T.class, "{\"answer\": \"value\"}, \"note\" \"value2\"}", "<value> <value2>", REFUSED);
    json(T.class, "{\"answer\": \"value\"}, \"note\": }", REFUSED);
    chat(M.class, "{\"a\": 1}, \"b\": 2}", "{a=1, b=2}", REFUSED);
    json(N.class, "{\"n\": 10}, \"m\": 20}", "10 20.0", REFUSED);
    json(
        T.class,
        "{\"answer\": \"the set {a, b\"} is small\", \"note\": \"n\"}",
        "<the set {a, b\"} is small> <n>",
        REFUSED);
    json(
        T.class, "{\"answer\": words{words in brackets}}", "<words{words in brackets}> -", REFUSED);
    json(T.class, "{\n\"answer\": \"a\n\"\n\",\n\"note\": \"x\",\n}", "<a\n\"\n> <x>", REFUSED);
  }

  @Test
  void aMissingQuoteOrCommaMakesNoOtherValue() {
    chat(Tags.class, "[\"hello,\"world\"]", "<hello> + <world>", REFUSED);
    chat(Tags.class, "[a\",\"b\"]", "<a> + <b>", REFUSED);
    json(T.class, "{\"answer\":foo\",\"note\":\"bar\"}", "<foo> <bar>", REFUSED);
    chat(Tags.class, "[\n\"abc,\n\"def\"\n]", "<abc> + <def>", REFUSED);
    chat(Tags.class, "[\"abc,/*comment*/\"def\"]", "<abc> + <def>", REFUSED);
    json(T.class, "{\"answer\": \"\"value\"}", "<value> -", REFUSED);
    json(T.class, "{\"answer\": \"first, note: \"second\"}", "<first> <second>", REFUSED);
    json(T.class, "{\"answer\":value \"note\":\"value2\" }", "<value> <value2>", REFUSED);
    json(T.class, "{ \"answer\": 1 \"note\": null }", "<1> -", REFUSED);
    json(
        B.class,
        "{\"bad\": [\"Lorem\",\"consectetur\" comment],\"good\": [\"elit\",\"sed\"]}",
        "<Lorem> + <consectetur> + <comment> | <elit> + <sed>",
        "<Lorem> + <consectetur\" comment> | <elit> + <sed>",
        REFUSED);
    chat(J.class, "[{\"i\":1{\"i\":2}]", "[{\"i\":1},{\"i\":2}]", REFUSED);
  }

  @Test
  void dotsForWhatIsLeftOutAreNoItem() {
    chat(Tags.class, "[\"a\", \"b\", ...]", "<a> + <b>", REFUSED);
    chat(Tags.class, "[...]", "", REFUSED);
    chat(
        J.class,
        "[true, false, null, ...]",
        "[true,false,null]",
        REFUSED,
        "\"[true, false, null, ...]\"");
    chat(J.class, "[1, 2, ... , 3]", "[1,2,3]", REFUSED, "\"[1, 2, ... , 3]\"");
    json(J.class, "{\"value\": {\"array\":[1,2,3,...]}}", "{\"array\":[1,2,3]}", REFUSED);
  }

  @Test
  void theBracketsOfAnotherLanguageAreAListToo() {
    chat(Tags.class, "{'key1', 'key2'}", "<key1> + <key2>", REFUSED);
    chat(Tags.class, "(\"a\", \"b\", \"c\")", "<a> + <b> + <c>", REFUSED);
  }

  @Test
  void codeThatMakesATextIsNoPartOfIt() {
    json(
        T.class,
        "{\"answer\": \"hello\" + \" world\", \"note\": \"n\"}",
        "<hello world> <n>",
        REFUSED);
    json(T.class, "{\n  \"answer\": 'hello' +\n 'world'\n}", "<helloworld> -", REFUSED);
    chat(Tags.class, "[\"abc+/*comment*/\"def\"]", "<abcdef>", REFUSED);
    json(T.class, "{\"answer\": (\"x\")}", "<x> -", REFUSED);
    json(
        T.class,
        "{\"answer\": ''Female aged 60+'', \"note\": \"n\"}",
        "<Female aged 60+> <n>",
        REFUSED);
    json(T.class, "{\"answer\": \"hello\" +\n \" world\"}", "<hello world> -", REFUSED);
  }

  @Test
  void spacesThatNobodySeesAreSkipped() {
    json(T.class, "{\"answer\":\u200b\"foo\"}", "<foo> -", REFUSED);
    json(T.class, "{\"answer\":\u202f\"foo\"}", "<foo> -", REFUSED);
    chat(Tags.class, "[\"a\",\u202f\"b\"]", "<a> + <b>", REFUSED);
  }

  @Test
  void unquotedWordsForNothingAndTruthAreNoTexts() {
    json(T.class, "{\"answer\": \"x\", \"note\": undefined}", "<x> -", REFUSED);
    json(T.class, "{\"answer\": undefined}", REFUSED);
    chat(Tags.class, "[undefined]", "", REFUSED);
    chat(
        J.class,
        "{\"key\": TRUE, \"key2\": FALSE, \"key3\": Null}",
        "{\"key\":true,\"key2\":false,\"key3\":null}");
  }

  @Test
  void quotesThatAreAllEscapedAreNoPartOfAText() {
    chat(Tags.class, "[\\\"hello \\\\\"world\\\\\"\\\"]", "<hello \"world\">", REFUSED);
    json(
        T.class,
        "{\"answer\": \\\"hello world\\\", \"note\": \"n\"}",
        "<hello world> <n>",
        REFUSED);
    json(T.class, "{\"answer\": \\\"hello\", \"note\": \"n\"}", "<hello> <n>", REFUSED);
  }

  @Test
  void pairsAreNoItems() {
    chat(Tags.class, "[\"key\":\"value\"]", REFUSED);
  }

  @Test
  void aCommentAfterAValueIsNoPartOfIt() {
    chat(J.class, "{\"a\":2/*foo*/,/*foo*/}", "{\"a\":2}", REFUSED);
    json(N.class, "{\"n\": 2/*foo*/,/*foo*/}", "2 -");
  }

  @Test
  void anObjectOrBrokenJsonIsNoItem() {
    chat(Tags.class, "{\"tags\":\"banana\"}", "<banana>", REFUSED);
    chat(Tags.class, "{\"tags\": null}", "", REFUSED);
    chat(Tags.class, "{\"tags\":{\"name\":\"Klaus\"}}", REFUSED);
    chat(Tags.class, "{\"tags\": \"\"}", "", REFUSED);
    chat(Tags.class, "{oops}", "<oops>", REFUSED);
    chat(Tags.class, "[{]", "", REFUSED);
    chat(Tags.class, "[java, sql],", "<java> + <sql>", REFUSED);
  }

  @Test
  void aSingleValueMayBeOneObjectTooDeep() {
    chat(I.class, "{\"value\": \"-7\"}", "-7");
    chat(D.class, "{\"value\": 1.23}", "1.23");
    chat(Bo.class, "{\"value\": true}", "true");
    chat(E.class, "{\"value\":\"CAT\"}", "CAT");
  }

  @Test
  void whatWasReadRightlyStays() {
    json(T.class, "{\"answer\": \"first, \"note\": \"second\"}", REFUSED);
    chat(Tags.class, "[\"a\"\n\"b\"]", "<a> + <b>");
    chat(Tags.class, "[\"a\", \"...\"]", "<a> + <...>");
    json(M.class, "{\"scores\": {\"a\": 2, ...}}", REFUSED);
    chat(M.class, "{\"a\": 1}\n{\"b\": 2}", "{a=1, b=2}");
    chat(Tags.class, "[\"a\",\u00a0\"b\",\u3000\"c\"]", "<a> + <b> + <c>");
    json(T.class, "{\\\"answer\\\": \\\"x\\\"}", REFUSED, "<x> -");
    json(T.class, "{\"answer\": \"x\"} That is {all}.", "<x> -");
    chat(Tags.class, "[java, sql]", "<java> + <sql>");
    chat(Tags.class, "[\"java\", \"sql\"],", "<java> + <sql>");
    chat(Tags.class, "{\"banana\": [\"CAT\"]}", "<CAT>");
    chat(TagSet.class, "{'key1', 'key2'}", "<key1> + <key2>", REFUSED);
  }
}
