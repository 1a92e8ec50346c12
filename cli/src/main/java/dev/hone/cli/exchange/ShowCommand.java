package dev.hone.cli.exchange;

import dev.hone.InvalidInputException;
import dev.hone.cli.frame.ExitCodes;
import dev.hone.cli.frame.OutputOptions;
import dev.hone.compiled.Compiled;
import dev.hone.compiled.CompiledDiff;
import dev.hone.data.Example;
import dev.hone.exchange.PortablePredictor;
import dev.hone.exchange.PromptExport;
import dev.hone.json.Json;
import dev.hone.project.ProgramFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** The command {@code hone show}. */
@Command(
    name = "show",
    description = {
      "Shows the prompt as it is sent, what was learnt, or what differs from before.",
      "Calls no model. What is no terminal gets the texts as they are."
    },
    mixinStandardHelpOptions = true)
public final class ShowCommand implements Callable<Integer> {
  @Mixin private ProgramArgument program = new ProgramArgument();

  @Option(
      names = "--diff",
      description = "What differs from the program as the project file says it.")
  private boolean diff;

  @Option(
      names = "--against",
      paramLabel = "FILE",
      description = "What differs from another saved program.")
  private @Nullable Path against;

  @Option(names = "--demos", description = "The demos as a table.")
  private boolean demos;

  @Option(
      names = "--row",
      paramLabel = "N",
      description = "The learning row that the prompt is shown with, from 1 on (default: 1).")
  private @Nullable Integer row;

  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    try (GivenProgram given = program.load(output)) {
      if (diff || against != null) {
        showDiff(given);
      } else if (demos) {
        showDemos(given);
      } else {
        showPrompts(given);
      }
      return ExitCodes.WORKED;
    }
  }

  private void showPrompts(GivenProgram given) {
    Optional<Example<ObjectNode, ObjectNode>> example = given.row(row);
    output.result(
        () -> {
          PromptView view = new PromptView(Screen.ofStandardOutput());
          view.title(given);
          for (PortablePredictor predictor : given.portable().predictors()) {
            ObjectNode inputs = GivenProgram.inputs(predictor, example);
            view.prompt(predictor, given.context().call(() -> predictor.render(inputs)));
          }
          return view.text();
        },
        () -> json(given, example));
    next(given);
  }

  private static ObjectNode json(
      GivenProgram given, Optional<Example<ObjectNode, ObjectNode>> example) {
    ObjectNode root = Json.object().put("name", given.name());
    root.put("adapter", given.adapter().id());
    given.artifact().ifPresent(file -> root.put("program", file.toString()));
    ObjectNode predictors = root.putObject("predictors");
    for (PortablePredictor predictor : given.portable().predictors()) {
      ObjectNode inputs = GivenProgram.inputs(predictor, example);
      ObjectNode messages = given.context().call(() -> PromptExport.messages(predictor, inputs));
      predictors.set(predictor.name(), PromptView.json(predictor, messages));
    }
    return root;
  }

  private void showDemos(GivenProgram given) {
    output.result(
        () -> {
          PromptView view = new PromptView(Screen.ofStandardOutput());
          view.title(given);
          given.portable().predictors().forEach(view::demos);
          return view.text();
        },
        () -> {
          ObjectNode root = Json.object();
          given
              .portable()
              .predictors()
              .forEach(
                  p ->
                      p.state()
                          .demos()
                          .forEach(d -> root.withArrayProperty(p.name()).add(d.toJson())));
          return root;
        });
    next(given);
  }

  private void showDiff(GivenProgram given) {
    CompiledDiff found = against == null ? fromProject(given) : fromFile(given, against);
    output.result(
        () -> {
          PromptView view = new PromptView(Screen.ofStandardOutput());
          view.title(given);
          if (against != null) {
            view.origins(found);
          }
          view.diff(found);
          return view.text();
        },
        () -> PromptView.json(found));
    next(given);
  }

  private static CompiledDiff fromProject(GivenProgram given) {
    ProgramFile project =
        given
            .project()
            .orElseThrow(
                () ->
                    InvalidInputException.of(
                        "%s has no project file beside it to compare with".formatted(given.name()),
                        "compare two saved programs: --against OTHER.program.json"));
    if (given.artifact().isEmpty()) {
      throw InvalidInputException.of(
          "Nothing was learnt for %s yet, so nothing differs".formatted(given.name()),
          "optimize it first: hone optimize " + given.name());
    }
    return CompiledDiff.of(
        given.context().call(() -> Compiled.of(project.program())), given.compiled().orElseThrow());
  }

  private static CompiledDiff fromFile(GivenProgram given, Path before) {
    Path after =
        given
            .artifact()
            .orElseThrow(
                () ->
                    InvalidInputException.of(
                        "Nothing was saved for %s to compare with %s"
                            .formatted(given.name(), before),
                        "name a saved program instead: hone show FILE.json --against " + before));
    return CompiledDiff.of(before, after);
  }

  private void next(GivenProgram given) {
    String export = "hone export " + given.argument() + " --java";
    if (given.project().isPresent() && given.artifact().isEmpty()) {
      output.next("hone evaluate " + given.argument(), "hone optimize " + given.argument());
    } else if (!diff && given.project().isPresent()) {
      output.next("hone show " + given.argument() + " --diff", export);
    } else {
      output.next(export);
    }
  }
}
