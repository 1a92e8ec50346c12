package dev.hone.langchain4j;

import dev.hone.json.Json;
import dev.hone.lm.MessagePart;
import dev.hone.lm.ToolSpec;
import dev.hone.tool.Tool;
import dev.hone.tool.ToolException;
import dev.hone.tool.ToolOutput;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.image.Image;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.exception.ToolArgumentsException;
import dev.langchain4j.exception.ToolExecutionException;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.invocation.InvocationParameters;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A tool of LangChain4j. */
record LangChain4jTool(ToolSpec spec, ToolExecutor executor) implements Tool {
  /** What is missing is told before; LangChain4j would pass null or 0 for it. */
  @Override
  public ObjectNode read(ObjectNode arguments) {
    for (JsonNode name : spec.parameters().path("required")) {
      JsonNode value = arguments.path(name.asString(""));
      if (value.isMissingNode() || value.isNull()) {
        throw new ToolException(
            "The argument \"%s\" of \"%s\" is missing. Call it again with it."
                .formatted(name.asString(""), spec.name()));
      }
    }
    return arguments;
  }

  @Override
  public ToolOutput call(ObjectNode arguments) throws Exception {
    ToolExecutionRequest request =
        ToolExecutionRequest.builder()
            .id(UUID.randomUUID().toString())
            .name(spec.name())
            .arguments(Json.write(read(arguments)))
            .build();
    ToolExecutionResult result;
    try {
      result = executor.executeWithContext(request, context());
    } catch (ToolArgumentsException e) {
      throw new ToolException(
          "The arguments of \"%s\" do not fit. %s".formatted(spec.name(), e.getMessage()), e);
    } catch (ToolExecutionException e) {
      throw cause(e);
    }
    if (result.isError()) {
      throw new ToolException(String.valueOf((@Nullable String) result.resultText()));
    }
    return output(result);
  }

  private static InvocationContext context() {
    return InvocationContext.builder()
        .invocationId(UUID.randomUUID())
        .chatMemoryId("default")
        .invocationParameters(new InvocationParameters())
        .timestampNow()
        .build();
  }

  private static Exception cause(ToolExecutionException error) {
    if (error.getCause() instanceof Error cause) {
      throw cause;
    }
    return error.getCause() instanceof Exception cause ? cause : error;
  }

  private static ToolOutput output(ToolExecutionResult result) {
    @Nullable List<Content> contents = result.resultContents();
    if (contents == null || contents.isEmpty()) {
      return ToolOutput.text(String.valueOf((@Nullable String) result.resultText()));
    }
    List<MessagePart> parts = new ArrayList<>();
    contents.forEach(content -> parts.add(part(content)));
    return new ToolOutput(parts);
  }

  private static MessagePart part(Content content) {
    if (content instanceof TextContent text) {
      return MessagePart.text(text.text());
    } else if (content instanceof ImageContent image) {
      return image(image.image());
    }
    return MessagePart.text("[" + content.type() + ", which is not shown]");
  }

  private static MessagePart image(Image image) {
    if (image.base64Data() == null) {
      return MessagePart.image(image.url());
    }
    return MessagePart.image(Base64.getMimeDecoder().decode(image.base64Data()), image.mimeType());
  }
}
