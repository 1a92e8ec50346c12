package dev.hone.mcp;

import dev.hone.json.Json;
import dev.hone.lm.MessagePart;
import dev.hone.lm.ToolSpec;
import dev.hone.text.ToolName;
import dev.hone.tool.Tool;
import dev.hone.tool.ToolException;
import dev.hone.tool.ToolOutput;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A tool of a server. */
final class McpTool implements Tool {
  private final McpConnection connection;
  private final String remoteName;
  private final ToolSpec spec;
  private final SchemaArguments arguments;

  private McpTool(
      McpConnection connection, String remoteName, ToolSpec spec, SchemaArguments arguments) {
    this.connection = connection;
    this.remoteName = remoteName;
    this.spec = spec;
    this.arguments = arguments;
  }

  static McpTool of(McpConnection connection, McpSchema.Tool tool, String prefix) {
    ObjectNode schema = SchemaArguments.object(tool.inputSchema());
    String name = ToolName.of(prefix + tool.name());
    ToolSpec spec = ToolSpec.of(name, description(tool), schema);
    return new McpTool(connection, tool.name(), spec, new SchemaArguments(schema));
  }

  private static String description(McpSchema.Tool tool) {
    @Nullable String described = tool.description();
    @Nullable String title = tool.title();
    return described != null ? described : title != null ? title : "";
  }

  @Override
  public ToolSpec spec() {
    return spec;
  }

  @Override
  public ObjectNode read(ObjectNode given) {
    return arguments.read(given);
  }

  @Override
  public ToolOutput call(ObjectNode given) throws InterruptedException {
    Map<String, Object> values = SchemaArguments.map(read(given));
    McpSchema.CallToolResult result =
        connection.call(McpSchema.CallToolRequest.builder(remoteName).arguments(values).build());
    ToolOutput output = output(result);
    if (Boolean.TRUE.equals(result.isError())) {
      throw new ToolException(text(output));
    }
    return output;
  }

  private static String text(ToolOutput output) {
    String text =
        output.parts().stream()
            .filter(MessagePart.Text.class::isInstance)
            .map(part -> ((MessagePart.Text) part).text())
            .collect(Collectors.joining("\n"));
    return text.isBlank() ? "The server says that the call failed, and not why." : text;
  }

  /** The contents; the structured one where there are no others, since it should be among them. */
  private static ToolOutput output(McpSchema.CallToolResult result) {
    List<MessagePart> parts = new ArrayList<>();
    @Nullable List<McpSchema.Content> contents = result.content();
    if (contents != null) {
      contents.forEach(content -> parts.add(part(content)));
    }
    if (parts.isEmpty() && result.structuredContent() != null) {
      parts.add(MessagePart.text(Json.write(SchemaArguments.json(result.structuredContent()))));
    }
    return new ToolOutput(parts);
  }

  private static MessagePart part(McpSchema.Content content) {
    if (content instanceof McpSchema.TextContent text) {
      return MessagePart.text(text.text());
    } else if (content instanceof McpSchema.ImageContent image) {
      return image(image.data(), image.mimeType());
    } else if (content instanceof McpSchema.EmbeddedResource embedded) {
      return embedded.resource() instanceof McpSchema.TextResourceContents text
          ? MessagePart.text(text.text())
          : MessagePart.text("[resource " + embedded.resource().uri() + ", which is no text]");
    } else if (content instanceof McpSchema.ResourceLink link) {
      return MessagePart.text("[resource " + link.uri() + ", " + link.name() + "]");
    }
    return MessagePart.text("[" + content.type() + ", which is not shown]");
  }

  private static MessagePart image(String data, String mediaType) {
    try {
      return MessagePart.image(Base64.getMimeDecoder().decode(data), mediaType);
    } catch (RuntimeException e) {
      return MessagePart.text("[an image that cannot be read]");
    }
  }

  @Override
  public String toString() {
    return "Tool[%s of %s]".formatted(spec.name(), connection.name());
  }
}
