package dev.hone.cli.frame;

import dev.hone.json.Json;
import java.io.PrintWriter;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/**
 * The options for what is printed. The result goes to standard output; progress, and the next
 * command to type, go to standard error, and with {@code --quiet} nowhere.
 */
public final class OutputOptions {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--json",
      description =
          "Prints the result as one JSON object on standard output, and nothing else there.")
  private boolean json;

  @Option(
      names = {"-q", "--quiet"},
      description = "Prints no progress; errors are printed still.")
  private boolean quiet;

  /** Whether the result is to be JSON. */
  public boolean json() {
    return json;
  }

  /** Whether progress is shown. */
  public boolean quiet() {
    return quiet;
  }

  /** Standard error, where progress and notes go. */
  public PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /** Prints the result, in one of its two forms. */
  public void result(Supplier<String> text, Supplier<? extends JsonNode> tree) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? Json.pretty(tree.get()) : text.get());
    out.flush();
  }

  /** Says something of the way there, on standard error. */
  public void say(String line) {
    if (!quiet) {
      PrintWriter err = spec.commandLine().getErr();
      err.println(TextLines.harmless(line));
      err.flush();
    }
  }

  /** Says which command comes next, such as {@code hone optimize tickets}. */
  public void next(String... commands) {
    say("next: " + String.join(" | ", commands));
  }
}
