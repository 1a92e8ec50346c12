package dev.hone.store;

import dev.hone.InvalidInputException;
import dev.hone.compiled.Compiled;
import dev.hone.program.Program;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where compiled programs come from, by name, version and model. What is read is data: no code
 * comes out of it. Implementations are thread-safe.
 *
 * <pre>{@code
 * ProgramSource programs = FolderPrograms.of(Path.of("programs"));
 * var route = programs.load(Predict.of(Ticket.class, Route.class), "route", model.id());
 * }</pre>
 */
public interface ProgramSource {
  /**
   * All versions of a program, those of one model together, by their numbers; empty if there is
   * none.
   *
   * @throws ProgramStoreException if the place cannot be read
   */
  List<ProgramVersion> versions(String name);

  /**
   * The version that is in use for a model: that of the model itself, else that for all models.
   *
   * @param model the model's id; empty for any
   * @throws ProgramStoreException if the place cannot be read
   */
  Optional<ProgramVersion> current(String name, String model);

  /**
   * What {@link Compiled#toJson} gave.
   *
   * @throws InvalidInputException if there is no such version
   * @throws ProgramStoreException if the place cannot be read
   */
  ObjectNode read(ProgramVersion version);

  /**
   * The version that is in use for a model.
   *
   * @param program the program that was compiled
   * @param model the model's id; empty for any
   * @throws InvalidInputException if there is none; the message lists what there is
   * @throws dev.hone.compiled.ArtifactException if it belongs to another program
   * @throws ProgramStoreException if the place cannot be read
   */
  default <I, O> Compiled<I, O> load(Program<I, O> program, String name, String model) {
    ProgramVersion version =
        current(name, model)
            .orElseThrow(
                () ->
                    InvalidInputException.of(
                        "There is no program \"%s\" for %s in %s; its versions are %s"
                            .formatted(
                                name, model.isEmpty() ? "any model" : model, this, versions(name)),
                        "put one there, or check the name"));
    return load(program, version);
  }

  /** A certain version; errors as {@link #read} and {@link Compiled#fromJson}. */
  default <I, O> Compiled<I, O> load(Program<I, O> program, ProgramVersion version) {
    return Compiled.fromJson(program, read(version));
  }
}
