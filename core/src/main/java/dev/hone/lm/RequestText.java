package dev.hone.lm;

import dev.hone.json.Json;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes requests as people read them. */
final class RequestText implements MessagePart.Visitor<String> {
  private static final RequestText PARTS = new RequestText();

  private RequestText() {}

  /** A whole request: its messages, the options that are set, and its format if it is not text. */
  static String of(LmRequest request) {
    StringBuilder text = new StringBuilder();
    for (LmMessage message : request.messages()) {
      section(text, message.role().name().toLowerCase(Locale.ROOT), said(message));
    }
    String options = options(request.options());
    if (!options.isEmpty()) {
      section(text, "options", options);
    }
    if (!request.tools().isEmpty()) {
      section(text, "tools", tools(request));
    }
    if (request.format() != ResponseFormat.TEXT) {
      section(text, "format", format(request.format()));
    }
    return text.toString();
  }

  /** One part; what is not text is a placeholder in brackets. */
  static String of(MessagePart part) {
    return part.accept(PARTS);
  }

  private static void section(StringBuilder text, String heading, String body) {
    text.append(text.isEmpty() ? "" : "\n\n").append("--- ").append(heading).append(" ---\n");
    text.append(body);
  }

  private static String said(LmMessage message) {
    StringBuilder said = new StringBuilder();
    for (MessagePart part : message.parts()) {
      said.append(said.isEmpty() ? "" : "\n").append(of(part));
    }
    return said.toString();
  }

  private static String tools(LmRequest request) {
    StringBuilder lines = new StringBuilder();
    for (ToolSpec tool : request.tools()) {
      String required = request.requiredTool().filter(tool.name()::equals).isPresent() ? "!" : "";
      line(lines, tool.name() + required, tool.description());
      lines.append('\n').append(Json.write(tool.parameters()));
    }
    return lines.toString();
  }

  private static String options(LmOptions options) {
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

  private static String format(ResponseFormat format) {
    return format instanceof ResponseFormat.JsonSchema json
        ? "JSON schema " + json.name() + ":\n" + Json.pretty(json.schema())
        : format.toString();
  }

  @Override
  public String otherwise(MessagePart part) {
    return "[" + part.getClass().getSimpleName() + "]";
  }

  @Override
  public String visit(MessagePart.Text text) {
    return text.text();
  }

  @Override
  public String visit(MessagePart.Image image) {
    return image
        .url()
        .map(url -> "[image " + url + "]")
        .orElseGet(() -> "[image %s, %d bytes]".formatted(image.mediaType(), image.data.length));
  }

  @Override
  public String visit(MessagePart.ToolCall call) {
    return "[tool call%s %s %s]".formatted(after(call.id()), call.name(), call.arguments());
  }

  @Override
  public String visit(MessagePart.ToolResult result) {
    String kind = result.isError() ? "tool error" : "tool result";
    String said = result.content().stream().map(RequestText::of).collect(Collectors.joining("\n"));
    return "[%s%s %s] %s".formatted(kind, after(result.callId()), result.name(), said);
  }

  @Override
  public String visit(MessagePart.Thinking thinking) {
    return "[thinking] " + thinking.text();
  }

  private static String after(String id) {
    return id.isEmpty() ? "" : " " + id;
  }
}
