package dev.hone.exchange;

import dev.hone.InvalidInputException;
import dev.hone.compiled.Compiled;
import dev.hone.json.Json;
import dev.hone.signature.Signature;
import dev.hone.text.NearestName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a program says to models, apart from its code: its predictors, each with its fields,
 * instructions and demos. Immutable and thread-safe; nothing here calls a model.
 *
 * <pre>{@code
 * PortableProgram program = PortableProgram.read(Path.of("tickets.program.json"));
 * System.out.println(PromptExport.text(program, Adapter.chat()));
 * }</pre>
 */
public final class PortableProgram {
  private static final String PREDICTORS = "predictors";

  private final String name;
  private final List<PortablePredictor> predictors;
  private final Optional<Signature<?, ?>> signature;

  private PortableProgram(
      String name, List<PortablePredictor> predictors, Optional<Signature<?, ?>> signature) {
    this.name = name;
    this.predictors = List.copyOf(predictors);
    this.signature = signature;
  }

  /**
   * What a compiled program says.
   *
   * @param name what it is called where it is taken
   * @throws InvalidInputException if it has no predictors
   */
  public static PortableProgram of(String name, Compiled<?, ?> compiled) {
    List<String> names = List.copyOf(compiled.predictors().byName().keySet());
    if (names.isEmpty()) {
      throw InvalidInputException.of(
          "The program %s has no predictors, so there is nothing to take elsewhere"
              .formatted(compiled),
          "make its predictors fields of the program");
    }
    return new PortableProgram(
        name,
        names.stream().map(n -> new PortablePredictor(n, compiled, n)).toList(),
        Optional.empty());
  }

  /**
   * Reads a saved program, whatever its class is: of one predictor or several. It is named as the
   * file, without {@code .program.json} or {@code .json}.
   *
   * @throws dev.hone.compiled.ArtifactException if the file cannot be read, is damaged, or has
   *     format 1
   */
  public static PortableProgram read(Path file) {
    List<PortablePredictor> predictors = new ArrayList<>();
    for (String predictor : names(file)) {
      Compiled<ObjectNode, ObjectNode> one = Compiled.loadDynamic(file, predictor).compiled();
      String inside = one.predictors().byName().keySet().iterator().next();
      predictors.add(new PortablePredictor(predictor, one, inside));
    }
    return new PortableProgram(nameOf(file), predictors, Optional.empty());
  }

  /** The names of the predictors of a file; one that is no artifact is refused by its reader. */
  private static List<String> names(Path file) {
    try {
      JsonNode root = Json.parseFile(Files.readString(file));
      List<String> names = List.copyOf(root.path(PREDICTORS).propertyNames());
      if (!names.isEmpty()) {
        return names;
      }
    } catch (IOException | JacksonException e) {
      Compiled.loadDynamic(file);
    }
    return List.copyOf(Compiled.loadDynamic(file).compiled().predictors().byName().keySet());
  }

  private static String nameOf(Path file) {
    return String.valueOf(file.getFileName())
        .replaceFirst("\\.program\\.json$", "")
        .replaceFirst("\\.json$", "");
  }

  /** What it is called. */
  public String name() {
    return name;
  }

  /** Its predictors, in order; at least one. */
  public List<PortablePredictor> predictors() {
    return predictors;
  }

  /** A copy with another name. */
  public PortableProgram named(String value) {
    return new PortableProgram(value, predictors, signature);
  }

  /**
   * What the whole program takes and returns, where that is known: a saved program does not say it,
   * a project file does.
   */
  public Optional<Signature<?, ?>> signature() {
    return signature;
  }

  /** A copy that knows what the whole program takes and returns. */
  public PortableProgram withSignature(Signature<?, ?> value) {
    return new PortableProgram(name, predictors, Optional.of(value));
  }

  /**
   * A copy with one of the predictors only.
   *
   * @throws InvalidInputException if there is none of that name
   */
  public PortableProgram only(String predictor) {
    List<String> names = predictors.stream().map(PortablePredictor::name).toList();
    int index = names.indexOf(predictor);
    if (index < 0) {
      throw InvalidInputException.of(
          "There is no predictor \"%s\", only %s".formatted(predictor, names),
          NearestName.of(predictor, names)
              .map(meant -> "it is to be \"" + meant + "\"")
              .orElse("use one of those names"));
    }
    return new PortableProgram(name, List.of(predictors.get(index)), Optional.empty());
  }

  /** One line: its name and those of its predictors. */
  @Override
  public String toString() {
    return "PortableProgram[%s: %s]"
        .formatted(name, predictors.stream().map(PortablePredictor::name).toList());
  }
}
