package dev.hone.langchain4j.message;

import dev.hone.json.Json;
import dev.hone.langchain4j.known.KnownModels;
import dev.hone.langchain4j.message.ToolMapping.Form;
import dev.hone.lm.LmException;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.ResponseFormat.JsonSchema;
import dev.hone.lm.bridge.ResultImages;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import tools.jackson.databind.node.ObjectNode;

/**
 * How the requests of one family of providers are made of Hone's. What is null is left to the
 * model. Thread-safe.
 */
public sealed interface Dialect {
  /** That of a chat model that somebody else has built, by its provider and its own parameters. */
  static Dialect of(ChatModel model) {
    return model.provider() == ModelProvider.OPEN_AI
        ? OpenAi.of(model.defaultRequestParameters())
        : Common.of(model.provider());
  }

  /**
   * The options and the format, in the provider's way.
   *
   * @param otherLimit whether the limit on tokens goes by its other name; where it has only one, it
   *     is left out
   */
  ChatRequestParameters parameters(LmRequest request, boolean otherLimit);

  /** Whether results of tools may have images; others take them in messages of the user only. */
  default boolean imagesInResults() {
    return false;
  }

  /**
   * The whole request.
   *
   * @throws LmException.InvalidRequest if it has a blank message or a part that cannot be sent
   */
  default ChatRequest of(LmRequest request, boolean otherLimit) {
    return ChatRequest.builder()
        .messages(MessageMapping.of(ResultImages.placed(request.messages(), imagesInResults())))
        .parameters(parameters(request, otherLimit))
        .build();
  }

  private static void common(
      DefaultChatRequestParameters.Builder<?> builder, LmOptions options, double hottest) {
    Double temperature = options.temperature();
    builder.temperature(
        temperature == null ? null : Double.valueOf(Math.min(temperature, hottest)));
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
   * @param hottest the highest temperature that the provider takes; higher ones are sent as this
   * @param ownSchemas whether LangChain4j's class takes the arguments of tools in LangChain4j's own
   *     model of schemas only
   */
  record Common(boolean imagesInResults, double hottest, boolean ownSchemas) implements Dialect {
    /** That of a chat model that somebody else has built. */
    public static Common of(ModelProvider provider) {
      return new Common(
          provider == ModelProvider.ANTHROPIC,
          hottestOf(provider),
          provider == ModelProvider.GOOGLE_AI_GEMINI);
    }

    private static double hottestOf(ModelProvider provider) {
      if (provider == ModelProvider.ANTHROPIC) {
        return 1;
      }
      return provider == ModelProvider.MISTRAL_AI ? 1.5 : 2;
    }

    @Override
    public ChatRequestParameters parameters(LmRequest request, boolean otherLimit) {
      DefaultChatRequestParameters.Builder<?> builder = ChatRequestParameters.builder();
      common(builder, request.options(), hottest);
      if (!otherLimit) {
        builder.maxOutputTokens(request.options().maxTokens());
      }
      ToolMapping.add(request, ownSchemas ? Form.ELEMENTS : Form.PLAIN, builder);
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
  record OpenAi(boolean openAis) implements Dialect {
    /**
     * That of a chat model that somebody else has built, for OpenAI or for any server that speaks
     * its protocol. It counts as OpenAI's where it has the newer limit already, or a model that is
     * known to insist on that.
     */
    static OpenAi of(ChatRequestParameters own) {
      return new OpenAi(own instanceof OpenAiChatRequestParameters chat && insists(chat));
    }

    private static boolean insists(OpenAiChatRequestParameters own) {
      String model = own.modelName();
      return own.maxCompletionTokens() != null
          || model != null && !KnownModels.of("openai", model).temperature();
    }

    @Override
    public ChatRequestParameters parameters(LmRequest request, boolean otherLimit) {
      OpenAiChatRequestParameters.Builder builder = OpenAiChatRequestParameters.builder();
      common(builder, request.options(), 2);
      if (openAis != otherLimit) {
        builder.maxCompletionTokens(request.options().maxTokens());
      } else {
        builder.maxOutputTokens(request.options().maxTokens());
      }
      ToolMapping.add(request, openAis ? Form.STRICT : Form.PLAIN, builder);
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
