package dev.hone.langchain4j;

import dev.hone.lm.Capabilities;
import dev.hone.lm.LanguageModel;
import dev.hone.modelserver.ModelServer;
import dev.hone.testkit.wire.BridgeContract;

class OpenAiCompatibleBridgeTest extends BridgeContract {
  @Override
  protected String credential() {
    return "sk-none-0123456789abcdef";
  }

  @Override
  protected LanguageModel model(ModelServer server) {
    return OpenAiModels.openAiCompatible("scripted", server.baseUrl(), credential())
        .withCapabilities(Capabilities.builder().toolCalls(true).build());
  }
}
