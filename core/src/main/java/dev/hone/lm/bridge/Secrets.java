package dev.hone.lm.bridge;

import dev.hone.text.Redaction;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Takes credentials out of texts and exceptions: those that are known, and what looks like one. */
public final class Secrets {
  private static final int MAX_DEPTH = 20;

  private final List<String> known;

  /** The longest first, since one may be a part of another. */
  private Secrets(List<String> known) {
    this.known = known.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
  }

  /** A known credential, and anything that looks like one. */
  public static Secrets of(String known) {
    return new Secrets(List.of(known));
  }

  /** Anything that looks like a credential. */
  public static Secrets unknown() {
    return new Secrets(List.of());
  }

  /** These, and further known credentials. */
  public Secrets and(List<String> more) {
    return new Secrets(Stream.concat(known.stream(), more.stream()).toList());
  }

  /** The text without credentials. */
  public String scrub(String text) {
    String scrubbed = text;
    for (String credential : known) {
      scrubbed = scrubbed.replace(credential, Redaction.HIDDEN);
    }
    return Redaction.of(scrubbed);
  }

  /**
   * The exception itself if no message in it has a credential, else a stand-in with the same stack
   * trace.
   */
  public Throwable scrub(Throwable error) {
    return isClean(error, 0) ? error : standIn(error, 0);
  }

  private boolean isClean(Throwable error, int depth) {
    String text = error.toString();
    if (depth > MAX_DEPTH || !scrub(text).equals(text)) {
      return false;
    }
    for (Throwable suppressed : error.getSuppressed()) {
      if (!isClean(suppressed, depth + 1)) {
        return false;
      }
    }
    return error.getCause() == null || isClean(error.getCause(), depth + 1);
  }

  private Throwable standIn(Throwable error, int depth) {
    Throwable cause = error.getCause();
    Throwable next = cause == null || depth == MAX_DEPTH ? null : standIn(cause, depth + 1);
    Throwable copy = new Scrubbed(scrub(error.toString()), next);
    copy.setStackTrace(error.getStackTrace());
    return copy;
  }

  /**
   * Stands in for an exception whose message held a credential; its message begins with its class.
   */
  private static final class Scrubbed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Scrubbed(String text, @Nullable Throwable cause) {
      super(text, cause);
    }
  }
}
