package dev.hone.faults;

import static dev.hone.faults.OneReply.REFUSED;
import static dev.hone.faults.OneReply.chatReply;
import static dev.hone.faults.OneReply.json;
import static dev.hone.faults.OneReply.section;
import static dev.hone.faults.OneReply.show;

import java.util.List;
import org.junit.jupiter.api.Test;

/** JSON that can be read in more than one way is read as it was plainly meant, or refused. */
class JsonThatIsNotStrictTest {
  enum Mood {
    CALM,
    ANGRY
  }

  record L(List<String> tags) {
    public String toString() {
      return show(tags);
    }
  }

  record Note(String text, String source) {}

  record N(List<Note> notes) {}

  record T(String summary, Mood mood) {}

  record A(String answer) {}

  @Test
  void quotesThatAreNotEscapedMakeNoOtherItems() {
    String right = "<He said \"stop\", then left> + <b>", no = REFUSED;
    chatReply(L.class, section("tags", "[\"He said \"stop\", then left\", \"b\"]"), right, no);
    chatReply(
        L.class,
        section("tags", "[\"the \"dictator\", waiting on a response\"]"),
        "<the \"dictator\", waiting on a response>",
        no);
    json(
        L.class,
        "{\"tags\": [\"a 3/4\" bolt, long\", \"nut\"]}",
        "<a 3/4\" bolt, long> + <nut>",
        no);
    chatReply(
        N.class,
        section("notes", "[{\"text\": \"The \"best\", source: me\", \"source\": \"Tools\"}]"),
        "N[notes=[Note[text=The \"best\", source: me, source=Tools]]]",
        no);
    chatReply(L.class, section("tags", "[\"java\" \"sql\"]"), "<java> + <sql>", no);
    json(
        T.class,
        "{\"summary\": \"Sent it to the \"dictator\", waiting.\", \"mood\": \"CALM\"}",
        "T[summary=Sent it to the \"dictator\", waiting., mood=CALM]",
        REFUSED);
    json(
        T.class,
        "{\"summary\": \"uses \"offside\" and \"penalty\". To improve, try\", \"mood\": \"CALM\"}",
        "T[summary=uses \"offside\" and \"penalty\". To improve, try, mood=CALM]");
    json(
        T.class,
        "{\"summary\": \"a 65\" television\", \"mood\": \"CALM\"}",
        "T[summary=a 65\" television, mood=CALM]");
  }

  @Test
  void singleBackslashesLoseNoCharacters() {
    String bs = "\\";
    chatReply(
        L.class,
        section("tags", "[\"" + bs + "alpha = " + bs + "frac{1}{2}\"]"),
        "<" + bs + "alpha = " + bs + "frac{1}{2}>",
        REFUSED);
    chatReply(
        L.class,
        section("tags", "[\"C:" + bs + "Users" + bs + "new" + bs + "temp\"]"),
        "<C:" + bs + "Users" + bs + "new" + bs + "temp>",
        REFUSED);
    chatReply(
        L.class,
        section("tags", "[\"" + bs + "(K_" + bs + "beta" + bs + ")\"]"),
        "<" + bs + "(K_" + bs + "beta" + bs + ")>",
        REFUSED);
    json(
        A.class,
        "{\"answer\": \"$" + bs + "frac{1}{4}$\"}",
        "A[answer=$" + bs + "frac{1}{4}$]",
        REFUSED);
    json(
        A.class,
        "{\"answer\": \"" + bs + "boldsymbol{x}\"}",
        "A[answer=" + bs + "boldsymbol{x}]",
        REFUSED);
    chatReply(
        A.class, section("answer", "$" + bs + "frac{1}{4}$"), "A[answer=$" + bs + "frac{1}{4}$]");
    chatReply(
        L.class,
        section("tags", "[\"" + bs + bs + "alpha = " + bs + bs + "frac{1}{2}\"]"),
        "<" + bs + "alpha = " + bs + "frac{1}{2}>");
  }
}
