package dev.hone.cli.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.cli.frame.TextLines;
import dev.hone.compiled.Compiled;
import dev.hone.exchange.PortablePredictor;
import dev.hone.exchange.PortableProgram;
import dev.hone.json.Json;
import dev.hone.program.Predict;
import dev.hone.prompt.Demo;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScreenTest {
  private static final String TEXT =
      "Route the ticket to the team that can help, and 郵便局 is a post office. "
          + "x".repeat(130)
          + "\n\n  - a bullet";

  @ParameterizedTest
  @ValueSource(ints = {50, 80, 200})
  void noLineIsWiderThanTheScreenAndNoWordIsLost(int columns) {
    Screen screen = new Screen(columns, true, true);

    List<String> lines = screen.lines(TEXT, "  ");

    assertThat(lines).allMatch(line -> TextLines.columns(line) <= columns);
    assertThat(String.join("", lines).replaceAll("\\s", "")).isEqualTo(TEXT.replaceAll("\\s", ""));
  }

  @Test
  void whatIsNoTerminalGetsTheTextAsItIsAndControlCharactersNeverReachOne() {
    assertThat(String.join("\n", new Screen(50, false, false).lines(TEXT, ""))).isEqualTo(TEXT);
    assertThat(new Screen(50, true, true).lines("a\u001b[31mb\tc", ""))
        .containsExactly("a�[31mb    c");
  }

  @Test
  void withoutColoursNothingIsColoured() {
    Screen plain = new Screen(80, true, false);

    assertThat(plain.heading("a") + plain.faint("b") + plain.change("+ c")).isEqualTo("ab+ c");
    assertThat(new Screen(80, true, true).change("- c")).contains("\u001b[31m");
  }

  @ParameterizedTest
  @ValueSource(ints = {50, 80, 200})
  void demosFitTheScreen(int columns) {
    List<Demo> demos =
        List.of(
            new Demo(
                Json.object().put("text", TEXT).put("more", "m"),
                Json.object().put("topic", "A").put("why", "because ".repeat(9)),
                Demo.Origin.LABELED,
                ""));
    Predict<?, ?> predict = Predict.of("text, more -> topic, why").withDemos(demos);
    PortablePredictor predictor = PortableProgram.of("x", Compiled.of(predict)).predictors().get(0);

    List<String> lines = DemoTable.of(predictor, columns);

    assertThat(lines).allMatch(line -> TextLines.columns(line) <= columns);
    assertThat(String.join("\n", lines).toLowerCase(Locale.ROOT))
        .contains("labeled", "route the", "because", "text", "why");
    assertThat(lines).hasSize(columns == 50 ? 5 : 2);
  }
}
