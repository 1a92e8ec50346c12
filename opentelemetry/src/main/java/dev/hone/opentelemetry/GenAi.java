package dev.hone.opentelemetry;

import io.opentelemetry.api.common.AttributeKey;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Names of OpenTelemetry's conventions for generative AI, and Hone's own beside them, which begin
 * with {@code hone}.
 */
public final class GenAi {
  /** What is done: {@code chat} or {@code execute_tool}. */
  public static final AttributeKey<String> OPERATION = text("gen_ai.operation.name");

  /** Whose model it is, such as {@code openai} or {@code aws.bedrock}. */
  public static final AttributeKey<String> PROVIDER = text("gen_ai.provider.name");

  /** The model that is asked. */
  public static final AttributeKey<String> REQUEST_MODEL = text("gen_ai.request.model");

  /** The temperature, if it is set. */
  public static final AttributeKey<Double> TEMPERATURE =
      AttributeKey.doubleKey("gen_ai.request.temperature");

  /** The share of probability that is drawn from, if it is set. */
  public static final AttributeKey<Double> TOP_P = AttributeKey.doubleKey("gen_ai.request.top_p");

  /** The limit on the reply's tokens, if it is set. */
  public static final AttributeKey<Long> MAX_TOKENS =
      AttributeKey.longKey("gen_ai.request.max_tokens");

  /** The texts at which the reply ends, if there are some. */
  public static final AttributeKey<List<String>> STOP_SEQUENCES =
      AttributeKey.stringArrayKey("gen_ai.request.stop_sequences");

  /** The form of the reply: {@code text} or {@code json}. */
  public static final AttributeKey<String> OUTPUT_TYPE = text("gen_ai.output.type");

  /** The model that answered. */
  public static final AttributeKey<String> RESPONSE_MODEL = text("gen_ai.response.model");

  /** Why the reply ended. */
  public static final AttributeKey<List<String>> FINISH_REASONS =
      AttributeKey.stringArrayKey("gen_ai.response.finish_reasons");

  /** The tokens of the prompt. */
  public static final AttributeKey<Long> INPUT_TOKENS =
      AttributeKey.longKey("gen_ai.usage.input_tokens");

  /** The tokens of the reply. */
  public static final AttributeKey<Long> OUTPUT_TOKENS =
      AttributeKey.longKey("gen_ai.usage.output_tokens");

  /** Those of the prompt that the provider had in its cache. */
  public static final AttributeKey<Long> CACHED_TOKENS =
      AttributeKey.longKey("gen_ai.usage.cache_read.input_tokens");

  /** The messages that were sent, as JSON; only when asked for. */
  public static final AttributeKey<String> INPUT_MESSAGES = text("gen_ai.input.messages");

  /** The reply, as JSON; only when asked for. */
  public static final AttributeKey<String> OUTPUT_MESSAGES = text("gen_ai.output.messages");

  /** The kind of tokens that are measured: {@code input} or {@code output}. */
  public static final AttributeKey<String> TOKEN_TYPE = text("gen_ai.token.type");

  /** The name of a tool. */
  public static final AttributeKey<String> TOOL_NAME = text("gen_ai.tool.name");

  /** The id of a call of a tool. */
  public static final AttributeKey<String> TOOL_CALL_ID = text("gen_ai.tool.call.id");

  /** The class of an error; of a call of a tool its status, such as {@code timed_out}. */
  public static final AttributeKey<String> ERROR_TYPE = text("error.type");

  /** Whether a cache answered. */
  public static final AttributeKey<Boolean> CACHED = AttributeKey.booleanKey("hone.cached");

  /** The name of a program's class. */
  public static final AttributeKey<String> PROGRAM = text("hone.program");

  /** The name of a predictor. */
  public static final AttributeKey<String> PREDICTOR = text("hone.predictor");

  /** The name of an optimizer. */
  public static final AttributeKey<String> OPTIMIZER = text("hone.optimizer");

  /** The number of examples. */
  public static final AttributeKey<Long> EXAMPLES = AttributeKey.longKey("hone.examples");

  /** The number of rows of a batch. */
  public static final AttributeKey<Long> ROWS = AttributeKey.longKey("hone.rows");

  /** Which row of a batch it is, counted from 1. */
  public static final AttributeKey<Long> ROW = AttributeKey.longKey("hone.row");

  /** A score of an example, an evaluation, a trial or a candidate. */
  public static final AttributeKey<Double> SCORE = AttributeKey.doubleKey("hone.score");

  /** The number of a trial. */
  public static final AttributeKey<Long> TRIAL = AttributeKey.longKey("hone.trial");

  /** The histogram of how long model calls take, in seconds. */
  public static final String DURATION_METRIC = "gen_ai.client.operation.duration";

  /** The histogram of the tokens of model calls. */
  public static final String TOKEN_METRIC = "gen_ai.client.token.usage";

  private static final Map<String, String> PROVIDERS =
      Map.of(
          "azure-openai", "azure.ai.openai",
          "bedrock", "aws.bedrock",
          "gemini", "gcp.gemini",
          "mistral", "mistral_ai");

  private GenAi() {}

  private static AttributeKey<String> text(String name) {
    return AttributeKey.stringKey(name);
  }

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
