package dev.hone.faults;

import static dev.hone.faults.OneReply.REFUSED;
import static dev.hone.faults.OneReply.chatReply;
import static dev.hone.faults.OneReply.json;
import static dev.hone.faults.OneReply.section;
import static dev.hone.faults.OneReply.show;

import dev.hone.signature.Desc;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Choices with their descriptions, words for nothing, lists in a text. */
class ValuesAndWhatIsBesideThemTest {
  enum Mood {
    @Desc("fear, anxiety, or distress")
    FEAR,
    JOY
  }

  record M(Mood mood) {}

  record S(Set<Mood> moods) {}

  record OT(Optional<String> nick) {}

  record OD(Optional<LocalDate> due) {}

  record ON(Optional<Double> price) {}

  record Home(String street) {}

  record Person(String name, Optional<String> zip, Optional<Home> home) {}

  record P(Person person) {}

  record Tags(List<String> tags) {
    public String toString() {
      return show(tags);
    }
  }

  @Test
  void aChoiceMayHaveItsDescriptionBesideIt() {
    String r = "M[mood=FEAR]";
    chatReply(M.class, section("mood", "FEAR: fear, anxiety, or distress"), r);
    chatReply(M.class, section("mood", "FEAR - fear, anxiety, or distress"), r);
    chatReply(M.class, section("mood", "FEAR (fear, anxiety, or distress)"), r);
    json(M.class, "{\"mood\": \"FEAR: fear, anxiety, or distress\"}", r);
    chatReply(
        S.class,
        section("moods", "[\"FEAR: fear, anxiety, or distress\", \"JOY\"]"),
        "S[moods=[FEAR, JOY]]");
    chatReply(
        S.class,
        section("moods", "- FEAR: fear, anxiety, or distress\n- JOY"),
        "S[moods=[FEAR, JOY]]");
    chatReply(M.class, section("mood", "FEAR: or rather JOY"), REFUSED);
  }

  @Test
  void wordsForNothingAreNothing() {
    for (String v : List.of("N/A", "n/a", "-", "null", "none", "")) {
      chatReply(OT.class, section("nick", v), "OT[nick=Optional.empty]");
      chatReply(OD.class, section("due", v), "OD[due=Optional.empty]");
      chatReply(Tags.class, section("tags", v), "");
    }
    json(ON.class, "{\"price\": \"N/A\"}", "ON[price=Optional.empty]");
    chatReply(
        P.class,
        section("person", "{\"name\": \"A\", \"zip\": \"N/A\", \"home\": \"N/A\"}"),
        "P[person=Person[name=A, zip=Optional.empty, home=Optional.empty]]");
  }

  @Test
  void aListWrittenAsATextIsSplit() {
    chatReply(
        Tags.class, section("tags", "java, sql and bash"), "<java> + <sql> + <bash>", REFUSED);
  }
}
