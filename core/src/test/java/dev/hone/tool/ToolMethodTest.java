package dev.hone.tool;

import static dev.hone.tool.ToolRunnerTest.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.context.Context;
import dev.hone.json.Json;
import dev.hone.lm.FakeModel;
import dev.hone.lm.MessagePart;
import dev.hone.program.ChainOfThought;
import dev.hone.program.Predict;
import dev.hone.program.Predictors;
import dev.hone.program.Program;
import dev.hone.signature.Argument;
import dev.hone.signature.Desc;
import dev.hone.signature.Limits;
import dev.hone.tool.ToolOutcome.Status;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ToolMethodTest {
  enum Unit {
    @Desc("as in France")
    CELSIUS,
    FAHRENHEIT
  }

  record Place(String city, Optional<String> country) {}

  record Weather(double temperature, LocalDate day) {}

  static class Station {
    @ToolMethod("the weather of a place")
    Weather weather(
        @Desc("where") Place place,
        @Argument(defaultValue = "CELSIUS") Unit unit,
        @Limits(min = 1, max = 7) int days,
        Set<String> tags) {
      return new Weather(unit == Unit.CELSIUS ? 20.5 : 68, LocalDate.of(2026, 1, days));
    }

    @ToolMethod(value = "says hello", name = "hello")
    @SuppressWarnings("UnusedMethod") // called as a tool
    private static String greet(@Argument(name = "who") String name) {
      return "hello " + name;
    }

    @ToolMethod("resets all")
    void reset() {}

    void notATool(Thread thread) {}
  }

  private static ToolOutcome run(List<Tool> tools, String name, String arguments) {
    return ToolRunner.of(tools).start().outcomes(List.of(call(name, arguments))).get(0);
  }

  private static String text(List<Tool> tools, String name, String arguments) {
    return run(tools, name, arguments).result().text();
  }

  @Test
  void readsNamesTypesDescriptionsLimitsAndDefaultsFromTheMethod() {
    List<Tool> tools = Tools.of(new Station());

    assertThat(tools).extracting(Tool::name).containsExactly("hello", "reset", "weather");
    assertThat(tools.get(2).spec().description()).isEqualTo("the weather of a place");
    assertThat(Json.write(tools.get(2).spec().parameters()))
        .isEqualTo(
            Json.write(
                Json.parse(
                    """
                {"type": "object", "properties": {
                  "place": {"type": "object", "properties": {
                    "city": {"type": "string"}, "country": {"type": ["string", "null"]}},
                    "required": ["city", "country"], "additionalProperties": false,
                    "description": "where"},
                  "unit": {"anyOf": [{"type": "string", "enum": ["CELSIUS", "FAHRENHEIT"]},
                    {"type": "null"}], "description": "default: CELSIUS"},
                  "days": {"type": "integer", "minimum": 1, "maximum": 7},
                  "tags": {"type": "array", "items": {"type": "string"}}},
                 "required": ["place", "unit", "days", "tags"], "additionalProperties": false}
                """)));
  }

  @Test
  void callsMethodsWithArgumentsOfTheirTypes() {
    List<Tool> tools = Tools.of(new Station());

    assertThat(
            text(
                tools,
                "weather",
                "{\"place\": {\"city\": \"Nice\"}, \"days\": \"2\", \"tags\": [\"a\"]}"))
        .isEqualTo("{\"temperature\":20.5,\"day\":\"2026-01-02\"}");
    assertThat(text(tools, "hello", "{\"who\": \"Ada\"}")).isEqualTo("hello Ada");
    assertThat(text(tools, "reset", "")).isEqualTo("done");
    assertThat(
            text(tools, "weather", "{\"place\": {\"city\": \"Nice\"}, \"days\": 9, \"tags\": []}"))
        .contains("days", "9", "at most 7");
    assertThat(text(tools, "weather", "{\"place\": {}, \"days\": 1, \"tags\": []}"))
        .contains("place.city");
  }

  @Test
  void aClassGivesItsStaticMethods() {
    class Only {
      @ToolMethod("one")
      static int one() {
        return 1;
      }
    }

    assertThat(text(Tools.of(Only.class), "one", "{}")).isEqualTo("1");
    assertThatThrownBy(() -> Tools.of(Station.class))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is not static, and no object was given");
  }

  interface Greeter {
    @ToolMethod("greets")
    String greet(String who);
  }

  static class Loud implements Greeter {
    @Override
    public String greet(String who) {
      return who + "!";
    }
  }

  @Test
  void anAnnotationOfAnInterfaceHoldsForTheClass() {
    Greeter proxy =
        (Greeter)
            java.lang.reflect.Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Greeter.class},
                (self, method, arguments) -> arguments[0] + "?");

    assertThat(text(Tools.of(new Loud()), "greet", "{\"who\": \"Ada\"}")).isEqualTo("Ada!");
    assertThat(text(Tools.of(proxy), "greet", "{\"who\": \"Ada\"}")).isEqualTo("Ada?");
  }

  static class Overloaded {
    @ToolMethod("a")
    String find(int id) {
      return "";
    }

    @ToolMethod("b")
    String find(String name) {
      return "";
    }
  }

  static class Generic<T> {
    @ToolMethod("a")
    String find(T id) {
      return "";
    }
  }

  static class VarArgs {
    @ToolMethod("a")
    String find(String... ids) {
      return "";
    }
  }

  static class Later {
    @ToolMethod("a")
    CompletableFuture<String> find() {
      return CompletableFuture.completedFuture("");
    }
  }

  static class BadDefault {
    @ToolMethod("a")
    String find(@Argument(defaultValue = "many") int most) {
      return "";
    }
  }

  @Test
  void saysWhyAMethodCannotBeATool() {
    assertRefused(new Overloaded(), "Two methods of", "\"find\"", "@ToolMethod(name = \"...\")");
    assertRefused(new Generic<String>(), "Generic.find has the type T");
    assertRefused(new VarArgs(), "VarArgs.find takes any number of arguments", "take a List");
    assertRefused(new Later(), "Later.find returns a CompletableFuture", "return its value");
    assertRefused(new BadDefault(), "most", "\"many\"", "whole number");
    assertRefused(new Object(), "has no method with @ToolMethod");
  }

  private static void assertRefused(Object owner, String... words) {
    assertThatThrownBy(() -> Tools.of(owner))
        .isInstanceOf(InvalidInputException.class)
        .message()
        .contains(words);
  }

  record Nothing() {}

  @Test
  void writesResultsOfAnyUsualType() {
    Object[] results = {
      "text",
      1,
      2.5,
      true,
      Unit.CELSIUS,
      List.of(1, "a"),
      Map.of("a", List.of(new Weather(1, LocalDate.MIN))),
      Optional.empty(),
      Duration.ofSeconds(3),
      MessagePart.text("part"),
      new ToolOutput(List.of())
    };
    List<String> texts =
        java.util.Arrays.stream(results)
            .map(result -> Tool.of("t", "", Nothing.class, none -> result))
            .map(tool -> text(List.of(tool), "t", "{}"))
            .toList();

    assertThat(texts)
        .containsExactly(
            "text",
            "1",
            "2.5",
            "true",
            "CELSIUS",
            "[1,\"a\"]",
            "{\"a\":[{\"temperature\":1.0,\"day\":\"-999999999-01-01\"}]}",
            "null",
            "PT3S",
            "part",
            "");
  }

  @Test
  void keepsImagesWhereTheyStandInTheResult() {
    MessagePart.Image image = MessagePart.image(new byte[] {1}, "image/png");
    Tool draw = Tool.of("draw", "", () -> List.of(MessagePart.text("a cat"), image));

    ToolOutcome outcome = run(List.of(draw), "draw", "");

    assertThat(outcome.images()).containsExactly(image);
    assertThat(outcome.result().text()).isEqualTo("a cat");
    assertThat(outcome.result().content()).containsExactly(MessagePart.text("a cat"), image);
  }

  record Question(String question) {}

  record Answer(String answer) {}

  record Agent(Predict<Question, Answer> step, Map<String, Tool> tools)
      implements Program<Question, Answer> {
    @Override
    public Answer run(Question input) {
      return step.run(input);
    }
  }

  @Test
  void thePredictorsOfAProgramThatIsAToolAreFoundUnderItsName() {
    Predict<Question, Answer> predict = Predict.of(Question.class, Answer.class);
    Tool ask = Tool.of("ask", "", predict, Question.class);
    Tool limited = ask.timeout(Duration.ofSeconds(1)).withDescription("asks").maxCalls(1);
    Tool think =
        Tool.of(
            "think", "", ChainOfThought.of(Question.class, Answer.class, "Think."), Question.class);

    assertThat(
            Predictors.of(
                    new Agent(predict.withDemos(List.of()), Map.of("ask", ask, "think", think)))
                .byName()
                .keySet())
        .isEqualTo(
            Predictors.of(
                    new Agent(predict.withDemos(List.of()), Map.of("ask", limited, "think", think)))
                .byName()
                .keySet())
        .contains("step", "tools['ask'].program");
  }

  @Test
  void aProgramThatIsAToolAnswersAsJson() {
    Tool ask = Tool.of("ask", "", Predict.of(Question.class, Answer.class), Question.class);
    FakeModel model =
        FakeModel.answering(request -> "[[ ## answer ## ]]\nfour\n\n[[ ## completed ## ]]");

    ToolOutcome outcome =
        Context.builder()
            .lm(model)
            .build()
            .call(() -> run(List.of(ask), "ask", "{\"question\": \"2+2\"}"));

    assertThat(outcome.status()).isEqualTo(Status.ANSWERED);
    assertThat(outcome.result().text()).isEqualTo("{\"answer\":\"four\"}");
  }

  @Test
  void readsArgumentsAsModelsWriteThemAndRefusesWhatHasTwoReadings() {
    List<Tool> tools = List.of(Tool.of("t", "", Question.class, Question::question));

    assertThat(text(tools, "t", "{'Question': 'a',}")).isEqualTo("a");
    assertThat(text(tools, "t", "```json\n{\"question\": \"a\"}\n```")).isEqualTo("a");
    assertThat(text(tools, "t", "\"{\\\"question\\\": \\\"a\\\"}\"")).isEqualTo("a");
    assertThat(text(tools, "t", "{\"question\": \"a\", \"why\": \"b\"}")).isEqualTo("a");
    for (String bad :
        List.of(
            "{\"question\": \"a\"}{\"question\": \"b\"}",
            "{\"question\": \"a",
            "[\"a\"]",
            "a",
            "{\"question\": null}",
            "{\"question\": \"a\", \"question\": \"b\"}")) {
      assertThat(run(tools, "t", bad).status()).as(bad).isEqualTo(Status.BAD_ARGUMENTS);
    }
  }
}
