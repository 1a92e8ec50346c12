package dev.hone.cli.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.InvalidInputException;
import dev.hone.cli.Ran;
import dev.hone.lm.LmException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandErrorsTest {
  private final StringWriter said = new StringWriter();

  private int exitCode(Throwable error) {
    return CommandErrors.failed(error, new PrintWriter(said), "optimize");
  }

  @Test
  void giveTheExitCodesThatAreDocumented() {
    assertThat(exitCode(InvalidInputException.of("a is b", "use c"))).isEqualTo(2);
    assertThat(exitCode(new StoppedException("stopped"))).isEqualTo(130);
    assertThat(exitCode(new LmException.Unauthorized("no", null))).isEqualTo(1);
    assertThat(exitCode(new UncheckedIOException(new NoSuchFileException("a.csv")))).isEqualTo(1);
    assertThat(said.toString())
        .contains("hone: a is b. Maybe use c.")
        .contains("hone: a.csv: there is no such file.")
        .doesNotContain("\tat ");
  }

  @Test
  void sayThatABugIsABugAndWhereTheDetailsAre() throws Exception {
    int exitCode = exitCode(new IllegalStateException("Bearer sk-abcdefghijklmnopqrstuvwxyz123"));

    String words = said.toString();
    assertThat(exitCode).isEqualTo(1);
    assertThat(words)
        .contains("this is a bug in Hone, not a fault of yours: IllegalStateException")
        .doesNotContain("sk-abcdef", "\tat ");
    Path file = Path.of(words.replaceAll("(?s).*The details are in (.*?\\.txt).*", "$1"));
    assertThat(Files.readString(file))
        .contains("hone optimize", "IllegalStateException", "\tat ")
        .doesNotContain("sk-abcdef");
    Files.delete(file);
  }

  @ParameterizedTest
  @CsvSource({
    "optimise, optimize",
    "evalaute, evaluate",
    "completoin, completion",
    "modles, models"
  })
  void guessWhichCommandWasMeant(String given, String meant) {
    Ran ran = Ran.hone(given);

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains("'" + given + "' is not a command. Maybe use hone " + meant);
  }

  @Test
  void documentTheExitCodesInTheHelp() {
    assertThat(Ran.hone("--help").out())
        .contains("Exit codes:", "130 ", "4 ", "a budget was spent", "NO_COLOR");
  }

  @ParameterizedTest
  @ValueSource(strings = {"y", "Y", "yes", "", "  Yes "})
  void takeYesForConsent(String answer) {
    assertThat(Consent.isYes(answer)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"n", "no", "what?", "yesterday"})
  void takeAnythingElseForNo(String answer) {
    assertThat(Consent.isYes(answer)).isFalse();
  }
}
