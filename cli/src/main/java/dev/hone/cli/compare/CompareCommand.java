package dev.hone.cli.compare;

import dev.hone.cli.files.ProgramChoice;
import dev.hone.cli.frame.BudgetOptions;
import dev.hone.cli.frame.Consent;
import dev.hone.cli.frame.ExitCodes;
import dev.hone.cli.frame.OutputOptions;
import dev.hone.cli.frame.ProjectArgument;
import dev.hone.cli.model.ModelOptions;
import dev.hone.cli.model.ModelOptions.OpenModel;
import dev.hone.cli.progress.Progress;
import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.Evaluator;
import dev.hone.project.ProgramFile;
import dev.hone.text.Plural;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** The command {@code hone compare}. */
@Command(
    name = "compare",
    description = {
      "Says whether one program is better than another, on the same rows.",
      "Compares row by row, so that a difference shows with fewer rows; says how sure it is, and"
          + " which rows changed."
    },
    footer = {
      "%nExamples:",
      "  hone compare tickets",
      "  hone compare tickets tickets.program.bak.json tickets.program.json",
      "%nExit codes: 0 the second is better, 3 not shown to be better."
    },
    mixinStandardHelpOptions = true)
public final class CompareCommand implements Callable<Integer> {
  @Mixin private ProjectArgument project = new ProjectArgument();

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "FIRST",
      defaultValue = ProgramChoice.AS_WRITTEN,
      description = "A program file, or as-written, which is the default.")
  private String first = ProgramChoice.AS_WRITTEN;

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "SECOND",
      description = "A program file. Default: PROJECT.program.json.")
  private @Nullable String second;

  @Mixin private RowsOption rows = new RowsOption();
  @Mixin private ModelOptions model = new ModelOptions();
  @Mixin private BudgetOptions budget = new BudgetOptions();
  @Mixin private Consent consent = new Consent();
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    try (ProgramFile loaded = project.load();
        OpenModel open = model.openUnasked(loaded.model())) {
      return compare(open.serving(loaded), open);
    }
  }

  private int compare(ProgramFile file, OpenModel open) {
    String other = second == null ? ProgramChoice.file(file).toString() : second;
    List<ProgramChoice> programs =
        List.of(ProgramChoice.of(file, first), ProgramChoice.of(file, other));
    Dataset<ObjectNode, ObjectNode> chosen = rows.of(file);
    String cost = "At least %s".formatted(Plural.of(2L * chosen.size(), "call"));
    if (!consent.isGiven(open.all(), cost)) {
      return ExitCodes.UNUSABLE;
    }
    open.probe();
    rows.looked(file, output);
    ComparedPrograms compared = compared(file, programs, chosen, open);
    output.result(() -> text(file, open, compared), () -> json(file, open, compared));
    output.next("hone show " + file.name() + " --diff", "hone run " + file.name() + " DATA.csv");
    return compared.improved() ? ExitCodes.WORKED : ExitCodes.NOTHING_BETTER;
  }

  private ComparedPrograms compared(
      ProgramFile file,
      List<ProgramChoice> programs,
      Dataset<ObjectNode, ObjectNode> chosen,
      OpenModel open) {
    List<Evaluation<ObjectNode, ObjectNode>> evaluations = new ArrayList<>();
    try (Progress progress = Progress.of(output)) {
      Context context = open.context(file).budget(budget.over(file)).listener(progress).build();
      for (ProgramChoice each : programs) {
        progress.stage(each.name());
        evaluations.add(
            context.call(
                () -> Evaluator.of(chosen, file.metric()).evaluate(each.program()).requireScore()));
      }
    }
    return new ComparedPrograms(
        programs.stream().map(ProgramChoice::name).toList(),
        evaluations.get(0),
        evaluations.get(1));
  }

  private String text(ProgramFile file, OpenModel open, ComparedPrograms compared) {
    List<String> lines = new ArrayList<>();
    int count = compared.first().results().size();
    lines.add("%s on %s, %d %s rows".formatted(file.name(), open.lm().id(), count, rows.part()));
    lines.add("");
    lines.addAll(compared.lines());
    if (rows.isTest()) {
      lines.addAll(compared.changedRows());
    } else {
      RowChanges changes = compared.changes();
      lines.addAll(RowChanges.lines(heading("better", changes.better()), changes.better()));
      lines.addAll(RowChanges.lines(heading("worse", changes.worse()), changes.worse()));
    }
    compared.caution().ifPresent(lines::add);
    return String.join(System.lineSeparator(), lines);
  }

  private static String heading(String how, List<RowChanges.Row> rows) {
    return "%s on %s:".formatted(how, Plural.of(rows.size(), "row"));
  }

  private ObjectNode json(ProgramFile file, OpenModel open, ComparedPrograms compared) {
    ObjectNode json = compared.toJson(List.of("first", "second"), !rows.isTest());
    json.put("project", file.name());
    json.put("model", open.lm().id());
    return json.put("part", rows.part());
  }
}
