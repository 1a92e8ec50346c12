package dev.hone.cli;

import dev.hone.HoneException;
import dev.hone.cli.demo.DemoCommand;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code hone}. */
@Command(
    name = "hone",
    description = "Programs over language models, measured and optimized.",
    mixinStandardHelpOptions = true,
    versionProvider = Hone.Version.class,
    subcommands = DemoCommand.class)
public final class Hone implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  /** Runs the command line and exits with its code. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /**
   * The command line. Exit codes: 0, it worked; 1, it failed, as a Hone exception tells in its own
   * words; 2, the arguments cannot be used, and nothing was done.
   */
  public static CommandLine commandLine() {
    return new CommandLine(new Hone())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((error, arguments) -> misused(error))
        .setExecutionExceptionHandler(Hone::failed);
  }

  private static int misused(ParameterException error) {
    CommandLine command = error.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("hone: " + error.getMessage());
    UnmatchedArgumentException.printSuggestions(error, err);
    err.println("See " + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE;
  }

  private static int failed(Exception error, CommandLine command, ParseResult parsed)
      throws Exception {
    if (!(error instanceof HoneException)) {
      throw error;
    }
    command.getErr().println("hone: " + error.getMessage());
    return ExitCode.SOFTWARE;
  }

  /** Without a subcommand there is nothing to do. */
  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE;
  }

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      var version = Hone.class.getPackage().getImplementationVersion();
      return new String[] {"hone " + (version == null ? "(development)" : version)};
    }
  }
}
