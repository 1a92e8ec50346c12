package dev.hone.program;

import dev.hone.HoneException;
import dev.hone.adapter.ReplyFormatException;
import dev.hone.lm.LmUsage;
import dev.hone.text.Excerpt;
import dev.hone.text.Plural;
import java.util.List;

/**
 * A model whose replies could not be read, after the repair turn and the JSON adapter. Carries the
 * raw text, the path that failed, every attempt and their usage.
 */
public final class UnparsableReplyException extends HoneException {
  private static final long serialVersionUID = 1L;

  private static final int NAME_CHARS = 200;

  private final String path;
  private final transient List<Attempt> attempts;

  UnparsableReplyException(String predictor, List<Attempt> attempts, ReplyFormatException last) {
    super(
        "The replies to %s could not be read after %s. %s%s"
            .formatted(
                Excerpt.of(predictor, NAME_CHARS),
                Plural.of(attempts.size(), "attempt"),
                last.getMessage(),
                fix(last)),
        last);
    this.path = last.path();
    this.attempts = List.copyOf(attempts);
  }

  /** A record that refused its values may have said already what to do. */
  private static String fix(ReplyFormatException last) {
    return String.valueOf(last.getMessage()).contains("Maybe ")
        ? ""
        : " Maybe describe the field more exactly, or use a stronger model.";
  }

  /** The path of names and indices to what failed; empty for the whole reply. */
  public String path() {
    return path;
  }

  /** The raw text of the last reply. */
  public String rawText() {
    return attempts.get(attempts.size() - 1).reply();
  }

  /** Every attempt, in order. */
  public List<Attempt> attempts() {
    return attempts;
  }

  /** The tokens that all attempts cost. */
  public LmUsage usage() {
    return attempts.stream().map(Attempt::usage).reduce(LmUsage.NONE, LmUsage::plus);
  }
}
