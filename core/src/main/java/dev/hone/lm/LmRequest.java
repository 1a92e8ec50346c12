package dev.hone.lm;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request to a language model: a conversation, and what kind of reply is wanted. Immutable. */
public final class LmRequest {
  private final List<LmMessage> messages;
  private final LmOptions options;
  private final ResponseFormat format;
  private final List<ToolSpec> tools;
  private final @Nullable String requiredTool;
  private final String cacheScope;

  private LmRequest(Builder builder) {
    messages = List.copyOf(builder.messages);
    options = builder.options;
    format = builder.format;
    tools = List.copyOf(builder.tools);
    requiredTool = builder.requiredTool;
    cacheScope = builder.cacheScope;
  }

  /**
   * A text request with default options.
   *
   * @throws InvalidInputException if there are no messages
   */
  public static LmRequest of(LmMessage... messages) {
    return builder().messages(List.of(messages)).build();
  }

  /** A builder of a text request with default options, which has no messages yet. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that starts from this request. */
  public Builder toBuilder() {
    return builder()
        .messages(messages)
        .options(options)
        .format(format)
        .tools(tools)
        .requiredTool(requiredTool)
        .cacheScope(cacheScope);
  }

  /** The conversation so far; at least one message. */
  public List<LmMessage> messages() {
    return messages;
  }

  /** How the reply is generated. */
  public LmOptions options() {
    return options;
  }

  /** The form that the reply must have. */
  public ResponseFormat format() {
    return format;
  }

  /** The tools that the model may call natively; none by default. */
  public List<ToolSpec> tools() {
    return tools;
  }

  /** The tool that the model must call, if there is one. */
  public Optional<String> requiredTool() {
    return Optional.ofNullable(requiredTool);
  }

  /**
   * Whose cached replies may be shared: part of the cache key, never sent to a provider; empty for
   * everybody's within one cache.
   */
  public String cacheScope() {
    return cacheScope;
  }

  /**
   * A copy with other messages.
   *
   * @throws InvalidInputException if there are none
   */
  public LmRequest withMessages(List<LmMessage> value) {
    return toBuilder().messages(value).build();
  }

  /** A copy with other options. */
  public LmRequest withOptions(LmOptions value) {
    return toBuilder().options(value).build();
  }

  /** A copy with another cache scope. */
  public LmRequest withCacheScope(String value) {
    return toBuilder().cacheScope(value).build();
  }

  /**
   * The request as a person reads it: each role as a heading over its text, images and tool calls
   * as placeholders, then the options that are set and the form of the reply, if it is not any
   * text. Its layout may change in any version.
   */
  public String toText() {
    StringBuilder text = new StringBuilder();
    for (LmMessage message : messages) {
      section(text, message.role().name().toLowerCase(Locale.ROOT), said(message));
    }
    String set = text(options);
    if (!set.isEmpty()) {
      section(text, "options", set);
    }
    if (!tools.isEmpty()) {
      section(text, "tools", toolsText());
    }
    if (format != ResponseFormat.TEXT) {
      section(text, "format", text(format));
    }
    return text.toString();
  }

  private static void section(StringBuilder text, String heading, String body) {
    text.append(text.isEmpty() ? "" : "\n\n").append("--- ").append(heading).append(" ---\n");
    text.append(body);
  }

  private static String said(LmMessage message) {
    StringBuilder said = new StringBuilder();
    for (MessagePart part : message.parts()) {
      said.append(said.isEmpty() ? "" : "\n").append(part);
    }
    return said.toString();
  }

  private String toolsText() {
    StringBuilder lines = new StringBuilder();
    for (ToolSpec tool : tools) {
      String required = requiredTool().filter(tool.name()::equals).isPresent() ? "!" : "";
      line(lines, tool.name() + required, tool.description());
      lines.append('\n').append(Json.write(tool.parameters()));
    }
    return lines.toString();
  }

  private static String text(LmOptions options) {
    StringBuilder lines = new StringBuilder();
    line(lines, "temperature", options.temperature());
    line(lines, "maxTokens", options.maxTokens());
    line(lines, "topP", options.topP());
    line(lines, "stop", options.stop().isEmpty() ? null : options.stop());
    line(lines, "rolloutId", options.rolloutId() == 0 ? null : options.rolloutId());
    return lines.toString();
  }

  private static void line(StringBuilder lines, String name, @Nullable Object value) {
    if (value != null) {
      lines.append(lines.isEmpty() ? "" : "\n").append(name).append(": ").append(value);
    }
  }

  private static String text(ResponseFormat format) {
    return format instanceof ResponseFormat.JsonSchema json
        ? "JSON schema " + json.name() + ":\n" + Json.pretty(json.schema())
        : format.toString();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other == this
        || other instanceof LmRequest request
            && request.messages.equals(messages)
            && request.options.equals(options)
            && request.format.equals(format)
            && request.tools.equals(tools)
            && Objects.equals(request.requiredTool, requiredTool)
            && request.cacheScope.equals(cacheScope);
  }

  @Override
  public int hashCode() {
    return Objects.hash(messages, options, format, tools, requiredTool, cacheScope);
  }

  @Override
  public String toString() {
    String calls = tools.isEmpty() ? "" : ", tools=" + tools;
    return "LmRequest[messages=%s, options=%s, format=%s%s, cacheScope=%s]"
        .formatted(messages, options, format, calls, cacheScope);
  }

  /** Builds requests. Not thread-safe. */
  public static final class Builder {
    private List<LmMessage> messages = List.of();
    private LmOptions options = LmOptions.defaults();
    private ResponseFormat format = ResponseFormat.TEXT;
    private List<ToolSpec> tools = List.of();
    private @Nullable String requiredTool;
    private String cacheScope = "";

    private Builder() {}

    /** Sets all messages. */
    public Builder messages(List<LmMessage> values) {
      messages = values;
      return this;
    }

    /** Adds a message at the end. */
    public Builder message(LmMessage value) {
      List<LmMessage> more = new ArrayList<>(messages);
      more.add(value);
      messages = more;
      return this;
    }

    /** Sets how the reply is generated. Default: all of it left to the model. */
    public Builder options(LmOptions value) {
      options = value;
      return this;
    }

    /** Sets the form that the reply must have. Default: any text. */
    public Builder format(ResponseFormat value) {
      format = value;
      return this;
    }

    /** Sets the tools that the model may call natively. Default: none. */
    public Builder tools(List<ToolSpec> values) {
      tools = values;
      return this;
    }

    /** Sets the tool that the model must call; null, the default, leaves it to the model. */
    public Builder requiredTool(@Nullable String name) {
      requiredTool = name;
      return this;
    }

    /** Sets whose cached replies may be shared. Default: empty, for everybody's. */
    public Builder cacheScope(String value) {
      cacheScope = value;
      return this;
    }

    /**
     * Makes the request.
     *
     * @throws InvalidInputException if it has no messages, or requires a tool that it does not have
     */
    public LmRequest build() {
      if (messages.isEmpty()) {
        throw InvalidInputException.of("A request has no messages", "add a user message");
      }
      if (requiredTool != null
          && tools.stream().noneMatch(tool -> tool.name().equals(requiredTool))) {
        throw InvalidInputException.of(
            "A request requires the tool \"%s\", which is none of %s"
                .formatted(requiredTool, tools.stream().map(ToolSpec::name).toList()),
            "add it to the tools");
      }
      return new LmRequest(this);
    }
  }
}
