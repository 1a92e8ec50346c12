package dev.hone.springboot;

import java.util.Locale;
import java.util.Map;

/** The names of OpenTelemetry's conventions for generative AI, as keys of tags and observations. */
final class GenAiKeys {
  static final String OPERATION = "gen_ai.operation.name";
  static final String PROVIDER = "gen_ai.provider.name";
  static final String REQUEST_MODEL = "gen_ai.request.model";
  static final String RESPONSE_MODEL = "gen_ai.response.model";
  static final String TEMPERATURE = "gen_ai.request.temperature";
  static final String MAX_TOKENS = "gen_ai.request.max_tokens";
  static final String OUTPUT_TYPE = "gen_ai.output.type";
  static final String FINISH_REASONS = "gen_ai.response.finish_reasons";
  static final String INPUT_TOKENS = "gen_ai.usage.input_tokens";
  static final String OUTPUT_TOKENS = "gen_ai.usage.output_tokens";
  static final String CACHED_TOKENS = "gen_ai.usage.cache_read.input_tokens";
  static final String INPUT_MESSAGES = "gen_ai.input.messages";
  static final String OUTPUT_MESSAGES = "gen_ai.output.messages";
  static final String TOKEN_TYPE = "gen_ai.token.type";
  static final String ERROR_TYPE = "error.type";
  static final String CACHED = "hone.cached";
  static final String PREDICTOR = "hone.predictor";

  private static final Map<String, String> PROVIDERS =
      Map.of(
          "azure-openai", "azure.ai.openai",
          "bedrock", "aws.bedrock",
          "gemini", "gcp.gemini",
          "mistral", "mistral_ai");

  private GenAiKeys() {}

  /** The provider's name in the conventions, of a model's id such as {@code gemini:MODEL}. */
  static String provider(String modelId) {
    int colon = modelId.indexOf(':');
    String kind = colon < 0 ? modelId : modelId.substring(0, colon);
    return PROVIDERS.getOrDefault(kind, kind.toLowerCase(Locale.ROOT));
  }

  /** The model's name alone, without its provider and its address. */
  static String model(String modelId) {
    int colon = modelId.indexOf(':');
    int address = modelId.indexOf('@');
    return modelId.substring(colon + 1, address > colon ? address : modelId.length());
  }
}
