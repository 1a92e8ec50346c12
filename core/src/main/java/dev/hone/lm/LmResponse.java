package dev.hone.lm;

import dev.hone.lm.MessagePart.Text;
import dev.hone.lm.MessagePart.Thinking;
import dev.hone.lm.MessagePart.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A model's reply: its parts, why it ended, and what it cost. Immutable. */
public final class LmResponse {
  private final List<MessagePart> parts;
  private final String text;
  private final StopReason stopReason;
  private final LmUsage usage;
  private final LmUsage paidUsage;
  private final String modelId;
  private final boolean cached;

  private LmResponse(Builder builder) {
    parts = normalized(builder.parts);
    text = LmMessage.textOf(parts);
    stopReason = builder.stopReason;
    usage = builder.usage;
    paidUsage = builder.paidUsage == null ? usage : builder.paidUsage;
    modelId = builder.modelId;
    cached = builder.cached;
  }

  /** Why a reply ended. */
  public enum StopReason {
    /** The model was done. */
    STOP,
    /** The limit on tokens cut it off. */
    LENGTH,
    /** The provider withheld content. */
    CONTENT_FILTER,
    /** The model waits for the results of the tools that it called. */
    TOOL_CALLS,
    /** Another reason, or the provider did not say. */
    OTHER
  }

  /** A complete reply of one text. */
  public static LmResponse of(String text, LmUsage usage, String modelId) {
    return builder().text(text).usage(usage).modelId(modelId).build();
  }

  /** A builder of a complete reply without parts, of unknown usage. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that starts from this reply. */
  public Builder toBuilder() {
    Builder builder =
        builder().parts(parts).stopReason(stopReason).usage(usage).modelId(modelId).cached(cached);
    return cached ? builder.paidUsage(paidUsage) : builder;
  }

  /** Empty texts say nothing; but a reply has at least one part. */
  private static List<MessagePart> normalized(List<? extends MessagePart> parts) {
    if (parts.size() == 1) {
      return List.of(parts.get(0));
    }
    List<MessagePart> full = new ArrayList<>(parts);
    full.removeIf(part -> part instanceof Text text && text.text().isEmpty());
    return full.isEmpty() ? List.of(MessagePart.text("")) : List.copyOf(full);
  }

  /** What it said, thought and asked for, in order; at least one part, which may be empty text. */
  public List<MessagePart> parts() {
    return parts;
  }

  /** The texts among the parts, one after the other; may be empty. */
  public String text() {
    return text;
  }

  /** What it thought before, where the provider reports that; null otherwise. */
  public @Nullable String reasoning() {
    StringBuilder joined = null;
    for (MessagePart part : parts) {
      if (part instanceof Thinking thinking) {
        joined = joined == null ? new StringBuilder() : joined;
        joined.append(thinking.text());
      }
    }
    return joined == null ? null : joined.toString();
  }

  /** Why it ended. */
  public StopReason stopReason() {
    return stopReason;
  }

  /** The tokens it cost; zero for a cached reply. */
  public LmUsage usage() {
    return usage;
  }

  /**
   * The tokens it cost when it was paid for: of a cached reply those of the first time, which say
   * how long its prompt is; of all others {@link #usage}. Not a part of what makes replies equal.
   */
  public LmUsage paidUsage() {
    return paidUsage;
  }

  /** The model that answered. */
  public String modelId() {
    return modelId;
  }

  /** Whether the reply came from a cache, and so cost nothing. */
  public boolean cached() {
    return cached;
  }

  /** The same reply as a cache gives it: marked as cached, with no usage. */
  public LmResponse asCached() {
    return toBuilder().usage(LmUsage.NONE).paidUsage(paidUsage).cached(true).build();
  }

  /** Tells a listener this reply in one piece a part, as a model does that cannot stream. */
  public void tell(ReplyListener listener) {
    int calls = 0;
    for (MessagePart part : parts) {
      if (part instanceof Thinking thinking) {
        listener.onThinking(thinking.text());
      } else if (part instanceof Text told && !told.text().isEmpty()) {
        listener.onText(told.text());
      } else if (part instanceof ToolCall call) {
        listener.onToolCall(calls++, call.name(), call.arguments());
      }
    }
  }

  /** The reply as a message of the model, with all its parts, to go on with. */
  public LmMessage toMessage() {
    return LmMessage.of(LmMessage.Role.ASSISTANT, parts);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other == this
        || other instanceof LmResponse response
            && response.parts.equals(parts)
            && response.stopReason == stopReason
            && response.usage.equals(usage)
            && response.modelId.equals(modelId)
            && response.cached == cached;
  }

  @Override
  public int hashCode() {
    return Objects.hash(parts, stopReason, usage, modelId, cached);
  }

  @Override
  public String toString() {
    return "LmResponse[parts=%s, stopReason=%s, usage=%s, modelId=%s, cached=%s]"
        .formatted(parts, stopReason, usage, modelId, cached);
  }

  /** Builds replies. Not thread-safe. */
  public static final class Builder {
    private List<? extends MessagePart> parts = List.of();
    private StopReason stopReason = StopReason.STOP;
    private LmUsage usage = LmUsage.UNKNOWN;
    private @Nullable LmUsage paidUsage;
    private String modelId = "";
    private boolean cached;

    private Builder() {}

    /** Sets the text, in place of all texts so far, behind all other parts. */
    public Builder text(String value) {
      Text text = MessagePart.text(value);
      if (parts.isEmpty()) {
        parts = List.of(text);
        return this;
      }
      List<MessagePart> changed = new ArrayList<>(parts);
      changed.removeIf(Text.class::isInstance);
      changed.add(text);
      return parts(changed);
    }

    /** Sets what was thought, in place of all thinking so far, before all other parts. */
    public Builder reasoning(@Nullable String value) {
      List<MessagePart> changed = new ArrayList<>(parts);
      changed.removeIf(Thinking.class::isInstance);
      if (value != null) {
        changed.add(0, MessagePart.thinking(value, null));
      }
      return parts(changed);
    }

    /** Sets all parts. Empty texts are left out, unless there is nothing else. */
    public Builder parts(List<? extends MessagePart> values) {
      parts = values;
      return this;
    }

    /** Sets why it ended. Default: the model was done. */
    public Builder stopReason(StopReason value) {
      stopReason = value;
      return this;
    }

    /** Sets the tokens it cost. Default: unknown. */
    public Builder usage(LmUsage value) {
      usage = value;
      return this;
    }

    /** Sets the tokens it cost when it was paid for. Default: those of {@link #usage}. */
    public Builder paidUsage(LmUsage value) {
      paidUsage = value;
      return this;
    }

    /** Sets the model that answered. */
    public Builder modelId(String value) {
      modelId = value;
      return this;
    }

    /** Sets whether it came from a cache. Default: it did not. */
    public Builder cached(boolean value) {
      cached = value;
      return this;
    }

    /** Makes the reply. */
    public LmResponse build() {
      return new LmResponse(this);
    }
  }
}
