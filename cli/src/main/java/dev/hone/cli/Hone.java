package dev.hone.cli;

import dev.hone.cli.compare.CompareCommand;
import dev.hone.cli.compare.VerifyCommand;
import dev.hone.cli.demo.DemoCommand;
import dev.hone.cli.exchange.ExportCommand;
import dev.hone.cli.exchange.ImportCommand;
import dev.hone.cli.exchange.ShowCommand;
import dev.hone.cli.frame.CommandErrors;
import dev.hone.cli.frame.ExitCodes;
import dev.hone.cli.house.CacheCommand;
import dev.hone.cli.house.CompletionCommand;
import dev.hone.cli.house.ModelsCommand;
import dev.hone.cli.house.ServeModelCommand;
import dev.hone.cli.optimize.OptimizeCommand;
import dev.hone.cli.project.EvaluateCommand;
import dev.hone.cli.project.InitCommand;
import dev.hone.cli.report.ReportCommand;
import dev.hone.cli.run.RunCommand;
import dev.hone.cli.serve.ServeCommand;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.ListResourceBundle;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code hone}. */
@Command(
    name = "hone",
    description = {
      "Programs over language models, measured and optimized.",
      "Begin with: hone init DATA.csv (a file with examples), or: hone demo."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Hone.Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it worked",
      "1:it failed; some rows of a file failed",
      "2:arguments, project file or data cannot be used, or the answer was no",
      "3:it worked, and nothing better was shown; compare: the second is not shown to be better;"
          + " verify: it scores lower than recorded",
      "4:a budget was spent before the end; what was found is kept",
      "130:Ctrl-C; what was found is kept"
    },
    footerHeading = "%n",
    footer = {
      "The result goes to standard output, progress to standard error. Every command takes --help;"
          + " all but serve-model and completion take --json and --quiet. NO_COLOR=1 turns colours"
          + " off."
    },
    subcommands = {
      InitCommand.class,
      EvaluateCommand.class,
      OptimizeCommand.class,
      RunCommand.class,
      CompareCommand.class,
      ShowCommand.class,
      ReportCommand.class,
      VerifyCommand.class,
      ExportCommand.class,
      ImportCommand.class,
      ServeCommand.class,
      ModelsCommand.class,
      CacheCommand.class,
      ServeModelCommand.class,
      CompletionCommand.class,
      DemoCommand.class,
      HelpCommand.class
    })
public final class Hone implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  /** Runs the command line and exits with its code. */
  public static void main(String[] args) {
    if (args.length == 1 && (args[0].equals("--version") || args[0].equals("-V"))) {
      System.out.println(Version.text()); // without picocli, since scripts ask often
      System.exit(delivered(ExitCodes.WORKED, System.out, System.err));
    }
    StopOnInterrupt stop = new StopOnInterrupt();
    int exitCode = delivered(execute(args), System.out, System.err);
    stop.done();
    System.exit(stop.exitCode(exitCode));
  }

  private static int execute(String[] args) {
    try {
      return commandLine().execute(args);
    } catch (Error e) {
      return CommandErrors.failed(
          e, new PrintWriter(System.err, true, Charset.defaultCharset()), "");
    }
  }

  /** The exit code; a result that never reached its reader is a failure. */
  static int delivered(int exitCode, PrintStream out, PrintStream err) {
    if (!out.checkError()) {
      return exitCode;
    }
    err.println(
        "hone: the standard output could not be written. Maybe the disk is full, or the program"
            + " that reads it has ended.");
    return exitCode == ExitCodes.WORKED ? ExitCodes.FAILED : exitCode;
  }

  /** The command line. Its exit codes are {@link ExitCodes}. */
  public static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Hone());
    line.setResourceBundle(new StandardWords());
    line.getSubcommands()
        .values()
        .forEach(command -> command.getCommandSpec().versionProvider(new Version()));
    return line.setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((error, arguments) -> CommandErrors.misused(error))
        .setExecutionExceptionHandler(
            (error, command, parsed) ->
                CommandErrors.failed(error, command.getErr(), command.getCommandName()));
  }

  /** Without a subcommand there is nothing to do. */
  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCodes.UNUSABLE;
  }

  /** What picocli says of the options that every command has, in the words of the others. */
  private static final class StandardWords extends ListResourceBundle {
    @Override
    protected Object[][] getContents() {
      return new Object[][] {
        {"mixinStandardHelpOptions.help", "Shows this help."},
        {"mixinStandardHelpOptions.version", "Shows the version of Hone."}
      };
    }
  }

  static final class Version implements IVersionProvider {
    static String text() {
      String version = Hone.class.getPackage().getImplementationVersion();
      return "hone " + (version == null ? "(development)" : version);
    }

    @Override
    public String[] getVersion() {
      return new String[] {text()};
    }
  }
}
