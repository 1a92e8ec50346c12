package dev.hone.cli;

import dev.hone.HoneException;
import dev.hone.cli.demo.DemoCommand;
import dev.hone.cli.frame.StoppedException;
import dev.hone.cli.report.ReportCommand;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code hone}. */
@Command(
    name = "hone",
    description = "Programs over language models, measured and optimized.",
    mixinStandardHelpOptions = true,
    versionProvider = Hone.Version.class,
    subcommands = {DemoCommand.class, ReportCommand.class})
public final class Hone implements Callable<Integer> {
  /** What a shell gives for a process that Ctrl-C ended. */
  private static final int INTERRUPTED = 130;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  /** Runs the command line and exits with its code. */
  public static void main(String[] args) {
    StopOnInterrupt stop = new StopOnInterrupt();
    int exitCode = delivered(commandLine().execute(args), System.out, System.err);
    stop.done();
    System.exit(stop.exitCode(exitCode));
  }

  /** The exit code; a result that never reached its reader is a failure. */
  static int delivered(int exitCode, PrintStream out, PrintStream err) {
    if (!out.checkError()) {
      return exitCode;
    }
    err.println(
        "hone: the standard output could not be written. Maybe the disk is full, or the program"
            + " that reads it has ended.");
    return exitCode == ExitCode.OK ? ExitCode.SOFTWARE : exitCode;
  }

  /**
   * The command line. Exit codes: 0, it worked; 1, it failed, with the message of a Hone exception;
   * 2, the arguments cannot be used, and nothing was done; 130, it was interrupted.
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
    err.println("hone: " + notANumber(error).orElse(error.getMessage()));
    UnmatchedArgumentException.printSuggestions(error, err);
    err.println("See " + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE;
  }

  /** What picocli says in the names of Java's types. */
  private static Optional<String> notANumber(ParameterException error) {
    boolean number =
        error.getCause() instanceof TypeConversionException
            && error.getArgSpec() instanceof OptionSpec option
            && Set.<Class<?>>of(int.class, long.class).contains(option.type());
    if (!number) {
      return Optional.empty();
    }
    OptionSpec option = (OptionSpec) error.getArgSpec();
    return Optional.of(
        "%s (%s) is not a whole number, or too large. Maybe use %s=%s."
            .formatted(
                option.longestName(),
                error.getValue(),
                option.longestName(),
                option.defaultValue()));
  }

  private static int failed(Exception error, CommandLine command, ParseResult parsed)
      throws Exception {
    if (!(error instanceof HoneException)) {
      throw error;
    }
    boolean stopped = error instanceof StoppedException;
    command.getErr().println("hone: " + error.getMessage());
    return stopped ? INTERRUPTED : ExitCode.SOFTWARE;
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
