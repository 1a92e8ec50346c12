package dev.hone.langchain4j;

import dev.hone.langchain4j.anthropic.AnthropicModels;
import dev.hone.lm.LanguageModel;
import dev.hone.modelserver.ModelServer;
import dev.hone.testkit.wire.BridgeContract;

/** The bridge to Anthropic's protocol of messages. */
class AnthropicBridgeTest extends BridgeContract {
  @Override
  protected LanguageModel model(ModelServer server) {
    return AnthropicModels.of("claude-haiku-4-5", credential(), server.baseUrl());
  }

  @Override
  protected String credential() {
    return "sk-ant-loopback-0123456789";
  }
}
