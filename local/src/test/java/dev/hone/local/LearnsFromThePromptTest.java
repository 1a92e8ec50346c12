package dev.hone.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.adapter.Adapter;
import dev.hone.lm.LmOptions;
import dev.hone.program.Predict;
import dev.hone.prompt.Demo;
import dev.hone.signature.Codec;
import dev.hone.signature.Signature;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** What the prompt says of values, and the demos in it, decide the answers. */
class LearnsFromThePromptTest {
  private static final String ADAPTERS = "dev.hone.local.Asking#adapters";
  private static final String PLAIN = "Sort the note.";

  /** Names without meaning, so that only descriptions, notes and demos can. */
  private static final List<List<String>> NAMES =
      List.of(
          List.of("K1", "K2", "K3"),
          List.of("FIRST", "SECOND", "THIRD"),
          List.of("left", "middle", "right"),
          List.of("quux", "wug", "blick"));

  /** Three topics, eight texts of each. */
  private static final List<List<String>> TEXTS =
      List.of(
          List.of(
              "Add two eggs and whisk the butter until it melts.",
              "Bake the bread for an hour, then let it cool.",
              "This soup wants more salt and pepper.",
              "Fry the onions in a pan with some oil.",
              "Peel the potatoes and boil them.",
              "The sauce needs garlic and tomatoes.",
              "Roast the chicken in the oven.",
              "Stir the rice and add the vegetables."),
          List.of(
              "The striker scored twice in the second half.",
              "Our team lost the final after extra time.",
              "The referee showed him a yellow card.",
              "The goalkeeper saved a penalty.",
              "They won the championship last season.",
              "The coach changed three players.",
              "The match ended in a draw.",
              "Fans filled the stadium for the derby."),
          List.of(
              "The patient has a fever and a sore throat.",
              "Take one tablet after every meal, said the doctor.",
              "The surgeon operated on her knee.",
              "The nurse measured his blood pressure.",
              "An infection is treated with antibiotics.",
              "The hospital admitted her with chest pain.",
              "The vaccine protects against the virus.",
              "His headache got worse at night."));

  private static final List<String> DESCRIPTIONS =
      List.of(
          "cooking, recipes, food (in a kitchen): meals",
          "football and other sports: matches, players",
          "illness, medicine, doctors: treatment in a hospital");

  /** Texts with the names of their topics: those from one index up to another of each topic. */
  private static List<String[]> rows(List<String> names, int from, int to) {
    List<String[]> rows = new ArrayList<>();
    for (int i = from; i < to; i++) {
      for (int topic = 0; topic < names.size(); topic++) {
        rows.add(new String[] {TEXTS.get(topic).get(i), names.get(topic)});
      }
    }
    return rows;
  }

  private static double meanShare(Function<List<String>, Predict<ObjectNode, ObjectNode>> predict) {
    return NAMES.stream()
        .mapToDouble(names -> Asking.share(predict.apply(names), "note", "kind", rows(names, 0, 8)))
        .average()
        .orElseThrow();
  }

  private static String signature(List<String> names) {
    return "note -> kind: enum[" + String.join("|", names) + "]";
  }

  private static String notes(List<String> names, String form) {
    StringBuilder notes = new StringBuilder(PLAIN);
    for (int i = 0; i < names.size(); i++) {
      String said = DESCRIPTIONS.get(i).replace(':', ';').replace(", ", "; ");
      notes.append("\n").append(form.formatted(names.get(i), said));
    }
    return notes.toString();
  }

  private static Predict<ObjectNode, ObjectNode> described(List<String> names) {
    List<FieldType.Allowed> allowed = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      allowed.add(new FieldType.Allowed(names.get(i), DESCRIPTIONS.get(i)));
    }
    FieldType kind = new FieldType.Choice(allowed);
    return Predict.of(
        Signature.of(
            Codec.ofJson(List.of(Field.of("note", new FieldType.Text()))),
            Codec.ofJson(List.of(Field.of("kind", kind).withDescription("what (roughly): it is"))),
            PLAIN));
  }

  private static List<Demo> demos(String in, String out, List<String[]> rows) {
    return rows.stream()
        .map(
            row ->
                Asking.demo(
                    "{'%s': '%s'}".formatted(in, row[0]), "{'%s': '%s'}".formatted(out, row[1])))
        .toList();
  }

  @Test
  void describedValuesAndNotesBeatBareOnes() {
    double bare = meanShare(names -> Asking.predict(signature(names), PLAIN));
    double described = meanShare(LearnsFromThePromptTest::described);
    double notes = meanShare(names -> Asking.predict(signature(names), notes(names, "%s: %s")));

    assertThat(described).isGreaterThan(bare + 0.1);
    assertThat(notes).isGreaterThan(bare + 0.3);
  }

  @Test
  void aNoteCountsHoweverItsNameIsWritten() {
    double plain = meanShare(names -> Asking.predict(signature(names), notes(names, "%s: %s")));
    double bullets =
        meanShare(names -> Asking.predict(signature(names), notes(names, "- **`%s`**: %s")));
    double upperCase =
        meanShare(names -> Asking.predict(signature(names), notes(names, "%S : %s")));

    assertThat(bullets).isEqualTo(plain);
    assertThat(upperCase).isEqualTo(plain);
  }

  @ParameterizedTest
  @MethodSource(ADAPTERS)
  void demosDecide(Adapter adapter) {
    List<String> names = NAMES.get(0);
    List<String> swapped = List.of("K3", "K2", "K1");
    Predict<ObjectNode, ObjectNode> predict = Asking.predict(signature(names), PLAIN);
    String note = "Whisk the eggs and bake the bread.";

    ObjectNode first =
        ask(adapter, predict.withDemos(demos("note", "kind", rows(names, 0, 4))), note);
    ObjectNode second =
        ask(adapter, predict.withDemos(demos("note", "kind", rows(swapped, 0, 4))), note);

    assertThat(first.get("kind").stringValue()).isEqualTo("K1");
    assertThat(second.get("kind").stringValue()).isEqualTo("K3");
  }

  /** Every name is another, so only the meaning of a name could change an answer. */
  @Test
  void renamingFieldsAndValuesConsistentlyRenamesTheAnswers() {
    List<Integer> first = topics("note", "kind", NAMES.get(0));

    assertThat(first).containsExactly(0, 1, 2, 0, 1, 2);
    assertThat(topics("florp", "zib", NAMES.get(3))).isEqualTo(first);
    assertThat(topics("kind", "note", NAMES.get(1))).isEqualTo(first);
  }

  /** The topics of the last texts, after demos of the others. */
  private static List<Integer> topics(String in, String out, List<String> names) {
    String signature = "%s -> %s: enum[%s]".formatted(in, out, String.join("|", names));
    Predict<ObjectNode, ObjectNode> predict =
        Asking.predict(signature, PLAIN).withDemos(demos(in, out, rows(names, 0, 6)));
    return rows(names, 6, 8).stream()
        .map(row -> Asking.ask(predict, Asking.object("{'%s': '%s'}".formatted(in, row[0]))))
        .map(answer -> names.indexOf(answer.get(out).stringValue()))
        .toList();
  }

  @ParameterizedTest
  @MethodSource(ADAPTERS)
  void setsBooleansAndLabelsOfFreeTextAreLearntToo(Adapter adapter) {
    Predict<ObjectNode, ObjectNode> predict =
        Asking.predict(
                "note -> tags: set[enum[A1|B2]], hot: bool, label, left: enum[A1|B2]?", PLAIN)
            .withDemos(
                List.of(
                    reply("Bake the bread.", "['A1']", true, "kitchen", "'A1'"),
                    reply("Fry an egg in a pan.", "['A1']", true, "kitchen", "'A1'"),
                    reply("She scored a goal.", "['B2']", false, "pitch", "'B2'"),
                    reply("The team lost the match.", "['B2']", false, "pitch", "'B2'"),
                    reply("The train to Rome is late.", "[]", false, "elsewhere", "null"),
                    reply("Our bus did not come.", "[]", false, "elsewhere", "null")));

    ObjectNode bread = ask(adapter, predict, "Bake a cake and some bread.");
    ObjectNode bus = ask(adapter, predict, "The train and the bus were late.");

    assertThat(bread.toString())
        .isEqualTo("{\"tags\":[\"A1\"],\"hot\":true,\"label\":\"kitchen\",\"left\":\"A1\"}");
    assertThat(bus.toString())
        .isEqualTo("{\"tags\":[],\"hot\":false,\"label\":\"elsewhere\",\"left\":null}");
  }

  private static Demo reply(String note, String tags, boolean hot, String label, String left) {
    return Asking.demo(
        "{'note': '" + note + "'}",
        "{'tags': %s, 'hot': %s, 'label': '%s', 'left': %s}".formatted(tags, hot, label, left));
  }

  private static ObjectNode ask(
      Adapter adapter, Predict<ObjectNode, ObjectNode> predict, String note) {
    return Asking.ask(
        adapter, LmOptions.defaults(), predict, Asking.object("{'note': '" + note + "'}"));
  }

  @ParameterizedTest
  @MethodSource(ADAPTERS)
  void numbersAreCopiedWhereDemosCopyThemAndElseAreThoseOfTheNearestDemo(Adapter adapter) {
    Predict<ObjectNode, ObjectNode> predict =
        Asking.predict("note -> price: int, stars: int", PLAIN)
            .withDemos(
                List.of(
                    Asking.demo("{'note': 'Wonderful food, 12 euro'}", "{'price': 12, 'stars': 5}"),
                    Asking.demo(
                        "{'note': 'Awful service, 30 euro'}", "{'price': 30, 'stars': 1}")));

    ObjectNode answer = ask(adapter, predict, "Wonderful pasta for 17 euro");

    assertThat(answer.toString()).isEqualTo("{\"price\":17,\"stars\":5}");
  }

  @ParameterizedTest
  @MethodSource(ADAPTERS)
  void aDemoThatLacksAnOutputTeachesTheOthers(Adapter adapter) {
    Predict<ObjectNode, ObjectNode> predict =
        Asking.predict("note -> kind: enum[A1|B2], why", PLAIN)
            .withDemos(
                List.of(
                    Asking.demo("{'note': 'Bake the bread.'}", "{'kind': 'A1'}"),
                    Asking.demo("{'note': 'Fry the fish.'}", "{'kind': 'A1'}"),
                    Asking.demo("{'note': 'She scored a goal.'}", "{'kind': 'B2'}"),
                    Asking.demo("{'note': 'They lost the match.'}", "{'why': 'a sport'}")));

    assertThat(ask(adapter, predict, "Bake a cake.").get("kind").stringValue()).isEqualTo("A1");
    assertThat(ask(adapter, predict, "She scored a late goal.").get("kind").stringValue())
        .isEqualTo("B2");
    assertThat(ask(adapter, predict, "She scored a late goal.").get("why").stringValue())
        .doesNotContain("not given");
  }

  @ParameterizedTest
  @MethodSource(ADAPTERS)
  void thePartsOfAnObjectAreLearntOneByOne(Adapter adapter) {
    Predict<NoteIn, NoteOut> predict =
        Predict.of(NoteIn.class, NoteOut.class, PLAIN)
            .withDemos(
                List.of(
                    Asking.demo(
                        "{'note': 'Bake 3 breads.'}", "{'found': {'kind': 'A1', 'count': 3}}"),
                    Asking.demo(
                        "{'note': 'She scored 2 goals.'}",
                        "{'found': {'kind': 'B2', 'count': 2}}")));

    NoteOut out = Asking.ask(adapter, LmOptions.defaults(), predict, new NoteIn("Bake 8 cakes."));

    assertThat(out.found()).isEqualTo(new Found(Kind.A1, 8));
  }

  enum Kind {
    A1,
    B2
  }

  record NoteIn(String note) {}

  record Found(Kind kind, int count) {}

  record NoteOut(Found found) {}
}
