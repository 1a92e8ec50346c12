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
import java.util.function.Supplier;

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
    int examples = Integer.parseInt(arguments[4]);
    boolean tools = Boolean.parseBoolean(arguments[5]);
    List<Check> checks = new ArrayList<>();
    for (Supplier<Check> next : all(model, examples, tools)) {
      checks.add(next.get());
      write(Path.of(arguments[2]), arguments[3], checks); // what was found stays, whatever follows
    }
    System.exit(checks.stream().allMatch(Check::held) ? 0 : 1);
  }

  private static List<Supplier<Check>> all(LangChain4jModel model, int examples, boolean tools) {
    ProgramChecks programs = new ProgramChecks(model, examples);
    WireChecks wire = new WireChecks(model.withCapabilities(NATIVE));
    Streaming streaming = new Streaming(model);
    List<Supplier<Check>> all = new ArrayList<>();
    all.add(() -> WireChecks.probed(model));
    all.addAll(wire.all());
    all.add(Check.later("streamed, the same reply", streaming::equalsTheWhole));
    all.add(Check.later("fields of a predictor while they arrive", streaming::tellsFields));
    all.add(Check.later("a predictor by sections", programs::sections));
    all.add(Check.later("a predictor by JSON, bound to its schema", programs::json));
    all.add(Check.later("an agent, tools in words", programs::agent));
    all.add(Check.later("the demo, small: MIPROv2 light on three intents", programs::demo));
    if (tools) {
      all.addAll(wire.tools());
      ProgramChecks natively = new ProgramChecks(model.withCapabilities(NATIVE), examples);
      all.add(Check.later("an agent, tools natively", natively::agent));
    }
    return all;
  }

  private static void write(Path file, String title, List<Check> checks) throws IOException {
    StringBuilder text = new StringBuilder(title).append("\n\n| what | | seen |\n|---|---|---|\n");
    checks.forEach(check -> text.append(check.row()).append('\n'));
    long held = checks.stream().filter(Check::held).count();
    text.append("\n%d of %d hold.%n".formatted(held, checks.size()));
    Files.writeString(file, text);
  }
}
