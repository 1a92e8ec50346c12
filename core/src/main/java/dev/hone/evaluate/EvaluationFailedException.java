package dev.hone.evaluate;

import dev.hone.HoneException;

/**
 * An evaluation that brought no score at all: the metric failed on every example, or the model
 * could not be reached for any. Its cause is the fault of the first example.
 */
public final class EvaluationFailedException extends HoneException {
  private static final long serialVersionUID = 1L;

  EvaluationFailedException(String message, RuntimeException cause) {
    super(message, cause);
  }
}
