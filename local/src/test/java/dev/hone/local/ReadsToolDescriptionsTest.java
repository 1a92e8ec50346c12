package dev.hone.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.adapter.Adapter;
import dev.hone.json.Json;
import dev.hone.lm.LmOptions;
import dev.hone.lm.ToolSpec;
import dev.hone.program.Predict;
import dev.hone.prompt.Trajectory;
import dev.hone.signature.Codec;
import dev.hone.signature.Signature;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import dev.hone.type.MessageKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Two tools whose names say nothing: what is said of them decides which is called. */
class ReadsToolDescriptionsTest {
  private static final String OF_ANIMALS = "tells what an animal of the zoo eats and who feeds it";
  private static final String OF_TRAINS = "gives the times and the prices of trains to a town";

  private static final Predict<ObjectNode, ObjectNode> STEP =
      Predict.of(
              Signature.of(
                  Codec.ofJson(
                      List.of(
                          Field.of("question", new FieldType.Text()),
                          Field.of("trajectory", new FieldType.Message(MessageKind.TRAJECTORY)))),
                  Codec.ofJson(
                      List.of(
                          Field.of("thought", new FieldType.Text(true)),
                          Field.of("calls", new FieldType.Message(MessageKind.TOOL_CALLS)))),
                  "Answer the question."))
          .withTools(
              List.of(
                  tool("first", "finds texts"),
                  tool("second", "finds texts"),
                  tool("finish", "gives the answer, which ends the task")));

  private static final List<String> ANIMALS =
      List.of(
          "Who feeds the lion Bruno?",
          "What do the penguins get for breakfast?",
          "Which keeper looks after the seals?",
          "How much hay does the elephant need?");

  private static final List<String> TRAINS =
      List.of(
          "When does the next express leave for Harwich?",
          "What does a ticket to Deal cost?",
          "Is there a late connection to Rye on Sundays?",
          "How long is the journey from Ware to Ely?");

  @Test
  void goodDescriptionsLeadToTheRightToolAndMisleadingOnesToTheOther() {
    assertThat(right(OF_ANIMALS, OF_TRAINS)).isEqualTo(8);
    assertThat(right(OF_TRAINS, OF_ANIMALS)).isZero();
  }

  @Test
  void descriptionsThatSayTheSameTellNothing() {
    assertThat(right("finds texts", "finds texts")).isBetween(3L, 5L);
  }

  @Test
  void aBetterDescriptionOfOneToolAloneIsBetter() {
    assertThat(right(OF_ANIMALS, "finds texts")).isGreaterThan(4);
    assertThat(right("finds texts", OF_TRAINS)).isGreaterThan(4);
  }

  @Test
  void writesATextForEveryKeyThatAMapMustHave() {
    ObjectNode input =
        Json.object()
            .put("facts", "The lens makes far things large. The anchor holds a ship in place.");

    ObjectNode said =
        Asking.ask(
            Asking.predict("facts -> sayings: map[enum[lens|anchor], str]", "Say what each does."),
            input);

    assertThat(said.at("/sayings/lens").asString("")).contains("far things");
    assertThat(said.at("/sayings/anchor").asString("")).contains("a ship");
  }

  /**
   * How many of the questions on animals go to the first tool, and of those on trains to the
   * second.
   */
  private static long right(String first, String second) {
    return ANIMALS.stream().filter(q -> called(q, first, second).equals("first")).count()
        + TRAINS.stream().filter(q -> called(q, first, second).equals("second")).count();
  }

  private static String called(String question, String first, String second) {
    ObjectNode input = Json.object().put("question", question);
    input.set("trajectory", Trajectory.empty().toJson());
    var described =
        STEP.withState(STEP.state().withToolDescriptions(Map.of("first", first, "second", second)));
    return Asking.ask(Adapter.chat(), LmOptions.defaults(), described, input)
        .at("/calls/0/tool")
        .asString("");
  }

  private static ToolSpec tool(String name, String description) {
    return ToolSpec.of(
        name,
        description,
        Asking.object(
            "{'type':'object','properties':{'text':{'type':'string'}},'required':['text']}"));
  }
}
