package dev.hone.cli.house;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code hone completion}. */
@Command(
    name = "completion",
    description = {
      "Prints a script that lets the shell complete commands and options.",
      "For this shell: source <(hone completion bash). For good: add that line to ~/.bashrc, or"
          + " with zsh to ~/.zshrc."
    },
    mixinStandardHelpOptions = true)
public final class CompletionCommand implements Callable<Integer> {
  /** The shells; one script serves both. */
  enum Shell {
    BASH,
    ZSH
  }

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "SHELL",
      defaultValue = "bash",
      description = "bash or zsh. Default: ${DEFAULT-VALUE}.")
  private Shell shell = Shell.BASH;

  @Override
  public Integer call() {
    CommandLine root = spec.root().commandLine();
    PrintWriter out = spec.commandLine().getOut();
    if (shell == Shell.ZSH) {
      out.println(
          "autoload -U +X compinit && compinit -u; autoload -U +X bashcompinit && bashcompinit");
    }
    out.println(AutoComplete.bash(root.getCommandName(), root));
    out.flush();
    return ExitCode.OK;
  }
}
