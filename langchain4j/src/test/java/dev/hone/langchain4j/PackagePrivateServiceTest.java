package dev.hone.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.compiled.Compiled;
import dev.hone.compiled.Provenance;
import dev.hone.langchain4j.service.AiServiceProgram;
import dev.hone.langchain4j.service.TunedService;
import dev.hone.program.PredictorState;
import dev.hone.program.ProgramState;
import dev.hone.testkit.ScriptedModel;
import dev.langchain4j.service.UserMessage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An application's own interface, which only its package sees. */
class PackagePrivateServiceTest {
  interface Desk {
    @UserMessage("Is this spam? {{it}}")
    boolean isSpam(String text);

    String chat(String text);

    default String twice(String text) {
      return chat(text) + chat(text);
    }
  }

  @Test
  void isPutBackAsAnyOther() {
    AiServiceProgram<Desk, Boolean> spam = AiServiceProgram.of(Desk.class, Desk::isSpam);
    ScriptedModel model = ScriptedModel.answering(request -> "{\"answer\": true}");
    Desk original =
        new Desk() {
          @Override
          public boolean isSpam(String text) {
            return false;
          }

          @Override
          public String chat(String text) {
            return text + "!";
          }
        };
    ProgramState tuned =
        new ProgramState(Map.of("body", new PredictorState("Spam or not?", List.of())));

    Desk desk =
        TunedService.of(Desk.class, model)
            .with(spam, Compiled.of(spam, tuned, Provenance.none()))
            .otherwise(original)
            .build();

    assertThat(desk.isSpam("buy")).isTrue();
    assertThat(desk.chat("hi")).isEqualTo("hi!");
    assertThat(desk.twice("hi")).isEqualTo("hi!hi!");
  }
}
