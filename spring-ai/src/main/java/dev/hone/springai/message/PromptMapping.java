package dev.hone.springai.message;

import dev.hone.json.Json;
import dev.hone.lm.LmException;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.ResponseFormat.JsonSchema;
import dev.hone.lm.ToolSpec;
import java.util.List;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.StructuredOutputChatOptions;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.ai.tool.support.ToolUtils;

/**
 * Makes prompts of Hone's requests. What a request does not say is left as the chat model's own
 * options have it.
 */
public final class PromptMapping {
  private PromptMapping() {}

  /**
   * The prompt of a request.
   *
   * @param own the options of the chat model or of an application's prompt, which are not changed
   * @param keepsTools whether the tools in those options stay where the request has none
   * @param withLimit whether the limit on tokens is sent
   * @throws LmException.InvalidRequest if a message has a part that cannot be sent, or there are
   *     tools and the chat model takes none
   */
  public static Prompt of(
      LmRequest request, ChatOptions own, boolean keepsTools, boolean withLimit) {
    ChatOptions.Builder<?> builder = own.mutate();
    common(request.options(), withLimit, builder);
    if (request.format() instanceof JsonSchema format
        && builder instanceof StructuredOutputChatOptions.Builder<?> structured) {
      structured.outputSchema(Json.write(format.schema()));
    }
    if (request.tools().isEmpty() && keepsTools) {
      return new Prompt(MessageMapping.of(request.messages()), builder.build());
    }
    if (builder instanceof ToolCallingChatOptions.Builder<?> calling) {
      calling.toolCallbacks(tools(request));
    } else if (!request.tools().isEmpty()) {
      throw new LmException.InvalidRequest(
          "The request has tools, and the options of the chat model (%s) take none. Maybe set its capabilities without toolCalls."
              .formatted(own.getClass().getSimpleName()),
          null);
    }
    return new Prompt(MessageMapping.of(request.messages()), builder.build());
  }

  private static void common(LmOptions options, boolean withLimit, ChatOptions.Builder<?> builder) {
    if (options.temperature() != null) {
      builder.temperature(options.temperature());
    }
    if (options.topP() != null) {
      builder.topP(options.topP());
    }
    if (options.maxTokens() != null && withLimit) {
      builder.maxTokens(options.maxTokens());
    }
    if (!options.stop().isEmpty()) {
      builder.stopSequences(options.stop());
    }
  }

  /** Spring AI cannot require a call; so where one is required, no other tool is offered. */
  private static List<ToolCallback> tools(LmRequest request) {
    return request.tools().stream()
        .filter(tool -> request.requiredTool().map(tool.name()::equals).orElse(true))
        .<ToolCallback>map(OfferedTool::new)
        .toList();
  }

  /**
   * A tool that is told to the model and run by Hone.
   *
   * @param spec the tool
   */
  private record OfferedTool(ToolSpec spec) implements ToolCallback {
    @Override
    public ToolDefinition getToolDefinition() {
      String description = spec.description();
      return ToolDefinition.builder()
          .name(spec.name())
          .description(
              description.isBlank()
                  ? ToolUtils.getToolDescriptionFromName(spec.name())
                  : description)
          .inputSchema(Json.write(spec.parameters()))
          .build();
    }

    @Override
    public String call(String arguments) {
      throw new UnsupportedOperationException("Hone runs the tool " + spec.name());
    }
  }
}
