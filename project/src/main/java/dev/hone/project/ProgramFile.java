package dev.hone.project;

import dev.hone.data.Dataset;
import dev.hone.data.Split;
import dev.hone.metric.Metric;
import dev.hone.program.DynamicPredict;
import dev.hone.program.Program;
import dev.hone.signature.Signature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** A project file: {@code NAME.hone.yaml}. Immutable and thread-safe; reading it calls no model. */
public final class ProgramFile {
  /** How names of project files end. */
  public static final String SUFFIX = ".hone.yaml";

  private final Path file;
  private final JsonNode root;
  private final Signature<ObjectNode, ObjectNode> signature;

  private ProgramFile(Path file, JsonNode root) {
    this.file = file;
    this.root = root;
    this.signature = Signature.parse(fields("inputs") + " -> " + fields("outputs"), task());
  }

  private String fields(String side) {
    List<String> parts = new ArrayList<>();
    root.path(side)
        .forEachEntry(
            (name, value) ->
                parts.add(
                    value.path("one of").isArray()
                        ? name + ": Literal" + value.path("one of")
                        : name));
    return String.join(", ", parts);
  }

  private String task() {
    return root.path("task").asString("");
  }

  /** Reads a project file. */
  public static ProgramFile load(Path file) {
    try {
      return new ProgramFile(file, new YAMLMapper().readTree(Files.readString(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the file is called, without its ending: the project's name. */
  public String name() {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
  }

  /** Where it is. */
  public Path file() {
    return file;
  }

  /** What the program takes and returns. */
  public Signature<ObjectNode, ObjectNode> signature() {
    return signature;
  }

  /** The program as the file says it, with nothing learnt. */
  public Program<ObjectNode, ObjectNode> program() {
    return DynamicPredict.ofSignature(signature);
  }

  /** How answers are scored. */
  public Metric<ObjectNode, ObjectNode> metric() {
    return Metric.byField(signature);
  }

  /** The model's name, as {@code LanguageModel.named} takes it, if the file says one. */
  public Optional<String> model() {
    return root.path("model").asStringOpt();
  }

  /** Reads the data file, and splits it. */
  public ProjectData data() {
    Path data = file.resolveSibling(root.path("data").asString(""));
    Dataset<ObjectNode, ObjectNode> all = Dataset.ofCsv(data, signature);
    Split<ObjectNode, ObjectNode> split = all.stratifiedSplit(0.6, 1);
    return new ProjectData(split.first(), split.rest());
  }
}
