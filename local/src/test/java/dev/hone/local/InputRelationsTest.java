package dev.hone.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.json.Json;
import dev.hone.program.Predict;
import dev.hone.prompt.Demo;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Whether one input fits another is learnt from demos, and holds for subjects that none has. */
class InputRelationsTest {
  private static final List<String[]> PAIRS =
      List.of(
          new String[] {"The bakery sells rye bread.", "Fresh loaves come out of the oven at six."},
          new String[] {"My knee is swollen.", "A cold compress helps against swelling."},
          new String[] {"The striker scored twice.", "He headed the ball into the net."},
          new String[] {"Our train was late.", "The railway line was blocked by snow."},
          new String[] {"The laptop does not start.", "Press the power button for ten seconds."},
          new String[] {"We planted roses.", "The garden needs water in the evening."},
          new String[] {"Her violin is old.", "The orchestra plays strings from Italy."},
          new String[] {"Interest rates rose again.", "The bank makes loans more expensive."},
          new String[] {"The whale came up to breathe.", "Sea mammals live in cold oceans."},
          new String[] {"A judge heard the case.", "The court found the man guilty."});

  private static ObjectNode input(int first, int second) {
    return Json.object().put("text", PAIRS.get(first)[0]).put("other", PAIRS.get(second)[1]);
  }

  private static double right(Predict<ObjectNode, ObjectNode> predict, int from) {
    int right = 0;
    for (int i = from; i < PAIRS.size(); i++) {
      int next = i + 1 < PAIRS.size() ? i + 1 : from;
      right += Asking.ask(predict, input(i, i)).get("code").asString().equals("P1") ? 1 : 0;
      right += Asking.ask(predict, input(i, next)).get("code").asString().equals("P2") ? 1 : 0;
    }
    return right / (2.0 * (PAIRS.size() - from));
  }

  @Test
  void learnsFromDemosWhetherTwoInputsFit() {
    Predict<ObjectNode, ObjectNode> bare =
        Asking.predict("text, other -> code: enum[P1|P2]", "Give the code.");
    List<Demo> demos = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      demos.add(demo(i, i, "P1"));
      demos.add(demo(i, (i + 1) % 5, "P2"));
    }

    assertThat(right(bare, 5)).isBetween(0.3, 0.7);
    assertThat(right(bare.withDemos(demos), 5)).isGreaterThanOrEqualTo(0.8);
  }

  private static Demo demo(int first, int second, String code) {
    return new Demo(input(first, second), Json.object().put("code", code), Demo.Origin.LABELED, "");
  }
}
