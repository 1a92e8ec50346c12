package dev.hone.langchain4j.provider;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The wire formats that the providers speak, as their documentation shows them. */
enum WireFormat {
  OPENAI("openai:gpt-4o", "/v1/chat/completions", "Authorization") {
    @Override
    Map<String, String> environment(String url) {
      return Map.of("OPENAI_API_KEY", KEY, "OPENAI_BASE_URL", url + "/v1");
    }

    @Override
    String text(String text) {
      return completion("{\"role\":\"assistant\",\"content\":\"%s\"}".formatted(text), "stop");
    }

    @Override
    String cutOff(String text) {
      return completion("{\"role\":\"assistant\",\"content\":\"%s\"}".formatted(text), "length");
    }

    @Override
    String toolCall() {
      return completion(
          "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"c1\",\"type\":"
              + "\"function\",\"function\":{\"name\":\"weather\",\"arguments\":"
              + "\"{\\\"city\\\":\\\"Rome\\\"}\"}}]}",
          "tool_calls");
    }

    @Override
    JsonNode schemaIn(JsonNode body) {
      return body.path("response_format").path("json_schema").path("schema");
    }

    @Override
    JsonNode toolIn(JsonNode body) {
      return body.path("tools").path(0).path("function").path("parameters");
    }
  },
  AZURE("azure-openai:gpt-4o", "/openai/v1/chat/completions", "api-key") {
    @Override
    Map<String, String> environment(String url) {
      return Map.of("AZURE_OPENAI_API_KEY", KEY, "AZURE_OPENAI_ENDPOINT", url);
    }
  },
  BEDROCK("bedrock:openai.gpt-oss-20b-1:0", "/openai/v1/chat/completions", "Authorization") {
    @Override
    Map<String, String> environment(String url) {
      return Map.of("AWS_BEARER_TOKEN_BEDROCK", KEY, "AWS_ENDPOINT_URL_BEDROCK_RUNTIME", url);
    }
  },
  MISTRAL("mistral:mistral-medium-latest", "/v1/chat/completions", "Authorization") {
    @Override
    Map<String, String> environment(String url) {
      return Map.of("MISTRAL_API_KEY", KEY, "MISTRAL_BASE_URL", url);
    }
  },
  ANTHROPIC("anthropic:claude-haiku-4-5", "/v1/messages", "x-api-key") {
    @Override
    Map<String, String> environment(String url) {
      return Map.of("ANTHROPIC_API_KEY", KEY, "ANTHROPIC_BASE_URL", url);
    }

    @Override
    String text(String text) {
      return message("[{\"type\":\"text\",\"text\":\"%s\"}]".formatted(text), "end_turn");
    }

    @Override
    String cutOff(String text) {
      return message("[{\"type\":\"text\",\"text\":\"%s\"}]".formatted(text), "max_tokens");
    }

    @Override
    String toolCall() {
      return message(
          "[{\"type\":\"tool_use\",\"id\":\"c1\",\"name\":\"weather\",\"input\":"
              + "{\"city\":\"Rome\"}}]",
          "tool_use");
    }

    private String message(String content, String reason) {
      return ("{\"id\":\"m\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude\","
              + "\"content\":%s,\"stop_reason\":\"%s\",\"usage\":{\"input_tokens\":4,"
              + "\"cache_read_input_tokens\":8,\"cache_creation_input_tokens\":0,"
              + "\"output_tokens\":3}}")
          .formatted(content, reason);
    }

    @Override
    JsonNode schemaIn(JsonNode body) {
      JsonNode config = body.path("output_config").path("format");
      return (config.isMissingNode() ? body.path("output_format") : config).path("schema");
    }

    @Override
    JsonNode toolIn(JsonNode body) {
      return body.path("tools").path(0).path("input_schema");
    }
  },
  GEMINI(
      "gemini:gemini-2.5-flash",
      "/v1beta/models/gemini-2.5-flash:generateContent",
      "x-goog-api-key") {
    @Override
    Map<String, String> environment(String url) {
      return Map.of("GEMINI_API_KEY", KEY, "GOOGLE_GEMINI_BASE_URL", url);
    }

    @Override
    String text(String text) {
      return candidate("{\"text\":\"%s\"}".formatted(text), "STOP");
    }

    @Override
    String cutOff(String text) {
      return candidate("{\"text\":\"%s\"}".formatted(text), "MAX_TOKENS");
    }

    @Override
    String toolCall() {
      return candidate(
          "{\"functionCall\":{\"name\":\"weather\",\"args\":{\"city\":\"Rome\"}}}", "STOP");
    }

    private String candidate(String part, String reason) {
      return ("{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[%s]},"
              + "\"finishReason\":\"%s\"}],\"usageMetadata\":{\"promptTokenCount\":12,"
              + "\"cachedContentTokenCount\":8,\"candidatesTokenCount\":1,"
              + "\"thoughtsTokenCount\":2,\"totalTokenCount\":15},\"modelVersion\":\"gemini\"}")
          .formatted(part, reason);
    }

    @Override
    JsonNode schemaIn(JsonNode body) {
      return body.path("generationConfig").path("responseJsonSchema");
    }

    @Override
    JsonNode toolIn(JsonNode body) {
      JsonNode tools = body.path("tools");
      JsonNode tool = tools.isArray() ? tools.path(0) : tools;
      return tool.path("functionDeclarations").path(0).path("parameters");
    }
  },
  OLLAMA("ollama:llama3.1", "/api/chat", "Authorization") {
    @Override
    Map<String, String> environment(String url) {
      return Map.of("OLLAMA_HOST", url.replace("http://", ""), "OLLAMA_API_KEY", KEY);
    }

    @Override
    String text(String text) {
      return message("{\"role\":\"assistant\",\"content\":\"%s\"}".formatted(text), "stop");
    }

    @Override
    String cutOff(String text) {
      return message("{\"role\":\"assistant\",\"content\":\"%s\"}".formatted(text), "length");
    }

    @Override
    String toolCall() {
      return message(
          "{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"function\":{\"name\":"
              + "\"weather\",\"arguments\":{\"city\":\"Rome\"}}}]}",
          "stop");
    }

    private String message(String message, String reason) {
      return ("{\"model\":\"llama\",\"created_at\":\"2026-11-21T10:00:00Z\",\"message\":%s,"
              + "\"done\":true,\"done_reason\":\"%s\",\"prompt_eval_count\":12,\"eval_count\":3}")
          .formatted(message, reason);
    }

    @Override
    JsonNode schemaIn(JsonNode body) {
      return body.path("format");
    }

    @Override
    JsonNode toolIn(JsonNode body) {
      return body.path("tools").path(0).path("function").path("parameters");
    }
  };

  static final String KEY = "key-hunter2-0123456789";

  final String model;
  final String path;
  final String keyHeader;

  WireFormat(String model, String path, String keyHeader) {
    this.model = model;
    this.path = path;
    this.keyHeader = keyHeader;
  }

  abstract Map<String, String> environment(String url);

  /** A reply of one text: 12 tokens of prompt, 8 of them cached where that is told; 3 of reply. */
  String text(String text) {
    return OPENAI.text(text);
  }

  /** The same, cut off by the limit on tokens. */
  String cutOff(String text) {
    return OPENAI.cutOff(text);
  }

  /** A call of the tool {@code weather} for Rome. */
  String toolCall() {
    return OPENAI.toolCall();
  }

  JsonNode schemaIn(JsonNode body) {
    return OPENAI.schemaIn(body);
  }

  JsonNode toolIn(JsonNode body) {
    return OPENAI.toolIn(body);
  }

  private static String completion(String message, String reason) {
    return ("{\"id\":\"x\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"brain\","
            + "\"choices\":[{\"index\":0,\"message\":%s,\"finish_reason\":\"%s\"}],\"usage\":"
            + "{\"prompt_tokens\":12,\"completion_tokens\":3,\"total_tokens\":15,"
            + "\"prompt_tokens_details\":{\"cached_tokens\":8}}}")
        .formatted(message, reason);
  }
}
