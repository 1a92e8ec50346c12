package dev.hone.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.adapter.Adapter;
import dev.hone.json.Json;
import dev.hone.lm.LmOptions;
import dev.hone.program.Predict;
import dev.hone.prompt.Demo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** Texts are written as demos write them: by quoting the same kind of sentences, or by theirs. */
class WritesLikeDemosTest {
  private static final String ADAPTERS = "dev.hone.local.Asking#adapters";

  private static final List<String[]> FACTS =
      List.of(
          new String[] {"When does the museum open?", "The museum opens at ten."},
          new String[] {"How tall is the tower?", "The tower is ninety metres tall."},
          new String[] {"Who painted the ceiling?", "The ceiling was painted by a monk."},
          new String[] {"Where can I park my car?", "Cars are parked behind the station."},
          new String[] {"Are dogs allowed on the beach?", "Dogs may use the beach in winter."},
          new String[] {"What does the ferry cost?", "A ticket for the ferry is four crowns."});

  /** Three facts, the one that answers the question at another place each time. */
  private static String guide(int fact) {
    List<String> sentences = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      sentences.add(FACTS.get((fact + i) % FACTS.size())[1]);
    }
    Collections.rotate(sentences, fact);
    return String.join(" ", sentences);
  }

  private static Demo demo(String guide, String question, String words) {
    return new Demo(
        Json.object().put("guide", guide).put("question", question),
        Json.object().put("words", words),
        Demo.Origin.LABELED,
        "");
  }

  private static Predict<ObjectNode, ObjectNode> writer(List<Demo> demos) {
    return Asking.predict("guide, question -> words", "Write something.").withDemos(demos);
  }

  private static String ask(
      Adapter adapter, Predict<ObjectNode, ObjectNode> writer, String guide, String question) {
    ObjectNode input = Json.object().put("guide", guide).put("question", question);
    return Asking.ask(adapter, LmOptions.defaults(), writer, input).get("words").stringValue();
  }

  @ParameterizedTest
  @MethodSource(ADAPTERS)
  void quotesTheKindOfSentenceThatDemosQuote(Adapter adapter) {
    List<Demo> demos = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      demos.add(demo(guide(i), FACTS.get(i)[0], FACTS.get(i)[1]));
    }

    for (int i = 4; i < 6; i++) {
      assertThat(ask(adapter, writer(demos), guide(i), FACTS.get(i)[0])).isEqualTo(FACTS.get(i)[1]);
    }
  }

  @ParameterizedTest
  @MethodSource(ADAPTERS)
  void cutsOutTheKindOfPieceThatDemosCutOut(Adapter adapter) {
    List<Demo> keepers =
        List.of(
            demo("The seal Otto is fed by Eve Hart. He came in 1990.", "Who feeds it?", "Eve Hart"),
            demo("Lulu came in 1984. The goat is fed by Max Bell.", "Who feeds it?", "Max Bell"),
            demo("The swan Ida is fed by Tom Reed, in Deal.", "Who feeds it?", "Tom Reed"));
    List<Demo> years =
        List.of(
            demo("The seal Otto is fed by Eve Hart. He came in 1990.", "When did it come?", "1990"),
            demo("Lulu came in 1984. The goat is fed by Max Bell.", "When did it come?", "1984"),
            demo("The swan Ida came in 2001 and lives in Deal.", "When did it come?", "2001"));
    String lion = "The lion Bruno is fed by Ada Stone. He came in 1993 from Rye.";

    assertThat(ask(adapter, writer(keepers), lion, "Who feeds it?")).isEqualTo("Ada Stone");
    assertThat(ask(adapter, writer(years), lion, "When did it come?")).isEqualTo("1993");
  }

  @Test
  void cutsOutOfASingleInput() {
    Predict<ObjectNode, ObjectNode> finder =
        Asking.predict("question -> name", "Write something.")
            .withDemos(
                List.of(
                    Asking.demo(
                        "{'question':'Where does the keeper of the seal Otto live?'}",
                        "{'name':'Otto'}"),
                    Asking.demo(
                        "{'question':'When was the goat Lulu bought?'}", "{'name':'Lulu'}")));

    ObjectNode input = Json.object().put("question", "When was the bear Milo fed?");

    assertThat(Asking.ask(finder, input).get("name").asString()).isEqualTo("Milo");
  }

  @Test
  void quotesAsManySentencesAsDemosDo() {
    List<Demo> all =
        List.of(
            demo(guide(0), FACTS.get(0)[0], guide(0)), demo(guide(1), FACTS.get(1)[0], guide(1)));

    String words = ask(Adapter.chat(), writer(all), guide(3), FACTS.get(3)[0]);

    assertThat(TextTokens.sentences(words))
        .containsExactlyInAnyOrderElementsOf(TextTokens.sentences(guide(3)));
  }

  @Test
  void quotesTheInputThatDemosQuote() {
    List<Demo> demos = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      demos.add(demo(guide(i), FACTS.get(i)[0], FACTS.get(i)[0]));
    }

    String words = ask(Adapter.chat(), writer(demos), guide(4), FACTS.get(4)[0]);

    assertThat(words).isEqualTo(FACTS.get(4)[0]);
  }

  @ParameterizedTest
  @MethodSource(ADAPTERS)
  void writesTheNearestDemosTextWhereDemosDoNotQuote(Adapter adapter) {
    List<Demo> demos =
        List.of(
            demo("We have bread and cake.", "Is the bread fresh?", "Ask the baker in the yard."),
            demo("The doctor comes on Monday.", "My arm hurts!", "Call the surgery first."));

    String words = ask(adapter, writer(demos), "We bake rolls and pies.", "Are the rolls warm?");

    assertThat(words).isEqualTo("Ask the baker in the yard.");
  }

  @Test
  void atATemperatureRolloutsQuoteOtherSentences() {
    List<Demo> demos =
        List.of(
            demo(guide(0), FACTS.get(0)[0], FACTS.get(0)[1]),
            demo(guide(1), FACTS.get(1)[0], FACTS.get(1)[0]));
    List<String> drawn = new ArrayList<>();

    for (int rollout = 1; rollout <= 20; rollout++) {
      LmOptions options = LmOptions.builder().temperature(2).rolloutId(rollout).build();
      ObjectNode input = Json.object().put("guide", guide(2)).put("question", FACTS.get(2)[0]);
      drawn.add(
          Asking.ask(Adapter.chat(), options, writer(demos), input).get("words").stringValue());
    }

    assertThat(drawn.stream().distinct().count()).isGreaterThan(1);
  }
}
