package dev.hone.local;

import static dev.hone.local.Asking.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.adapter.Adapter;
import dev.hone.context.Context;
import dev.hone.json.Json;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.MessagePart;
import dev.hone.lm.ToolSpec;
import dev.hone.program.CallGuidance;
import dev.hone.program.Predict;
import dev.hone.prompt.Demo;
import dev.hone.prompt.Trajectory;
import dev.hone.prompt.Trajectory.Turn;
import dev.hone.signature.Codec;
import dev.hone.signature.Signature;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import dev.hone.type.MessageKind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class CallsToolsTest {
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
                  tool("lookup", "finds animals", "text", "what to look for"),
                  tool("finish", "gives the answer, which ends the task", "answer", "")));

  private static final String KEEPER =
      "Bruno | The lion Bruno is fed by Ada Stone.\nMilo | The bear Milo is fed by Tom Reed.";
  private static final String HOME =
      "Ada Stone | Ada Stone is a keeper. She lives in Harwich.\nTom Reed | Tom Reed lives in Deal.";

  /** The model as it calls natively, in sections and in JSON. */
  record Way(Adapter adapter, boolean calls) {}

  static Stream<Way> ways() {
    return Stream.of(
        new Way(Adapter.chat(), true),
        new Way(Adapter.chat(), false),
        new Way(Adapter.json(), false));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void looksFirstAndThenAnswers(Way way) {
    JsonNode first = next(way, STEP, "Who feeds the lion Bruno?", Trajectory.empty());

    assertThat(first.path("tool").asString("")).isEqualTo("lookup");
    assertThat(first.at("/arguments/text").asString("")).contains("Bruno");

    JsonNode second =
        next(way, STEP.withDemos(oneLook()), "Who feeds the lion Bruno?", looked("Bruno", KEEPER));

    assertThat(second.path("tool").asString("")).isEqualTo("finish");
    assertThat(second.at("/arguments/answer").asString("")).isEqualTo("Ada Stone");
  }

  @ParameterizedTest
  @MethodSource("ways")
  void looksAgainForTheNameThatItFoundAsDemosDo(Way way) {
    JsonNode next =
        next(
            way,
            STEP.withDemos(twoLooks()),
            "Where does the keeper of the lion Bruno live?",
            looked("Bruno", KEEPER));

    assertThat(next.path("tool").asString("")).isEqualTo("lookup");
    assertThat(next.at("/arguments/text").asString("")).isEqualTo("Ada Stone");

    Trajectory done = looked("Bruno", KEEPER).plus(turn("lookup", "text", "Ada Stone", HOME));
    JsonNode last =
        next(
            way, STEP.withDemos(twoLooks()), "Where does the keeper of the lion Bruno live?", done);

    assertThat(last.path("tool").asString("")).isEqualTo("finish");
    assertThat(last.at("/arguments/answer").asString("")).isEqualTo("Harwich");
  }

  @ParameterizedTest
  @MethodSource("ways")
  void neverPassesTheSameTextTwice(Way way) {
    Trajectory refused =
        looked("Bruno", KEEPER).plus(turn("finish", "answer", "Ada Stone", "not an answer"));

    JsonNode next = next(way, STEP.withDemos(oneLook()), "Who feeds the lion Bruno?", refused);

    assertThat(next.at("/arguments/answer").asString("")).isNotEqualTo("Ada Stone");
  }

  @ParameterizedTest
  @MethodSource("ways")
  void callsTheToolThatItMust(Way way) {
    Context context = context(way);

    ObjectNode outputs =
        CallGuidance.requireTool(context, "finish")
            .call(() -> STEP.run(input("Who feeds the lion Bruno?", looked("Bruno", KEEPER))));

    assertThat(outputs.at("/calls/0/tool").asString("")).isEqualTo("finish");
  }

  @Test
  void decidesTheSameInBothProtocols() {
    List<JsonNode> calls =
        ways()
            .map(
                way ->
                    next(
                        way,
                        STEP.withDemos(twoLooks()),
                        "Who feeds the bear Milo?",
                        looked("Milo", KEEPER)))
            .map(call -> (JsonNode) ((ObjectNode) call).without("id"))
            .toList();

    assertThat(calls).containsOnly(calls.get(0));
  }

  private static List<Demo> oneLook() {
    return List.of(
        demo(
            "Who feeds the seal Otto?",
            looked(
                "Otto", "Otto | The seal Otto is fed by Eve Hart.\nUlf | Ulf is fed by Jo Pike."),
            "Eve Hart"),
        demo(
            "Who feeds the goat Lulu?",
            looked(
                "Lulu", "Lulu | The goat Lulu is fed by Max Bell.\nZoe | Zoe is fed by Ida Fox."),
            "Max Bell"));
  }

  private static List<Demo> twoLooks() {
    return List.of(
        demo(
            "Where does the keeper of the seal Otto live?",
            looked("Otto", "Otto | The seal Otto is fed by Eve Hart.\nUlf | Ulf is fed by Jo Pike.")
                .plus(
                    turn(
                        "lookup",
                        "text",
                        "Eve Hart",
                        "Eve Hart | Eve Hart lives in Rye.\nJo Pike | Jo Pike lives in Ware.")),
            "Rye"),
        demo(
            "Where does the keeper of the goat Lulu live?",
            looked("Lulu", "Lulu | The goat Lulu is fed by Max Bell.\nZoe | Zoe is fed by Ida Fox.")
                .plus(
                    turn(
                        "lookup",
                        "text",
                        "Max Bell",
                        "Max Bell | Max Bell is old. He lives in Hythe.\nIda Fox | Ida Fox lives in Ely.")),
            "Hythe"));
  }

  private static Trajectory looked(String text, String found) {
    return Trajectory.empty().plus(turn("lookup", "text", text, found));
  }

  private static Turn turn(String tool, String parameter, String value, String result) {
    String arguments = Json.write(Json.object().put(parameter, value));
    return new Turn(
        "Look.",
        List.of(MessagePart.toolCall("", tool, arguments)),
        List.of(MessagePart.toolResult("", tool, result, false)));
  }

  private static Demo demo(String question, Trajectory done, String answer) {
    ObjectNode outputs = Json.object().put("thought", "Found.");
    outputs
        .putArray("calls")
        .addObject()
        .put("id", "x")
        .put("tool", "finish")
        .set("arguments", Json.object().put("answer", answer));
    return new Demo(input(question, done), outputs, Demo.Origin.BOOTSTRAPPED, "");
  }

  private static ObjectNode input(String question, Trajectory done) {
    ObjectNode input = Json.object().put("question", question);
    input.set("trajectory", done.toJson());
    return input;
  }

  private static JsonNode next(
      Way way, Predict<ObjectNode, ObjectNode> step, String question, Trajectory done) {
    return context(way).call(() -> step.run(input(question, done))).path("calls").path(0);
  }

  private static Context context(Way way) {
    return Context.builder().lm(new Limited(way.calls())).adapter(way.adapter()).build();
  }

  private static ToolSpec tool(String name, String description, String parameter, String said) {
    return ToolSpec.of(
        name,
        description,
        object(
            "{'type':'object','properties':{'%s':{'type':'string','description':'%s'}},'required':['%s']}"
                .formatted(parameter, said, parameter)));
  }

  /** The embedded model, with native calls or without. */
  private record Limited(boolean calls) implements LanguageModel {
    @Override
    public LmResponse call(LmRequest request) {
      assertThat(request.tools().isEmpty()).isNotEqualTo(calls);
      return EmbeddedModel.load().call(request);
    }

    @Override
    public String id() {
      return "limited " + calls;
    }

    @Override
    public Capabilities capabilities() {
      return Capabilities.TEXT.toBuilder().toolCalls(calls).build();
    }
  }
}
