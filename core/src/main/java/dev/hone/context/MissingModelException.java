package dev.hone.context;

import dev.hone.InvalidInputException;

/**
 * The current context has no language model, and code asked for it. Not a fault of an example: it
 * ends an evaluation.
 */
public final class MissingModelException extends InvalidInputException {
  private static final long serialVersionUID = 1L;

  MissingModelException() {
    super(
        "No language model is set. Maybe run the code inside context.call(() -> ...), or within"
            + " try (var scope = context.open()) {...}, where the context is"
            + " Context.builder().lm(model).build(); on threads of your own, wrap their work in"
            + " context.wrap(...).");
  }
}
