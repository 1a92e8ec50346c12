package dev.hone.site;

import dev.hone.optimize.mipro.Auto;
import dev.hone.project.optimizer.OptimizerCatalog;
import java.nio.file.Path;

/**
 * The reference of optimizers and their settings, made of the list that project files are checked
 * by.
 */
final class SettingsReference {
  static final Path SOURCE = Path.of("docs/reference/settings.md");

  private SettingsReference() {}

  static SitePage page() {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        # Settings of optimizers

        As a project file has them (`optimizer: { name: …, … }`) and the command line
        (`hone optimize PROJECT --set max-labeled-demos=2`, with hyphens in place of spaces). In Java each is a
        method of the same name, `maxLabeledDemos`; its documentation has the details and the default.
        """);
    for (String optimizer : OptimizerCatalog.names()) {
      text.append("\n## %s\n\n| setting | what |\n|---|---|\n".formatted(optimizer));
      for (String setting : OptimizerCatalog.settingsOf(optimizer)) {
        String what = OptimizerCatalog.describe(optimizer, setting).replace("|", "\\|");
        text.append("| `%s` | %s |%n".formatted(setting, what));
      }
    }
    text.append("\n## Presets of MIPROv2\n\n```\n").append(Auto.table()).append("\n```\n");
    return SitePage.ofMarkdown(SOURCE, text.toString());
  }
}
