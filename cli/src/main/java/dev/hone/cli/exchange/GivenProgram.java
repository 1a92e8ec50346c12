package dev.hone.cli.exchange;

import dev.hone.InvalidInputException;
import dev.hone.adapter.Adapter;
import dev.hone.compiled.Compiled;
import dev.hone.context.Context;
import dev.hone.data.Example;
import dev.hone.exchange.PortablePredictor;
import dev.hone.exchange.PortableProgram;
import dev.hone.exchange.SampleInput;
import dev.hone.project.ProgramFile;
import dev.hone.type.Field;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The program that an argument names.
 *
 * @param argument what was typed for it
 * @param name what it is called
 * @param portable what it says
 * @param project its project file, if there is one
 * @param artifact the saved program, if there is one
 * @param compiled the program with its class, where the project file gives that
 * @param adapter the layout of its prompts
 */
record GivenProgram(
    String argument,
    String name,
    PortableProgram portable,
    Optional<ProgramFile> project,
    Optional<Path> artifact,
    Optional<Compiled<ObjectNode, ObjectNode>> compiled,
    Adapter adapter)
    implements AutoCloseable {

  /** The context in which its prompts are rendered. */
  Context context() {
    return Context.builder().adapter(adapter).build();
  }

  /** A copy with one of its predictors only. */
  GivenProgram only(String predictor) {
    return new GivenProgram(
        argument, name, portable.only(predictor), project, artifact, compiled, adapter);
  }

  /** Ends what the project file started, such as servers of tools. */
  @Override
  public void close() {
    project.ifPresent(ProgramFile::close);
  }

  /**
   * Inputs to show a predictor with: those of a row of the data as far as it has them, and places
   * for the others.
   *
   * @param row the row, if there are data
   */
  static ObjectNode inputs(
      PortablePredictor predictor, Optional<Example<ObjectNode, ObjectNode>> row) {
    ObjectNode inputs = SampleInput.of(predictor.signature());
    row.ifPresent(
        example -> {
          for (Field field : predictor.signature().inputFields()) {
            if (example.inputJson().has(field.name())) {
              inputs.set(field.name(), example.inputJson().get(field.name()));
            }
          }
        });
    return inputs;
  }

  /**
   * A learning row of the project.
   *
   * @param number from 1 on; null for the first, if there is one that can be read
   */
  Optional<Example<ObjectNode, ObjectNode>> row(@Nullable Integer number) {
    if (number == null) {
      return firstRow();
    }
    ProgramFile file =
        project.orElseThrow(
            () ->
                InvalidInputException.of(
                    "--row needs the rows of a project, and %s is a program alone".formatted(name),
                    "name the project instead"));
    List<Example<ObjectNode, ObjectNode>> rows = file.data().learn().examples();
    if (number < 1 || number > rows.size()) {
      throw InvalidInputException.of(
          "--row (%d) is not one of the %d learning rows of %s"
              .formatted(number, rows.size(), file.name()),
          "use --row=1");
    }
    return Optional.of(rows.get(number - 1));
  }

  private Optional<Example<ObjectNode, ObjectNode>> firstRow() {
    try {
      return project.flatMap(file -> file.data().learn().examples().stream().findFirst());
    } catch (RuntimeException e) {
      return Optional.empty(); // the prompt is what is shown; its data may be elsewhere
    }
  }
}
