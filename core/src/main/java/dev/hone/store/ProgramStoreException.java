package dev.hone.store;

import dev.hone.HoneException;
import org.jspecify.annotations.Nullable;

/** A place of programs cannot be read or written: the file system or the database fails. */
public final class ProgramStoreException extends HoneException {
  private static final long serialVersionUID = 1L;

  ProgramStoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
