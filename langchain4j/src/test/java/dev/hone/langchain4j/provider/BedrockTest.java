package dev.hone.langchain4j.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.langchain4j.bedrock.BedrockModels;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.ModelProvider;
import dev.hone.lm.ModelSpec;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which models Bedrock serves by OpenAI's protocol, and what they need. */
class BedrockTest {
  private static final String KEY = "AWS_BEARER_TOKEN_BEDROCK";
  private static final String REGION = "AWS_REGION";
  private static final String ADDRESS = "AWS_ENDPOINT_URL_BEDROCK_RUNTIME";

  private static ModelProvider bedrock() {
    return ModelSpec.parse("bedrock:openai.gpt-oss-20b-1:0", Map.of()).provider();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "anthropic.claude-haiku-4-5-20251001-v1:0",
        "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
        "global.anthropic.claude-opus-4-6-v1",
        "amazon.nova-lite-v1:0",
        "us-gov.amazon.nova-pro-v1:0",
        "meta.llama3-1-70b-instruct-v1:0",
        "cohere.command-r-plus-v1:0",
        "ai21.jamba-1-5-large-v1:0"
      })
  void refusesAModelThatIsNotServedInThisWayBeforeTheFirstCall(String model) {
    assertThatThrownBy(() -> ModelSpec.parse("bedrock:" + model, Map.of()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("The model (bedrock:" + model + ") is not among those")
        .hasMessageContaining("BedrockChatModel")
        .hasMessageEndingWith("or use bedrock:openai.gpt-oss-20b-1:0.");
    assertThatThrownBy(() -> BedrockModels.of(model, "key", "us-west-2", null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("BedrockChatModel");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "openai.gpt-oss-120b-1:0",
        "qwen.qwen3-32b-v1:0",
        "deepseek.v3-v1:0",
        "mistral.mistral-large-3-675b-instruct",
        "us.deepseek.r1-v1:0",
        "arn:aws:bedrock:us-west-2:123456789012:imported-model/abc"
      })
  void takesAModelThatItMayServe(String model) {
    assertThat(BedrockModels.of(model, "key", "us-west-2", null).id())
        .isEqualTo("bedrock:" + model);
  }

  @Test
  void atAnAddressThatIsGivenAnyModelMayBe() {
    try (JsonServer gateway = new JsonServer()) {
      gateway.then(WireFormat.BEDROCK.text("six"));
      Map<String, String> environment = WireFormat.BEDROCK.environment(gateway.url());

      ModelSpec.parse("bedrock:anthropic.claude-haiku-4-5-20251001-v1:0", environment)
          .create()
          .call(LmRequest.of(LmMessage.user("3+3?")));

      assertThat(gateway.asked()).hasSize(1);
    }
  }

  @Test
  void anAddressNeedsNoRegion() {
    assertThat(bedrock().unsetVariables(Map.of()))
        .extracting(ModelProvider.Variable::name)
        .containsExactly(KEY, REGION);
    assertThat(bedrock().unsetVariables(Map.of(ADDRESS, "https://gateway.example")))
        .extracting(ModelProvider.Variable::name)
        .containsExactly(KEY);
    assertThat(bedrock().unsetVariables(Map.of(KEY, "k", ADDRESS, "https://gateway.example")))
        .isEmpty();
    assertThat(bedrock().unsetVariables(Map.of(KEY, "k", ADDRESS, " ")))
        .extracting(ModelProvider.Variable::name)
        .containsExactly(REGION);
  }
}
