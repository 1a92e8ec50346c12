package dev.hone.langchain4j;

import dev.hone.json.Json;
import dev.hone.lm.LmException;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.ResponseFormat.JsonSchema;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import tools.jackson.databind.node.ObjectNode;

/** Maps Hone's requests to LangChain4j's. What is null is left to the model. */
sealed interface RequestMapping {
  /** The options and the format, in the provider's way. */
  ChatRequestParameters parameters(LmRequest request);

  /** Whether results of tools may have images; others take them in messages of the user only. */
  default boolean imagesInResults() {
    return false;
  }

  /**
   * The whole request.
   *
   * @throws LmException.InvalidRequest if it has a blank message or a part that cannot be sent
   */
  default ChatRequest of(LmRequest request) {
    return ChatRequest.builder()
        .messages(MessageMapping.of(ResultImages.placed(request.messages(), imagesInResults())))
        .parameters(parameters(request))
        .build();
  }

  private static void common(DefaultChatRequestParameters.Builder<?> builder, LmOptions options) {
    builder.temperature(options.temperature());
    builder.topP(options.topP());
    if (!options.stop().isEmpty()) {
      builder.stopSequences(options.stop());
    }
  }

  private static ResponseFormat schema(JsonSchema format) {
    return ResponseFormat.builder()
        .type(ResponseFormatType.JSON)
        .jsonSchema(
            dev.langchain4j.model.chat.request.json.JsonSchema.builder()
                .name(format.name())
                .rootElement(JsonRawSchema.from(Json.write(format.schema())))
                .build())
        .build();
  }

  /**
   * What all of LangChain4j's providers share.
   *
   * @param imagesInResults whether results of tools may have images
   */
  record Common(boolean imagesInResults) implements RequestMapping {
    @Override
    public ChatRequestParameters parameters(LmRequest request) {
      DefaultChatRequestParameters.Builder<?> builder = ChatRequestParameters.builder();
      common(builder, request.options());
      builder.maxOutputTokens(request.options().maxTokens());
      ToolMapping.add(request, false, builder);
      if (request.format() instanceof JsonSchema format) {
        builder.responseFormat(schema(format));
      }
      return builder.build();
    }
  }

  /**
   * OpenAI's own way.
   *
   * @param openAis whether the server is OpenAI's. Then the limit on tokens goes by the name {@code
   *     max_completion_tokens}, which its reasoning models insist on; else by {@code max_tokens},
   *     which all others take. And calls of tools are bound to their schemas, in the strict mode
   *     that others may not know
   */
  record OpenAi(boolean openAis) implements RequestMapping {
    @Override
    public ChatRequestParameters parameters(LmRequest request) {
      OpenAiChatRequestParameters.Builder builder = OpenAiChatRequestParameters.builder();
      common(builder, request.options());
      if (openAis) {
        builder.maxCompletionTokens(request.options().maxTokens());
      } else {
        builder.maxOutputTokens(request.options().maxTokens());
      }
      ToolMapping.add(request, openAis, builder);
      if (request.format() instanceof JsonSchema format) {
        builder.responseFormat(closest(format));
      }
      return builder.build();
    }

    private static ResponseFormat closest(JsonSchema format) {
      ObjectNode schema = StrictSchema.withoutTextSizes(format.schema());
      return StrictSchema.takes(schema)
          ? schema(dev.hone.lm.ResponseFormat.jsonSchema(format.name(), schema))
          : ResponseFormat.JSON;
    }
  }
}
