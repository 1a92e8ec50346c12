package dev.hone.tool;

import dev.hone.HoneException;
import dev.hone.coerce.TypeMismatchException;
import dev.hone.context.MissingModelException;
import dev.hone.json.Json;
import dev.hone.json.LenientJson;
import dev.hone.lm.LmException;
import dev.hone.lm.MessagePart.ToolCall;
import dev.hone.text.Excerpt;
import dev.hone.text.NearestName;
import dev.hone.text.Plural;
import dev.hone.text.Redaction;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the arguments of calls, and says in words for a model why a call has no result: what went
 * wrong and how to go on, without stack traces and credentials.
 */
final class CallText {
  private static final int MOST_CHARS = 1_000;
  private static final int QUOTED_CHARS = 200;
  private static final int MOST_CAUSES = 50;

  private CallText() {}

  /**
   * The arguments as an object: nothing at all, and null, are an empty one.
   *
   * @throws TypeMismatchException if they are no JSON object, or can be read in two ways
   */
  static ObjectNode object(ToolCall call) {
    String text = call.arguments().strip();
    if (text.isEmpty() || text.equals("null")) {
      return Json.object();
    }
    Optional<LenientJson.Reading> reading = LenientJson.read(text);
    if (reading.isPresent() && reading.get().value().isString()) {
      reading = LenientJson.read(reading.get().value().stringValue());
    }
    String doubt = reading.map(LenientJson.Reading::doubt).orElse(null);
    if (doubt != null) {
      throw new TypeMismatchException("", doubt);
    }
    return reading
        .filter(found -> !found.truncated() && !found.surrounded())
        .map(LenientJson.Reading::value)
        .filter(ObjectNode.class::isInstance)
        .map(found -> ((ObjectNode) found).deepCopy())
        .orElseThrow(() -> noObject(text));
  }

  private static TypeMismatchException noObject(String text) {
    return new TypeMismatchException(
        "", "found %s, expected one JSON object".formatted(Excerpt.of(text, QUOTED_CHARS)));
  }

  static String unknown(String name, Collection<String> names) {
    String meant =
        NearestName.of(name, names).map(near -> " Did you mean \"" + near + "\"?").orElse("");
    return clean(
        "There is no tool \"%s\".%s The tools are: %s."
            .formatted(Excerpt.ofLine(name, QUOTED_CHARS), meant, String.join(", ", names)));
  }

  static String badArguments(String tool, HoneException error) {
    return error instanceof ToolException
        ? failed(tool, error)
        : clean(
            "The arguments of \"%s\" do not fit. %s. Call it again with arguments that do."
                .formatted(tool, error.getMessage()));
  }

  static String denied(String tool) {
    return "The call of \"%s\" was not allowed. Go on without it.".formatted(tool);
  }

  static String denied(String tool, Throwable error) {
    return clean(
        "The call of \"%s\" was not allowed: %s. Go on without it."
            .formatted(tool, message(error)));
  }

  static String tooOften(String tool, int most) {
    return "The tool \"%s\" was called %s, which is as often as it may be. Go on without it."
        .formatted(tool, Plural.of(most, "time"));
  }

  static String tooDeep(String tool, int most) {
    return "The tool \"%s\" is called by a tool within %d others, which is as deep as calls may go."
        .formatted(tool, most);
  }

  static String stuck(String tool, long calls) {
    return "The tool \"%s\" does not end: %s of it still run. Go on without it."
        .formatted(tool, Plural.of(calls, "earlier call"));
  }

  static String timedOut(String tool, Duration timeout, boolean leftBehind) {
    return "The tool \"%s\" did not end within %s and was cancelled%s. It may have done its work or not."
        .formatted(
            tool, seconds(timeout), leftBehind ? ", but does not end; it was left behind" : "");
  }

  static String runEnded(String tool) {
    return "The call of \"%s\" was cancelled, since the run ended.".formatted(tool);
  }

  private static String seconds(Duration timeout) {
    return timeout.toMillis() % 1_000 == 0
        ? Plural.of(timeout.toSeconds(), "second")
        : Plural.of(timeout.toMillis(), "millisecond");
  }

  static String failed(String tool, Throwable error) {
    return clean(
        error instanceof ToolException
            ? String.valueOf(error.getMessage())
            : "The tool \"%s\" failed: %s.".formatted(tool, message(error)));
  }

  /** What an exception says; its class where it says nothing, or where that says more. */
  private static String message(Throwable error) {
    String text;
    try {
      text = error.getMessage();
    } catch (Throwable e) {
      text = null;
    }
    String name = error.getClass().getSimpleName();
    if (text == null || text.isBlank()) {
      return name;
    }
    String said = text.strip().replaceFirst("\\.$", "");
    return error instanceof HoneException ? said : name + ": " + said;
  }

  private static String clean(String text) {
    return Redaction.of(Excerpt.beginning(text, MOST_CHARS));
  }

  /**
   * Throws on what ends a run, wherever it stands among the causes of what was thrown: no turn of a
   * model can repair it.
   */
  static void rethrowFatal(Throwable error) {
    fatal(error)
        .ifPresent(
            found -> {
              throw found;
            });
  }

  /** What ends a run, if it stands among the causes of what was thrown. */
  static Optional<RuntimeException> fatal(@Nullable Throwable error) {
    Throwable cause = error;
    for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
      if (cause instanceof HoneException hone) {
        return isFatal(hone) ? Optional.of(hone) : Optional.empty();
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }

  private static boolean isFatal(HoneException error) {
    return error instanceof LmException.BudgetExhausted
        || error instanceof LmException.Unauthorized
        || error instanceof LmException.JournalFailed
        || error instanceof LmException.Interrupted
        || error instanceof MissingModelException;
  }
}
