package dev.hone.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import dev.hone.tool.Tool;
import dev.hone.tool.ToolException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.support.ToolCallbacks;
import org.springframework.ai.tool.annotation.ToolParam;
import tools.jackson.databind.node.ObjectNode;

class SpringAiToolsTest {
  /** Tools as users of Spring AI write them. */
  public static final class Shop {
    @org.springframework.ai.tool.annotation.Tool(description = "adds two numbers")
    int add(int a, @ToolParam(description = "the second") int b) {
      return a + b;
    }

    @org.springframework.ai.tool.annotation.Tool(name = "greet", description = "greets")
    String greet(String name) {
      if (name.isBlank()) {
        throw new IllegalArgumentException("nobody to greet");
      }
      return "Hello, \"" + name + "\"";
    }

    @org.springframework.ai.tool.annotation.Tool(description = "who asks")
    String user(ToolContext context) {
      return String.valueOf(context.getContext().get("user"));
    }
  }

  private static final List<Tool> TOOLS = SpringAiTools.of(new Shop());

  private static ObjectNode json(String text) {
    return (ObjectNode) Json.parse(text);
  }

  private static String called(Tool tool, String arguments) throws Exception {
    return tool.call(json(arguments)).parts().get(0).toString();
  }

  @Test
  void takesNamesDescriptionsAndSchemas() {
    assertThat(TOOLS).extracting(Tool::name).containsExactly("add", "greet", "user");
    assertThat(TOOLS.get(0).spec().description()).isEqualTo("adds two numbers");
    assertThat(TOOLS.get(0).spec().parameters().path("properties").path("b").path("description"))
        .hasToString("\"the second\"");
    assertThat(TOOLS.get(0).spec().parameters().has("$schema")).isFalse();
  }

  @Test
  void runsThemAndTellsFailures() throws Exception {
    assertThat(called(TOOLS.get(0), "{\"a\":2,\"b\":3}")).contains("5");
    assertThat(called(TOOLS.get(1), "{\"name\":\"Ann\"}")).contains("Hello, \"Ann\"");
    assertThatThrownBy(() -> called(TOOLS.get(1), "{\"name\":\" \"}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("nobody to greet");
    assertThatThrownBy(() -> called(TOOLS.get(0), "{\"a\":2}"))
        .isInstanceOf(ToolException.class)
        .hasMessageContaining("\"b\"");
  }

  @Test
  void givesAContextThatTheModelDoesNotSee() throws Exception {
    var callback =
        List.of(ToolCallbacks.from(new Shop())).stream()
            .filter(one -> one.getToolDefinition().name().equals("user"))
            .findFirst()
            .orElseThrow();
    Tool tool = SpringAiTools.of(callback, Map.of("user", "ann"));

    assertThat(called(tool, "{}")).contains("ann");
    assertThat(tool.spec().parameters().toString()).doesNotContain("context");
  }

  @Test
  void refusesAnObjectWithoutTools() {
    assertThatThrownBy(() -> SpringAiTools.of("text"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("@Tool");
  }
}
