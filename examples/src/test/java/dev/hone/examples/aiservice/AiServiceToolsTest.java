package dev.hone.examples.aiservice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.agents.ReAct;
import dev.hone.langchain4j.LangChain4jTools;
import dev.hone.langchain4j.service.AiServiceProgram;
import dev.hone.testkit.ScriptedModel;
import dev.hone.testkit.ScriptedTurn;
import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An AI service whose tools are those of LangChain4j's builder. */
class AiServiceToolsTest {
  interface Desk {
    @UserMessage("Say where the parcel of the customer is. Message: {{message}}")
    String locate(@V("message") String message);
  }

  static final class Parcels {
    private final List<String> asked = new ArrayList<>();

    @Tool("Finds a parcel")
    String find(@P("its number") String number) {
      asked.add(number);
      return "in Rome";
    }
  }

  @Test
  void aServiceWithToolsIsAnAgentBehindTheSameInterface() {
    Parcels parcels = new Parcels();
    AiServiceProgram<Desk, String> locate =
        AiServiceProgram.of(Desk.class, Desk::locate)
            .as(signature -> ReAct.of(signature, LangChain4jTools.of(parcels)));
    ScriptedModel model =
        ScriptedModel.calling(
            ScriptedTurn.call("find", "{\"number\": \"7\"}"),
            ScriptedTurn.call("submit", "{\"answer\": \"in Rome\"}"));

    Desk desk = locate.asService(locate, model);

    assertThat(desk.locate("Where is parcel 7?")).isEqualTo("in Rome");
    assertThat(parcels.asked).containsExactly("7");
    assertThat(model.requests().get(0).toText()).contains("Where is parcel 7?");
  }
}
