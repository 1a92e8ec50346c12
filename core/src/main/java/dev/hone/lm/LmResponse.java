package dev.hone.lm;

import org.jspecify.annotations.Nullable;

/**
 * A model's reply.
 *
 * @param text what it wrote; may be empty
 * @param reasoning what it thought before, where the provider tells; null otherwise
 * @param stopReason why it ended
 * @param usage the tokens it cost; zero for a cached reply
 * @param modelId the model that answered
 * @param cached whether the reply came from a cache, and so cost nothing
 */
public record LmResponse(
    String text,
    @Nullable String reasoning,
    StopReason stopReason,
    LmUsage usage,
    String modelId,
    boolean cached) {

  /** Why a reply ended. */
  public enum StopReason {
    /** The model was done. */
    STOP,
    /** The limit on tokens cut it off. */
    LENGTH,
    /** The provider withheld content. */
    CONTENT_FILTER,
    /** Another reason, or the provider did not say. */
    OTHER
  }

  /** A complete reply. */
  public static LmResponse of(String text, LmUsage usage, String modelId) {
    return new LmResponse(text, null, StopReason.STOP, usage, modelId, false);
  }

  /** The same reply as a cache gives it: marked as cached, with no usage. */
  public LmResponse asCached() {
    return new LmResponse(text, reasoning, stopReason, LmUsage.NONE, modelId, true);
  }
}
