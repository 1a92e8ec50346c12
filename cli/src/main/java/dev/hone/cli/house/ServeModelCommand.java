package dev.hone.cli.house;

import dev.hone.InvalidInputException;
import dev.hone.lm.LanguageModel;
import dev.hone.modelserver.BatchBehavior;
import dev.hone.modelserver.FaultPlan;
import dev.hone.modelserver.ModelServer;
import dev.hone.modelserver.ModelServer.Api;
import dev.hone.modelserver.WireFault;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code hone serve-model}: a model behind the wire formats of providers. */
@Command(
    name = "serve-model",
    description = {
      "Serves a model on this machine in the wire formats of OpenAI and Anthropic,",
      "for tests of clients and for other languages. Ctrl-C ends it."
    },
    mixinStandardHelpOptions = true)
public final class ServeModelCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Parameters(
      paramLabel = "MODEL",
      defaultValue = "embedded",
      description = "The model that answers, such as embedded (default: ${DEFAULT-VALUE}).")
  private String model = "embedded";

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "The port on loopback; 0 takes a free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--api",
      paramLabel = "API",
      description = "openai or anthropic. Default: both, at one address.")
  private @Nullable Api api;

  @Option(
      names = "--delay-ms",
      paramLabel = "N",
      defaultValue = "0",
      description = "Milliseconds before each answer (default: ${DEFAULT-VALUE}).")
  private long delayMillis;

  @Option(
      names = "--refuse",
      paramLabel = "SHARE",
      defaultValue = "0",
      description =
          "The share of calls that are refused with 429 or 503, 0 to 1 (default:"
              + " ${DEFAULT-VALUE}).")
  private double refuse;

  @Option(
      names = "--batch-delay-ms",
      paramLabel = "N",
      defaultValue = "0",
      description = "Milliseconds until a batch is worked on (default: ${DEFAULT-VALUE}).")
  private long batchDelayMillis;

  /** The server that is running, for tests in this process. */
  static final AtomicReference<@Nullable ModelServer> RUNNING = new AtomicReference<>();

  /** The command as picocli makes it. */
  public ServeModelCommand() {}

  @Override
  public Integer call() {
    if (delayMillis < 0) {
      throw InvalidInputException.of("--delay-ms (" + delayMillis + ") is negative", "use 200");
    }
    if (batchDelayMillis < 0) {
      throw InvalidInputException.of(
          "--batch-delay-ms (" + batchDelayMillis + ") is negative", "use 2000");
    }
    LanguageModel served = LanguageModel.named(model);
    ModelServer.Builder builder =
        ModelServer.builder(served)
            .port(port)
            .delay(Duration.ofMillis(delayMillis))
            .batches(BatchBehavior.defaults().delay(Duration.ofMillis(batchDelayMillis)))
            .faults(FaultPlan.share(refuse, 1, WireFault.status(429), WireFault.status(503)));
    if (api != null) {
      builder.apis(api);
    }
    if (refuse == 0) {
      builder.keepNoCalls();
    }
    try (ModelServer server = builder.start()) {
      RUNNING.set(server);
      say(server);
      new CountDownLatch(1).await();
      return ExitCode.OK;
    } catch (InterruptedException e) {
      spec.commandLine().getErr().println("hone: The server has ended.");
      return ExitCode.OK; // by Ctrl-C, as it is meant to end; the process says 130
    } finally {
      RUNNING.set(null);
    }
  }

  private void say(ModelServer server) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%s at %s, on this machine only%n%n", model, server.baseUrl());
    if (api != Api.ANTHROPIC) {
      out.println("  OpenAI     POST /v1/chat/completions, /v1/responses, /v1/embeddings");
      out.println("             batches by /v1/files and /v1/batches");
    }
    if (api != Api.OPENAI) {
      out.println("  Anthropic  POST /v1/messages");
      out.println("             batches by /v1/messages/batches");
    }
    if (api != Api.ANTHROPIC) {
      out.printf("%nnext: hone demo --model openai-compatible:%s@%s%n", model, server.baseUrl());
    }
    out.println("Ctrl-C ends it.");
    out.flush();
  }
}
