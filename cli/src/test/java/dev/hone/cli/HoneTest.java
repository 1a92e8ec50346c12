package dev.hone.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class HoneTest {
  @Test
  void showsItsUsageAsAnErrorWhenNothingIsAsked() {
    Ran ran = Ran.hone();

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains("Usage: hone", "demo");
  }

  @Test
  void showsItsUsageWhenThatIsAsked() {
    Ran ran = Ran.hone("--help");

    assertThat(ran.exitCode()).isZero();
    assertThat(ran.out()).contains("Usage: hone", "demo");
    assertThat(ran.err()).isEmpty();
  }

  @Test
  void everyCommandHasHelpAndVersionInTheSameWords() {
    CommandLine hone = Hone.commandLine();

    hone.getSubcommands().values().stream()
        .filter(command -> command.getCommandSpec().optionsMap().containsKey("--version"))
        .forEach(
            command -> {
              assertThat(command.getUsageMessage())
                  .contains("Shows this help.", "Shows the version of Hone.");
              assertThat(Ran.hone(command.getCommandName(), "-V").out()).startsWith("hone ");
            });
    assertThat(hone.getUsageMessage()).contains("Shows this help.", "Shows the version of Hone.");
    assertThat(Ran.hone("-V").out()).isEqualTo(Ran.hone("run", "--version").out());
  }

  @Test
  void failsWhereItsOutputCannotBeWritten() {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream err = new PrintStream(said, true, UTF_8);
    PrintStream full = new PrintStream(new FullDisk(), true, UTF_8);
    full.println("a result");

    assertThat(Hone.delivered(0, full, err)).isEqualTo(1);
    assertThat(Hone.delivered(2, full, err)).isEqualTo(2);
    assertThat(said.toString(UTF_8)).startsWith("hone: the standard output could not be written");
    assertThat(Hone.delivered(0, err, err)).isZero();
  }

  private static final class FullDisk extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      throw new IOException("No space left on device");
    }
  }

  @Test
  void guessesWhichOptionWasMeant() {
    Ran ran = Ran.hone("demo", "--taks", "support");

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains("'--taks'", "--task", "See hone demo --help");
  }
}
