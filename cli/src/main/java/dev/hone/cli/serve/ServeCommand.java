package dev.hone.cli.serve;

import dev.hone.InvalidInputException;
import dev.hone.cli.files.ProgramChoice;
import dev.hone.cli.files.ProgramOption;
import dev.hone.cli.frame.BudgetOptions;
import dev.hone.cli.frame.OutputOptions;
import dev.hone.cli.frame.ProjectArgument;
import dev.hone.cli.frame.StoppedException;
import dev.hone.cli.model.ModelOptions;
import dev.hone.cli.model.ModelOptions.OpenModel;
import dev.hone.context.Context;
import dev.hone.json.Json;
import dev.hone.project.ProgramFile;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code hone serve}. */
@Command(
    name = "serve",
    description = {
      "Answers over HTTP, on this machine only unless --host says otherwise.",
      "POST /run takes the inputs as a JSON object and gives the outputs as one. GET / is a page to"
          + " try it, /schema its JSON schema, /openapi.json its OpenAPI description, /health says"
          + " whether it is up. Ctrl-C lets the requests under way end."
    },
    mixinStandardHelpOptions = true)
public final class ServeCommand implements Callable<Integer> {
  @Mixin private ProjectArgument project = new ProjectArgument();

  @Option(
      names = {"-p", "--port"},
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "The port; 0 for a free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "The address to listen on (default: this machine only).")
  private @Nullable String host;

  @Option(
      names = "--token-env",
      paramLabel = "NAME",
      description =
          "The environment variable with the token that requests must show as Authorization: Bearer"
              + " TOKEN.")
  private @Nullable String tokenVariable;

  @Option(names = "--no-token", description = "Lets others call it without a token, with --host.")
  private boolean noToken;

  @Option(
      names = "--requests",
      paramLabel = "N",
      defaultValue = "32",
      description = "The most requests that are answered at once (default: ${DEFAULT-VALUE}).")
  private int requests;

  @Option(
      names = "--max-body",
      paramLabel = "BYTES",
      defaultValue = "1000000",
      description = "The largest request that is read (default: ${DEFAULT-VALUE}).")
  private int maxBody;

  @Option(
      names = "--request-time",
      paramLabel = "SECONDS",
      defaultValue = "20",
      description = "How long a request may take to arrive (default: ${DEFAULT-VALUE}).")
  private int requestSeconds;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "With --no-token: a name that others call this machine; by an address they may in any"
              + " case. A page of another site could lead a name of its own here.")
  private Set<String> names = new LinkedHashSet<>();

  @Mixin private ProgramOption program = new ProgramOption();
  @Mixin private ModelOptions model = new ModelOptions();
  @Mixin private BudgetOptions budget = new BudgetOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    ServerSettings settings = settings();
    try (ProgramFile file = project.load()) {
      ProgramChoice chosen = program.of(file);
      try (OpenModel open = model.open(file.model())) {
        Context context =
            Context.builder()
                .lm(open.lm())
                .options(file.modelOptions())
                .budget(budget.over(file))
                .build();
        var served = new ServedProgram(file.name(), file.signature(), chosen.program(), context);
        try (ProgramServer server = ProgramServer.start(served, settings, output::say)) {
          say(server, chosen.name(), open.spec().text());
          return untilInterrupted();
        }
      }
    }
  }

  private void say(ProgramServer server, String programName, String modelName) {
    String url = server.url();
    output.result(() -> url, () -> Json.object().put("url", url).put("program", programName));
    output.say("%s on %s. Ctrl-C ends it.".formatted(programName, modelName));
    output.say(
        "next: open %s, or: curl %srun -H 'Content-Type: application/json' -d '%s'"
            .formatted(url, url, server.example()));
  }

  private static int untilInterrupted() {
    try {
      new CountDownLatch(1).await();
      throw new IllegalStateException("Nothing counts it down");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoppedException("The server has ended.");
    }
  }

  private ServerSettings settings() {
    if (port < 0 || port > 65_535) {
      throw InvalidInputException.of("--port (%d) is no port".formatted(port), "use 8080, or 0");
    } else if (requests < 1 || maxBody < 1 || requestSeconds < 1) {
      throw InvalidInputException.of(
          "--requests (%d), --max-body (%d) and --request-time (%d) must be at least 1"
              .formatted(requests, maxBody, requestSeconds),
          "leave them out");
    }
    InetAddress address = address();
    Optional<String> token = token();
    if (!address.isLoopbackAddress() && token.isEmpty() && !noToken) {
      throw InvalidInputException.of(
          "--host %s lets others call it, and there is no token".formatted(host),
          "put one into an environment variable and name that: --token-env HONE_TOKEN; or say"
              + " --no-token");
    }
    Set<String> all = new LinkedHashSet<>(host == null ? Set.of() : Set.of(host));
    all.addAll(names);
    return new ServerSettings(
        address,
        port,
        token,
        all.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet()),
        new ServerSettings.Limits(requests, maxBody, requestSeconds));
  }

  private InetAddress address() {
    try {
      return host == null ? InetAddress.getLoopbackAddress() : InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw InvalidInputException.of(
          "--host (%s) is no address of this machine".formatted(host), "use 0.0.0.0 for all");
    }
  }

  private Optional<String> token() {
    if (tokenVariable == null) {
      return Optional.empty();
    }
    String value = System.getenv(tokenVariable);
    if (value == null || value.isBlank()) {
      throw InvalidInputException.of(
          "The environment variable %s, which --token-env names, is not set"
              .formatted(tokenVariable),
          "set it: export %s=…".formatted(tokenVariable));
    }
    return Optional.of(value.strip());
  }
}
