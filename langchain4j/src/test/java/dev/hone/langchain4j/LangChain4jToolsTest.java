package dev.hone.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.lm.MessagePart;
import dev.hone.tool.ToolOutcome;
import dev.hone.tool.ToolOutcome.Status;
import dev.hone.tool.ToolRunner;
import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import java.util.List;
import org.junit.jupiter.api.Test;

class LangChain4jToolsTest {
  record Point(int x, int y) {}

  enum Way {
    UP,
    DOWN
  }

  static class Calculator {
    @Tool("adds two numbers")
    int add(@P("the first") int a, @P(value = "the second", required = false) Integer b) {
      return b == null ? a : a + b;
    }

    @Tool(name = "move_point", value = "moves a point")
    Point move(Point point, List<Way> ways) {
      return new Point(point.x(), point.y() + (ways.contains(Way.UP) ? 1 : -1));
    }

    @Tool("fails")
    String fail(String why) {
      throw new IllegalStateException(why);
    }

    @Tool("tidies up")
    void tidy() {}
  }

  private static ToolOutcome call(List<dev.hone.tool.Tool> tools, String name, String arguments) {
    return ToolRunner.of(tools)
        .start()
        .outcomes(List.of(MessagePart.toolCall("1", name, arguments)))
        .get(0);
  }

  private final List<dev.hone.tool.Tool> tools = LangChain4jTools.of(new Calculator());

  @Test
  void hasLangChain4jsNamesDescriptionsAndSchemas() {
    assertThat(tools)
        .extracting(dev.hone.tool.Tool::name)
        .containsExactly("add", "fail", "move_point", "tidy");
    assertThat(tools.get(0).spec().description()).isEqualTo("adds two numbers");
    assertThat(tools.get(0).spec().parameters().toString())
        .isEqualTo(
            "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\",\"description\":\"the"
                + " first\"},\"b\":{\"type\":\"integer\",\"description\":\"the"
                + " second\"}},\"required\":[\"a\"]}");
    assertThat(tools.get(3).spec().parameters().toString()).contains("\"type\":\"object\"");
  }

  @Test
  void callsMethodsWithLangChain4jsConversionOfArguments() {
    assertThat(call(tools, "add", "{\"a\": 1, \"b\": 2}").result().text()).isEqualTo("3");
    assertThat(call(tools, "add", "{\"a\": 1}").result().text()).isEqualTo("1");
    assertThat(
            call(tools, "move_point", "{\"point\": {\"x\": 1, \"y\": 2}, \"ways\": [\"UP\"]}")
                .result()
                .text()
                .replaceAll("\\s", ""))
        .isEqualTo("{\"x\":1,\"y\":3}");
    assertThat(call(tools, "tidy", "").status()).isEqualTo(Status.ANSWERED);
  }

  @Test
  void tellsTheModelWhatIsWrong() {
    ToolOutcome missing = call(tools, "add", "{\"b\": 2}");
    ToolOutcome wrong = call(tools, "add", "{\"a\": \"one\"}");

    assertThat(missing.status()).isEqualTo(Status.BAD_ARGUMENTS);
    assertThat(missing.result().text()).contains("\"a\" of \"add\" is missing");
    assertThat(wrong.result().isError()).isTrue();
    assertThat(wrong.result().text()).contains("do not fit", "a");
    assertThat(call(tools, "fail", "{\"why\": \"broken\"}").result().text())
        .isEqualTo("The tool \"fail\" failed: IllegalStateException: broken.");
  }

  @Test
  void takesASpecificationWithAnExecutor() {
    ToolSpecification spec =
        ToolSpecification.builder()
            .name("echo")
            .description("says it again")
            .parameters(
                JsonObjectSchema.builder().addStringProperty("text").required("text").build())
            .build();
    dev.hone.tool.Tool echo = LangChain4jTools.of(spec, (request, memoryId) -> request.arguments());

    assertThat(call(List.of(echo), "echo", "{\"text\": \"a\"}").result().text())
        .isEqualTo("{\"text\":\"a\"}");
  }

  @Test
  void saysThatAnObjectHasNoTools() {
    assertThatThrownBy(() -> LangChain4jTools.of("text"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("java.lang.String has no method with LangChain4j's @Tool");
  }
}
