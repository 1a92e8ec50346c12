package dev.hone.cli.compare;

import dev.hone.InvalidInputException;
import dev.hone.cli.files.ProgramChoice;
import dev.hone.cli.frame.BudgetOptions;
import dev.hone.cli.frame.Consent;
import dev.hone.cli.frame.ExitCodes;
import dev.hone.cli.frame.OutputOptions;
import dev.hone.cli.frame.ProjectArgument;
import dev.hone.cli.model.ModelOptions;
import dev.hone.cli.model.ModelOptions.OpenModel;
import dev.hone.cli.progress.Progress;
import dev.hone.compiled.Compiled;
import dev.hone.data.Dataset;
import dev.hone.evaluate.repeat.ScoreCheck;
import dev.hone.json.Json;
import dev.hone.project.ProgramFile;
import dev.hone.text.Plural;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The command {@code hone verify}. */
@Command(
    name = "verify",
    description = {
      "Says whether a saved program still does what it did when it was made.",
      "Measures it with today's model and data, and holds that beside the score in its file, that"
          + " of its test: after a provider changed a model, before a deployment, in a nightly job."
    },
    footer = {
      "%nExamples:",
      "  hone verify tickets",
      "  hone verify tickets --model openai:gpt-4o-mini --yes --max-cost 0.10",
      "%nExit codes: 0 it holds, 3 it scores lower than recorded."
    },
    mixinStandardHelpOptions = true)
public final class VerifyCommand implements Callable<Integer> {
  @Mixin private ProjectArgument project = new ProjectArgument();

  @Option(
      names = "--program",
      paramLabel = "FILE",
      description = "The program. Default: PROJECT.program.json.")
  private @Nullable Path program;

  @Mixin private RowsOption rows = new RowsOption();
  @Mixin private ModelOptions model = new ModelOptions();
  @Mixin private BudgetOptions budget = new BudgetOptions();
  @Mixin private Consent consent = new Consent();
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    try (ProgramFile loaded = project.load();
        OpenModel open = model.openUnasked(loaded.model())) {
      return verify(open.serving(loaded), open);
    }
  }

  private int verify(ProgramFile file, OpenModel open) {
    Path path = program == null ? ProgramChoice.file(file) : program;
    Compiled<ObjectNode, ObjectNode> saved = ProgramChoice.saved(file, path);
    if (rows.isTest() && !saved.isTested()) {
      throw InvalidInputException.of(
          "%s records no score on test rows, only that by which it was chosen".formatted(path),
          "measure it with hone evaluate %s --test, or say --rows learn".formatted(file.name()));
    }
    Dataset<ObjectNode, ObjectNode> chosen = rows.of(file);
    String cost = "At least %s".formatted(Plural.of(chosen.size(), "call"));
    if (!consent.isGiven(open.all(), cost)) {
      return ExitCodes.UNUSABLE;
    }
    open.probe();
    rows.looked(file, output);
    ScoreCheck check = check(file, saved, chosen, open);
    output.result(() -> text(path, open, check), () -> json(path, open, check));
    output.next(
        check.holds() ? "hone run " + file.name() + " DATA.csv" : "hone optimize " + file.name());
    return check.holds() ? ExitCodes.WORKED : ExitCodes.NOTHING_BETTER;
  }

  private ScoreCheck check(
      ProgramFile file,
      Compiled<ObjectNode, ObjectNode> saved,
      Dataset<ObjectNode, ObjectNode> chosen,
      OpenModel open) {
    try (Progress progress = Progress.of(output)) {
      progress.stage("verifying");
      return open.context(file)
          .budget(budget.over(file))
          .listener(progress)
          .build()
          .call(() -> saved.verify(chosen, file.metric()));
    }
  }

  private String text(Path path, OpenModel open, ScoreCheck check) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s on %s, %d %s rows"
            .formatted(
                path.getFileName(),
                open.lm().id(),
                check.evaluation().results().size(),
                rows.part()));
    lines.add("");
    lines.add(
        "  now       %s  %s"
            .formatted(
                Points.of(check.evaluation().score()), Points.of(check.evaluation().interval())));
    lines.add("  recorded  %s  %s".formatted(Points.of(check.recorded()), check.recordedName()));
    lines.add(
        "  %s: the difference is %s %s"
            .formatted(
                check.holds() ? "It holds" : "It scores lower than recorded",
                Points.of(check.difference()),
                Points.of(check.interval())));
    check.notes().forEach(note -> lines.add("  note: " + note));
    return String.join(System.lineSeparator(), lines);
  }

  private ObjectNode json(Path path, OpenModel open, ScoreCheck check) {
    ObjectNode json = Json.object();
    json.put("program", path.toString());
    json.put("model", open.lm().id());
    json.put("part", rows.part());
    json.put("rows", check.evaluation().results().size());
    json.put("holds", check.holds());
    json.put("score", check.evaluation().score());
    json.put("recorded", check.recorded());
    json.put("recordedName", check.recordedName());
    json.put("difference", check.difference());
    json.put("lower", check.interval().lower());
    json.put("upper", check.interval().upper());
    ArrayNode notes = json.putArray("notes");
    check.notes().forEach(notes::add);
    return json;
  }
}
