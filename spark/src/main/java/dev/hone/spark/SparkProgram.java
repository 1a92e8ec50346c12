package dev.hone.spark;

import dev.hone.InvalidInputException;
import dev.hone.SettingCheck;
import dev.hone.compiled.Compiled;
import dev.hone.compiled.DynamicProgram;
import dev.hone.data.Source;
import dev.hone.json.Json;
import dev.hone.program.Program;
import dev.hone.signature.Signature;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * A program as the text that it is saved as, which is what goes to the executors: never Java code.
 * Immutable, serializable and thread-safe.
 */
public final class SparkProgram implements Serializable {
  private static final long serialVersionUID = 1L;

  private final @Nullable String artifact;
  private final @Nullable String project;
  private final String name;
  private final String fingerprint;
  private transient volatile @Nullable Loaded loaded;

  private SparkProgram(@Nullable String artifact, @Nullable String project, String name) {
    this.artifact = artifact;
    this.project = project;
    this.name = name;
    this.fingerprint = Json.sha256(learnt(artifact) + "\0" + project);
  }

  /** What a saved program holds but for where it is from, so that one saved again is the same. */
  private static @Nullable String learnt(@Nullable String artifact) {
    try {
      if (artifact != null && Json.parse(artifact) instanceof ObjectNode saved) {
        saved.remove("provenance");
        return Json.write(saved);
      }
      return artifact;
    } catch (JacksonException e) {
      return artifact; // reading it says what is wrong
    }
  }

  /**
   * A program with what it takes and returns.
   *
   * @param program the program
   * @param signature its fields
   * @param columns which columns become which fields, where their names differ
   */
  record Loaded(
      Program<ObjectNode, ObjectNode> program,
      Signature<ObjectNode, ObjectNode> signature,
      Map<String, String> columns) {}

  /**
   * A saved program of one predictor, as {@link Compiled#save} writes it.
   *
   * @param artifact its file, on the driver
   * @throws dev.hone.compiled.ArtifactException as {@link Compiled#loadDynamic(Path)}
   */
  public static SparkProgram of(Path artifact) {
    return checked(
        new SparkProgram(
            Source.of(SettingCheck.given("artifact", artifact)).text(),
            null,
            String.valueOf(artifact.getFileName())));
  }

  /**
   * A compiled program of one predictor.
   *
   * @throws dev.hone.compiled.ArtifactException if it has several predictors, since the code that
   *     calls them does not travel; write such a program as a project file
   */
  public static SparkProgram of(Compiled<?, ?> program) {
    String text = Json.write(SettingCheck.given("program", program).toJson());
    return checked(new SparkProgram(text, null, program.toString()));
  }

  /** A program that was loaded without its class; as {@link #of(Compiled)}. */
  public static SparkProgram of(DynamicProgram program) {
    return of(SettingCheck.given("program", program).compiled());
  }

  /**
   * A program of a project file ({@code NAME.hone.yaml}), of any strategy and number of steps, as
   * it is written. Needs {@code hone-project} on the class path of driver and executors.
   *
   * @throws InvalidInputException if it cannot be read or used
   */
  public static SparkProgram ofProject(Path project) {
    return ofProject(project, null);
  }

  /**
   * A program of a project file, with what was learnt.
   *
   * @param artifact what {@code hone optimize} wrote; null for the program as it is written
   * @throws InvalidInputException if a file cannot be read or used
   */
  public static SparkProgram ofProject(Path project, @Nullable Path artifact) {
    return checked(
        new SparkProgram(
            artifact == null ? null : Source.of(artifact).text(),
            Source.of(SettingCheck.given("project", project)).text(),
            ProjectPrograms.name(project)));
  }

  private static SparkProgram checked(SparkProgram program) {
    program.load();
    return program;
  }

  /** The program, read once on each machine. */
  Loaded load() {
    Loaded known = loaded;
    if (known == null) {
      known = project == null ? ofArtifact() : ProjectPrograms.load(project, name, artifact);
      loaded = known;
    }
    return known;
  }

  private Loaded ofArtifact() {
    try {
      Path file = Files.createTempFile("hone", ".program.json");
      try {
        Files.writeString(file, String.valueOf(artifact));
        DynamicProgram program = Compiled.loadDynamic(file);
        return new Loaded(program, program.signature(), Map.of());
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The program could not be put into a temporary file", e);
    }
  }

  /** What it takes and returns. */
  public Signature<ObjectNode, ObjectNode> signature() {
    return load().signature();
  }

  /** 64 hexadecimal digits, equal for equal programs, whenever they were saved. */
  public String fingerprint() {
    return fingerprint;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SparkProgram program && program.fingerprint.equals(fingerprint);
  }

  @Override
  public int hashCode() {
    return fingerprint.hashCode();
  }

  /** One line: what it is called, and its signature. */
  @Override
  public String toString() {
    return "SparkProgram[%s: %s]".formatted(name, signature());
  }
}
