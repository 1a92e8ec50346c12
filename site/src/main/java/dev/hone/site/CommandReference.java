package dev.hone.site;

import dev.hone.cli.Hone;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The reference of commands, as each of them says it with {@code --help}. */
final class CommandReference {
  static final Path SOURCE = Path.of("docs/reference/commands.md");
  private static final int COLUMNS = 100;

  private CommandReference() {}

  static SitePage page() {
    StringBuilder text = new StringBuilder();
    text.append("# Commands\n\nAs each command says it with `--help`.\n");
    append(text, Hone.commandLine());
    return SitePage.ofMarkdown(SOURCE, text.toString());
  }

  private static void append(StringBuilder text, CommandLine command) {
    text.append("\n## ").append(command.getCommandSpec().qualifiedName()).append("\n\n```\n");
    text.append(command.setUsageHelpWidth(COLUMNS).getUsageMessage(Ansi.OFF).stripTrailing());
    text.append("\n```\n");
    command.getSubcommands().values().stream()
        .filter(each -> !each.getCommandSpec().usageMessage().hidden())
        .distinct()
        .forEach(each -> append(text, each));
  }
}
