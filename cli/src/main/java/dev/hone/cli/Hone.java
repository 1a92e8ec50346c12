package dev.hone.cli;

import dev.hone.HoneException;
import dev.hone.cli.demo.DemoCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code hone}. */
@Command(
    name = "hone",
    description = "Programs over language models, measured and optimized.",
    mixinStandardHelpOptions = true,
    versionProvider = Hone.Version.class,
    subcommands = DemoCommand.class)
public final class Hone implements Runnable {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  /** Runs the command line and exits with its code. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The command line: a Hone exception is told in its own words, with exit code 1. */
  public static CommandLine commandLine() {
    return new CommandLine(new Hone())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (error, command, parsed) -> {
              if (!(error instanceof HoneException)) {
                throw error;
              }
              command.getErr().println("hone: " + error.getMessage());
              return CommandLine.ExitCode.SOFTWARE;
            });
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      var version = Hone.class.getPackage().getImplementationVersion();
      return new String[] {"hone " + (version == null ? "(development)" : version)};
    }
  }
}
