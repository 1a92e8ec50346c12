package dev.hone.store;

import dev.hone.InvalidInputException;
import dev.hone.compiled.Compiled;

/**
 * A source of programs that takes new ones. A version is never changed once it is there; which one
 * is in use is. Several processes may use one place. Implementations are thread-safe.
 */
public interface ProgramStore extends ProgramSource {
  /**
   * Puts a program there as the next version, which is in use from then on.
   *
   * @param model the id of the model that it is for; empty for all that have none of their own
   * @throws ProgramStoreException if it cannot be written; what was in use still is
   */
  ProgramVersion put(String name, String model, Compiled<?, ?> program);

  /**
   * Puts a version into use, forward or back.
   *
   * @throws InvalidInputException if it is not there
   * @throws ProgramStoreException if it cannot be written
   */
  void use(ProgramVersion version);

  /**
   * Goes back to the version before the one in use. A next {@link #put} has a new number.
   *
   * @return what is in use now
   * @throws InvalidInputException if there is none before it
   * @throws ProgramStoreException if it cannot be written
   */
  default ProgramVersion rollback(String name, String model) {
    ProgramVersion now =
        current(name, model)
            .filter(version -> version.model().equals(model))
            .orElseThrow(
                () ->
                    InvalidInputException.of(
                        "There is no program \"%s\" of its own for %s in %s"
                            .formatted(name, model.isEmpty() ? "all models" : model, this),
                        "see versions(name)"));
    ProgramVersion before =
        versions(name).stream()
            .filter(one -> one.model().equals(model) && one.number() < now.number())
            .reduce((first, second) -> second)
            .orElseThrow(
                () ->
                    InvalidInputException.of(
                        "%s is the first, with none to go back to".formatted(now),
                        "put another one"));
    use(before);
    return before;
  }
}
