package dev.hone.cli.exchange;

import dev.hone.cli.exchange.ExportForm.Kind;
import dev.hone.cli.frame.BudgetOptions;
import dev.hone.cli.frame.Consent;
import dev.hone.cli.frame.ExitCodes;
import dev.hone.cli.frame.OutputOptions;
import dev.hone.cli.model.ModelOptions;
import dev.hone.exchange.PortableProgram;
import dev.hone.exchange.PromptExport;
import dev.hone.exchange.dspy.DspyState;
import dev.hone.exchange.source.JavaSource;
import dev.hone.exchange.source.LangChain4jSource;
import dev.hone.exchange.source.SourceName;
import dev.hone.exchange.source.SpringAiSource;
import dev.hone.json.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** The command {@code hone export}. */
@Command(
    name = "export",
    description = {
      "Takes a program elsewhere: as text, messages, Java, LangChain4j, Spring AI, DSPy, or lines"
          + " to train a model with.",
      "Calls no model, except with --finetune."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
public final class ExportCommand implements Callable<Integer> {
  @Mixin private ProgramArgument program = new ProgramArgument();

  @ArgGroup(exclusive = true, multiplicity = "1", heading = "What it becomes (one of):%n")
  private ExportForm form = new ExportForm();

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description = "The file to write (default: standard output). It is replaced if it is there.")
  private @Nullable Path out;

  @Option(
      names = "--package",
      paramLabel = "NAME",
      defaultValue = "",
      description = "The package of Java sources (default: none).")
  private String packageName = "";

  @Option(
      names = "--class",
      paramLabel = "NAME",
      description = "The class of Java sources (default: the file's name, or the program's).")
  private @Nullable String className;

  @Option(
      names = "--like",
      paramLabel = "FILE",
      description =
          "With --dspy: a state that DSPy saved of the module, for the names of predictors such as"
              + " judges[0], which no step of a project can have.")
  private @Nullable Path like;

  @Mixin private FineTuneRun fineTuning = new FineTuneRun();
  @Mixin private ModelOptions models = new ModelOptions();
  @Mixin private BudgetOptions budget = new BudgetOptions();
  @Mixin private Consent consent = new Consent();
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    Kind kind = form.kind();
    try (GivenProgram given = kind == Kind.FINETUNE ? program.load() : program.load(output)) {
      if (kind == Kind.FINETUNE) {
        if (out != null) {
          WrittenFile.requireWritable(out);
        }
        var means = new FineTuneRun.Means(models, budget, consent);
        return fineTuning.run(given, means, output, lines -> deliver(given, kind, lines));
      }
      return deliver(given, kind, text(given, kind));
    }
  }

  private String text(GivenProgram given, Kind kind) {
    PortableProgram portable = given.portable();
    return switch (kind) {
      case TEXT -> PromptExport.text(portable, given.adapter()) + "\n";
      case MESSAGES -> Json.pretty(PromptExport.messages(portable, given.adapter())) + "\n";
      case JAVA -> JavaSource.of(portable, sourceName(given), artifact(given));
      case LANGCHAIN4J -> LangChain4jSource.of(portable, sourceName(given));
      case SPRING_AI -> SpringAiSource.of(portable, sourceName(given));
      default -> Json.pretty(DspyNames.asFields(DspyState.of(portable), like).toJson()) + "\n";
    };
  }

  private static String artifact(GivenProgram given) {
    return given
        .artifact()
        .map(Path::toString)
        .orElse(given.name() + ".program.json, which hone optimize writes");
  }

  private SourceName sourceName(GivenProgram given) {
    if (className != null) {
      return new SourceName(packageName, className);
    }
    String file = out == null ? "" : String.valueOf(out.getFileName());
    return file.endsWith(".java")
        ? new SourceName(packageName, file.substring(0, file.length() - ".java".length()))
        : SourceName.of(packageName, given.name());
  }

  private int deliver(GivenProgram given, Kind kind, String text) {
    ObjectNode json = Json.object().put("format", kind.word()).put("program", given.name());
    Path file = out;
    if (file == null) {
      output.result(() -> text.stripTrailing(), () -> json.put("content", text));
    } else {
      WrittenFile.write(file, text);
      output.result(() -> written(file, text), () -> json.put("file", file.toString()));
    }
    next(given, kind);
    return ExitCodes.WORKED;
  }

  private static String written(Path file, String text) {
    return String.format(
        Locale.ROOT, "wrote %s (%,d bytes)", file, text.getBytes(StandardCharsets.UTF_8).length);
  }

  private void next(GivenProgram given, Kind kind) {
    String file = out == null ? "FILE" : out.toString();
    if (kind == Kind.DSPY) {
      output.say("load it in Python with program.load(\"" + file + "\")");
    } else if (kind.isSource()) {
      output.say("docs/guides/exchange.md says what it is compiled with");
    }
    output.next("hone show " + given.argument());
  }
}
