package dev.hone.cli;

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
    versionProvider = Hone.Version.class)
public final class Hone implements Runnable {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  /** Runs the command line and exits with its code. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Hone()).execute(args));
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
