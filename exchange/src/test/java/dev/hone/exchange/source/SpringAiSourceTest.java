package dev.hone.exchange.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.compiled.Compiled;
import dev.hone.exchange.PortablePredictor;
import dev.hone.exchange.PortableProgram;
import dev.hone.exchange.Samples;
import dev.hone.program.Predict;
import org.junit.jupiter.api.Test;

class SpringAiSourceTest {
  @Test
  void bracesAndBackslashesOfTextsAreEscapedAndInputsAreNot() {
    assertThat(SpringAiSource.escaped("a {b} \\ c")).isEqualTo("a \\{b\\} \\\\ c");

    PortablePredictor predictor =
        PortableProgram.of("x", Compiled.of(Predict.of("question -> answer"))).predictors().get(0);
    assertThat(SpringAiSource.userTemplate(predictor))
        .contains("[[ ## question ## ]]\n{question}\n");
  }

  @Test
  void demosAreMessagesOfTheirOwnAndNoTemplates() {
    String source =
        SpringAiSource.of(PortableProgram.of("hop", Samples.hop()), new SourceName("", "Hop"));

    assertThat(source)
        .contains("REWRITE_DEMO_1_ANSWER =\n      \"{\\\"query\\\":\\\"a {{b}}\\\"}\";")
        .contains("messages.add(new AssistantMessage(REWRITE_DEMO_2_ANSWER));")
        .contains(".createMessage(Map.ofEntries(Map.entry(\"question\", question)))")
        .contains("public static AnswerOutput readAnswer(String answer)")
        .contains("record AnswerOutput(String reasoning, String answer, List<String> sources)");
  }
}
