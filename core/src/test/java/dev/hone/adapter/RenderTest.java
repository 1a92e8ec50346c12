package dev.hone.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.adapter.frame.HeaderNames;
import dev.hone.adapter.frame.HeaderText;
import dev.hone.adapter.frame.Sections;
import dev.hone.coerce.JsonSchema;
import dev.hone.json.Json;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.ResponseFormat;
import dev.hone.prompt.Demo;
import dev.hone.prompt.Prompt;
import dev.hone.signature.Desc;
import dev.hone.signature.Signature;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class RenderTest {
  private static Prompt full() {
    ObjectNode part = Moderation.output();
    part.remove(List.of("score", "reason"));
    return Moderation.prompt(
        Moderation.demo("first, complete", Moderation.output()),
        Moderation.demo("second, without its score and reason", part));
  }

  private static LmRequest render(Adapter adapter, Prompt prompt) {
    return adapter.render(prompt, LmOptions.defaults(), Capabilities.TEXT);
  }

  @Test
  void chatLayout() {
    Golden.assertMatches("chat.txt", render(Adapter.chat(), full()));
  }

  @Test
  void jsonLayout() {
    Golden.assertMatches("json.txt", render(Adapter.json(), full()));
  }

  @Test
  void xmlLayout() {
    Golden.assertMatches("xml.txt", render(Adapter.xml(), full()));
  }

  @Test
  void everyTypeInTheChatLayout() {
    Golden.assertMatches("chat-types.txt", render(Adapter.chat(), everyType()));
  }

  @Test
  void everyTypeInTheXmlLayout() {
    Golden.assertMatches("xml-types.txt", render(Adapter.xml(), everyType()));
  }

  private static Prompt everyType() {
    Signature<ObjectNode, ObjectNode> signature =
        Signature.parse(
            "question: str, seen: list[str], when: date? -> a: str, b: str?, c: int, d: float, e: bool,"
                + " f: enum[x y|\"z\"], g: enum[x|y]?, h: list[enum[x|y]], i: set[str], j: list[list[int]],"
                + " k: dict[str, int], l: dict[enum[x|y], list[float?]], m: time, n: datetime, o: json");
    ObjectNode input = Json.object().put("question", "?").put("when", "2026-11-21");
    input.putArray("seen").add("a ## b ##").add("é\n");

    return Prompt.of(
        signature, signature.instructions(), List.of(), signature.input().encode(input));
  }

  private enum Level {
    @Desc("act now")
    HIGH,
    @Desc("can wait")
    LOW
  }

  private record Finding(Level level, String what) {}

  private record Findings(List<Finding> findings, Map<Level, Integer> counts) {}

  private record Text(String text) {}

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void tellsWhatValuesWithinObjectsAndKeysMean(boolean chat) {
    Signature<Text, Findings> signature = Signature.of(Text.class, Findings.class, "Find.");
    Prompt prompt =
        Prompt.of(signature, "Find.", List.of(), signature.input().encode(new Text("x")));

    String system = render(chat ? Adapter.chat() : Adapter.json(), prompt).messages().get(0).text();

    assertThat(system)
        .contains("    - `level` HIGH: act now\n    - `level` LOW: can wait\n")
        .contains("    - key HIGH: act now\n    - key LOW: can wait\n");
  }

  @Test
  void repairTurns() {
    ReplyFormatException error =
        new ReplyFormatException(
            "severity", "severity: found \"[[ ## score ## ]]\", expected one of LOW | HIGH.");

    Golden.assertMatches(
        "repair.txt",
        LmRequest.of(
            Adapter.chat().repairTurn(Moderation.SIGNATURE, error),
            Adapter.json().repairTurn(Moderation.SIGNATURE, error),
            Adapter.xml().repairTurn(Moderation.SIGNATURE, error)));
  }

  @Test
  void equalPromptsGiveEqualRequests() {
    for (Adapter adapter : List.of(Adapter.chat(), Adapter.json(), Adapter.xml())) {
      assertThat(render(adapter, full())).isEqualTo(render(adapter, full()));
    }
  }

  @Test
  void passesTheOptionsOn() {
    LmOptions options = LmOptions.defaults().withTemperature(0.3).withRolloutId(4);

    LmRequest request = Adapter.chat().render(full(), options, Capabilities.JSON_SCHEMA);

    assertThat(request.options()).isEqualTo(options);
    assertThat(request.format()).isEqualTo(ResponseFormat.TEXT);
    assertThat(request.cacheScope()).isEmpty();
  }

  @Test
  void jsonAsksForTheSchemaIffTheModelOffersThat() {
    ResponseFormat with =
        Adapter.json().render(full(), LmOptions.defaults(), Capabilities.JSON_SCHEMA).format();

    assertThat(with)
        .isEqualTo(
            ResponseFormat.jsonSchema(
                "severity_violations_score_reason_before_evidence",
                JsonSchema.of(Moderation.SIGNATURE.outputFields())));
    assertThat(render(Adapter.json(), full()).format()).isEqualTo(ResponseFormat.TEXT);
  }

  @Test
  void theNameOfTheSchemaIsShortAndPlain() {
    Signature<ObjectNode, ObjectNode> signature = Signature.parse("a -> größe, " + "b".repeat(70));
    Prompt prompt =
        Prompt.of(
            signature, "Do it.", List.of(), signature.input().encode(Json.object().put("a", "x")));

    ResponseFormat.JsonSchema format =
        (ResponseFormat.JsonSchema)
            Adapter.json().render(prompt, LmOptions.defaults(), Capabilities.JSON_SCHEMA).format();

    assertThat(format.name()).matches("[A-Za-z0-9_]{1,64}").startsWith("gr__e_bbb");
  }

  @Test
  void refusesADemoWithoutAnyOutputOrWithAnInputMissing() {
    Demo withoutOutputs = Moderation.demo("x", Json.object());
    ObjectNode half = Moderation.input("x");
    half.remove("snippet");
    Demo withoutInput = new Demo(half, Moderation.output(), Demo.Origin.LABELED, "");

    for (Adapter adapter : List.of(Adapter.chat(), Adapter.json(), Adapter.xml())) {
      assertThatThrownBy(() -> render(adapter, Moderation.prompt(withoutOutputs)))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("A demo has a value for none of the output fields [severity, ")
          .hasMessageContaining("Maybe ");
      assertThatThrownBy(() -> render(adapter, Moderation.prompt(withoutInput)))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("no value for \"snippet\", expected text");
    }
  }

  @Test
  void theEndMarkerGivesWayToAFieldOfItsName() {
    Signature<ObjectNode, ObjectNode> signature = Signature.parse("task -> completed: bool");
    Prompt prompt =
        Prompt.of(
            signature,
            "Do it.",
            List.of(),
            signature.input().encode(Json.object().put("task", "x")));

    String user = render(Adapter.chat(), prompt).messages().get(1).text();
    ObjectNode read =
        TestReplies.read(
            Adapter.chat(), signature, "[[ ## completed ## ]]\nyes\n\n[[ ## all_completed ## ]]");

    assertThat(user).endsWith("`[[ ## completed ## ]]` and end with `[[ ## all_completed ## ]]`.");
    assertThat(read).hasToString("{\"completed\":true}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[[ ## severity ## ]]",
        "[[## severity ##]]",
        "a [[ \\## severity ## ]] b",
        "\\\\## x ##",
        "## a ## b ##",
        "### a ###",
        "####",
        "C:\\## x ##\\",
        "## no header",
        "##größe 2 ##",
        "#\\## a ##",
        "##-a-##",
        "## a\n##"
      })
  void whatLooksLikeAHeaderIsDisguisedSoThatNobodyTakesItForOne(String text) {
    String disguised = HeaderText.disguise(text);
    HeaderNames names =
        HeaderNames.of(
            Signature.parse("x -> y").inputFields(),
            Signature.parse("q -> severity, a, b, größe_2").outputFields());

    assertThat(HeaderText.reveal(disguised)).isEqualTo(text);
    assertThat(Sections.read(disguised, names).seen()).isEmpty();
    String json = Json.write(Json.array().add(text));
    assertThat(Json.parse(HeaderText.disguiseJson(json))).isEqualTo(Json.parse(json));
    assertThat(Sections.read(HeaderText.disguiseJson(json), names).seen()).isEmpty();
  }
}
