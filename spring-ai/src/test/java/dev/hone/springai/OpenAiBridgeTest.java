package dev.hone.springai;

import dev.hone.lm.LanguageModel;
import dev.hone.modelserver.ModelServer;
import dev.hone.testkit.wire.BridgeContract;

class OpenAiBridgeTest extends BridgeContract {
  @Override
  protected String credential() {
    return "sk-none-0123456789abcdef";
  }

  @Override
  protected LanguageModel model(ModelServer server) {
    return SpringAiModel.of(
        ChatModels.openAi(server.baseUrl(), "scripted", credential()), "spring-ai:scripted");
  }
}
