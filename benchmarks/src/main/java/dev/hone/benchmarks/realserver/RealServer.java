package dev.hone.benchmarks.realserver;

import dev.hone.langchain4j.LangChain4jModel;
import dev.hone.langchain4j.OpenAiModels;
import dev.hone.lm.Capabilities;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Tries everything that Hone needs of a server against one of another maker, and writes a table of
 * what held.
 */
public final class RealServer {
  private static final Duration REPLY_TIMEOUT = Duration.ofMinutes(5);
  private static final Capabilities NATIVE =
      Capabilities.builder().jsonSchema(true).toolCalls(true).images(true).build();

  private RealServer() {}

  /**
   * Runs all checks. Exit code 1 if one does not hold.
   *
   * @param arguments the server's address up to {@code /v1}; the model's name; the file to write; a
   *     title; the number of examples of each program
   */
  public static void main(String[] arguments) throws IOException {
    String url = arguments[0];
    String name = arguments[1];
    LangChain4jModel model = OpenAiModels.openAiCompatible(name, url, null, REPLY_TIMEOUT);
    List<Check> checks = new ArrayList<>();
    checks.add(WireChecks.probed(model));
    checks.addAll(new WireChecks(model.withCapabilities(NATIVE)).all());
    checks.add(
        Check.of(
            "streamed by `ofStreaming`, the same reply",
            new Streaming(model, url, name)::equalsTheWhole));
    int examples = Integer.parseInt(arguments[4]);
    ProgramChecks programs = new ProgramChecks(model, examples);
    checks.add(Check.of("a predictor by sections", programs::sections));
    checks.add(Check.of("a predictor by JSON, bound to its schema", programs::json));
    checks.add(Check.of("an agent, tools in words", programs::agent));
    ProgramChecks natively = new ProgramChecks(model.withCapabilities(NATIVE), examples);
    checks.add(Check.of("an agent, tools natively", natively::agent));
    checks.add(Check.of("the demo, small: MIPROv2 light on three intents", programs::demo));
    write(Path.of(arguments[2]), arguments[3], checks);
    System.exit(checks.stream().allMatch(Check::held) ? 0 : 1);
  }

  private static void write(Path file, String title, List<Check> checks) throws IOException {
    StringBuilder text = new StringBuilder(title).append("\n\n| what | | seen |\n|---|---|---|\n");
    checks.forEach(check -> text.append(check.row()).append('\n'));
    long held = checks.stream().filter(Check::held).count();
    text.append("\n%d of %d hold.%n".formatted(held, checks.size()));
    Files.writeString(file, text);
  }
}
