package dev.hone.history;

import dev.hone.context.LmEvent;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import dev.hone.text.Excerpt;
import dev.hone.text.Redaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One call of a model, as {@link History} keeps it: a call that was answered, by the provider or by
 * a cache, or that failed after all retries. All texts come without what looks like a credential.
 * Immutable.
 */
public final class RecordedCall {
  /** What a call takes beside its texts, in characters. */
  private static final int OVERHEAD = 500;

  /** Around a cut, in characters: longer than a credential. */
  private static final int MARGIN = 2_000;

  private final Instant time;
  private final String predictor;
  private final String modelId;
  private final Map<String, String> metadata;
  private final String request;
  private final String reply;
  private final String problem;
  private final LmUsage usage;
  private final boolean cached;
  private final Duration duration;

  private RecordedCall(
      LmEvent event, String predictor, Map<String, String> metadata, End end, int most) {
    this.time = event.stamp().time();
    this.predictor = predictor;
    this.modelId = event.modelId();
    this.metadata = Map.copyOf(metadata);
    this.request = bounded(event.request().toText(), most);
    this.reply = bounded(end.reply(), most);
    this.problem = bounded(end.problem(), most);
    this.usage = end.usage();
    this.cached = end.cached();
    this.duration = end.duration();
  }

  /** How a call ended. */
  private record End(
      String reply, String problem, LmUsage usage, boolean cached, Duration duration) {}

  /**
   * A call that was answered.
   *
   * @param most the most characters that are kept of each of its texts
   */
  static RecordedCall of(
      LmEvent.CallAnswered event, String predictor, Map<String, String> metadata, int most) {
    LmResponse response = event.response();
    End end = new End(said(response), "", response.usage(), event.cached(), event.duration());
    return new RecordedCall(event, predictor, metadata, end, most);
  }

  /** A call that failed. */
  static RecordedCall of(
      LmEvent.CallFailed event, String predictor, Map<String, String> metadata, int most) {
    String problem = event.error().getClass().getSimpleName() + ": " + event.error().getMessage();
    End end = new End("", problem, LmUsage.NONE, false, event.duration());
    return new RecordedCall(event, predictor, metadata, end, most);
  }

  private static String said(LmResponse response) {
    String reasoning = response.reasoning();
    return reasoning == null ? response.text() : "[thinking] " + reasoning + "\n" + response.text();
  }

  /**
   * A text that is too long keeps its beginning and its end. A credential is never cut in two: what
   * is around the cuts has none any more, and what is kept is shown without.
   */
  private static String bounded(String text, int most) {
    int length = text.length();
    if (length <= most) {
      return text;
    }
    int half = most / 2;
    int margin = Math.min(MARGIN, half);
    String cut = Redaction.of(text.substring(half - margin, Math.min(length, half + margin)));
    int from = length - half;
    String resumed = Redaction.of(text.substring(Math.max(0, from - margin), from + margin));
    return text.substring(0, half - margin)
        + Excerpt.beginning(cut, margin)
        + "\n(%d characters in all)\n".formatted(length)
        + Excerpt.end(resumed, margin)
        + text.substring(from + margin);
  }

  /** When it ended, by the clock of its context. */
  public Instant time() {
    return time;
  }

  /** The predictor that made it; empty if it ran on its own, or no predictor made the call. */
  public String predictor() {
    return predictor;
  }

  /** The model, see {@link dev.hone.lm.LanguageModel#id()}. */
  public String modelId() {
    return Redaction.of(modelId);
  }

  /**
   * The metadata of the context, such as tenant and request. What looks like a credential, by its
   * form or by its name, is hidden.
   */
  public Map<String, String> metadata() {
    Map<String, String> clean = new TreeMap<>(metadata);
    clean.replaceAll(RecordedCall::clean);
    return clean;
  }

  private static String clean(String name, String value) {
    String probe = name + "=x";
    return Redaction.of(probe).equals(probe) ? Redaction.of(value) : Redaction.HIDDEN;
  }

  /**
   * What was asked: each message under its role, images as placeholders, then the options that are
   * set. Its layout may change in any version.
   */
  public String request() {
    return Redaction.of(request);
  }

  /** What was answered, thoughts first; empty if the call failed. */
  public String reply() {
    return Redaction.of(reply);
  }

  /** Why there is no reply; empty if there is one. */
  public Optional<String> problem() {
    return problem.isEmpty() ? Optional.empty() : Optional.of(Redaction.of(problem));
  }

  /** The tokens that it cost; none where a cache answered. */
  public LmUsage usage() {
    return usage;
  }

  /** Whether a cache answered, so that it cost nothing. */
  public boolean cached() {
    return cached;
  }

  /** The time it took, waiting and retries included. */
  public Duration duration() {
    return duration;
  }

  /** Whether a value of its context's metadata is this one. */
  public boolean has(String key, String value) {
    return value.equals(metadata.get(key));
  }

  /** The room that it takes, in characters. */
  int size() {
    int size = OVERHEAD + request.length() + reply.length() + problem.length();
    for (Map.Entry<String, String> entry : metadata.entrySet()) {
      size += entry.getKey().length() + entry.getValue().length();
    }
    return size;
  }

  /** The whole call as people read it: a line of facts, the request, the reply. */
  public String toText() {
    StringBuilder text = new StringBuilder(toString());
    text.append("\n\n").append(request()).append("\n\n--- ");
    return text.append(problem().isPresent() ? "failed" : "reply")
        .append(" ---\n")
        .append(problem().orElseGet(this::reply))
        .toString();
  }

  /** One line of facts: when, by which predictor, on which model, what it took and cost. */
  @Override
  public String toString() {
    String by = predictor.isEmpty() ? "" : "predictor " + predictor + ", ";
    String who = metadata.isEmpty() ? "" : ", " + Redaction.of(metadata().toString());
    return time + ", " + by + facts() + who;
  }

  /** Facts and how it ended, for a line of a log. */
  String summary() {
    return facts() + problem().map(why -> ", failed: " + why).orElse("");
  }

  private String facts() {
    List<String> facts = new ArrayList<>(List.of(modelId()));
    facts.add(String.format(Locale.ROOT, "%.3f s", duration.toNanos() / 1e9));
    if (cached) {
      facts.add("answered from the cache");
    } else if (problem.isEmpty()) {
      facts.add(tokens());
    }
    return String.join(", ", facts);
  }

  private String tokens() {
    return usage.known()
        ? "%d + %d tokens".formatted(usage.promptTokens(), usage.completionTokens())
        : "tokens unknown";
  }
}
