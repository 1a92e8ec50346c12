package dev.hone.program;

import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import dev.hone.lm.MessagePart.ToolCall;
import dev.hone.text.Excerpt;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One reply on the way to a predictor's answer. Immutable. */
public final class Attempt {
  private static final int QUOTED_HEAD = 6_000;
  private static final int QUOTED_TAIL = 2_000;

  private final String adapterId;
  private final String reply;
  private final @Nullable String problem;
  private final LmUsage usage;
  private final LmUsage paidUsage;
  private final boolean cached;
  private final Duration duration;

  private Attempt(
      String adapterId, LmResponse response, @Nullable String problem, Duration duration) {
    this.adapterId = adapterId;
    this.reply = text(response);
    this.problem = problem;
    this.usage = response.usage();
    this.paidUsage = response.paidUsage();
    this.cached = response.cached();
    this.duration = duration;
  }

  /** What a reply says; of one that only calls tools, the calls. */
  private static String text(LmResponse response) {
    return response.text().isEmpty()
        ? response.parts().stream()
            .filter(ToolCall.class::isInstance)
            .map(part -> ((ToolCall) part).name() + " " + ((ToolCall) part).arguments())
            .collect(Collectors.joining("\n"))
        : response.text();
  }

  /**
   * An attempt.
   *
   * @param adapterId the adapter that asked
   * @param response the reply
   * @param problem why it could not be read; null if it could
   */
  public static Attempt of(String adapterId, LmResponse response, @Nullable String problem) {
    return new Attempt(adapterId, response, problem, Duration.ZERO);
  }

  /** An attempt of which it is known how long the call took. */
  static Attempt of(
      String adapterId, LmResponse response, @Nullable String problem, long startNanos) {
    Duration duration = Duration.ofNanos(System.nanoTime() - startNanos);
    return new Attempt(adapterId, response, problem, duration);
  }

  /** The adapter that asked. */
  public String adapterId() {
    return adapterId;
  }

  /**
   * The raw text of the reply; of one that only calls tools, a line per call with the tool's name
   * and the arguments.
   */
  public String reply() {
    return reply;
  }

  /** The reply as a repair turn repeats it: a long one without its middle. */
  String quoted() {
    return Excerpt.withoutMiddle(reply, QUOTED_HEAD, QUOTED_TAIL);
  }

  /** The last of some attempts that an adapter asked for; there is one. */
  static Attempt lastOf(List<Attempt> attempts, String adapterId) {
    return attempts.stream()
        .filter(attempt -> attempt.adapterId.equals(adapterId))
        .reduce((earlier, later) -> later)
        .orElseThrow();
  }

  /** Why it could not be read; null if it could. */
  public @Nullable String problem() {
    return problem;
  }

  /** The tokens it cost. */
  public LmUsage usage() {
    return usage;
  }

  /** The tokens it cost when it was paid for, see {@link LmResponse#paidUsage}. */
  public LmUsage paidUsage() {
    return paidUsage;
  }

  /** Whether it came from the cache. */
  public boolean cached() {
    return cached;
  }

  /** The time that the call took, waiting and retries included; zero where it is not known. */
  public Duration duration() {
    return duration;
  }

  /** Equal in all that it holds but the time. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Attempt attempt
        && adapterId.equals(attempt.adapterId)
        && reply.equals(attempt.reply)
        && Objects.equals(problem, attempt.problem)
        && usage.equals(attempt.usage)
        && cached == attempt.cached;
  }

  @Override
  public int hashCode() {
    return Objects.hash(adapterId, reply, problem);
  }

  /** One line, such as {@code Attempt[chat/2, read]}. */
  @Override
  public String toString() {
    return "Attempt[" + adapterId + ", " + (problem == null ? "read" : problem) + "]";
  }
}
