package dev.hone.springai;

import dev.hone.lm.LanguageModel;
import dev.hone.modelserver.ModelServer;
import dev.hone.testkit.LanguageModelContract;
import dev.hone.testkit.ScriptedModel;
import org.junit.jupiter.api.AfterEach;

/** The contract of models, over real HTTP. */
class SpringAiContractTest extends LanguageModelContract {
  private final ModelServer server =
      ModelServer.start(ScriptedModel.answering(request -> "{\"answer\": \"yes\"}"));

  @AfterEach
  void close() {
    server.close();
  }

  @Override
  protected LanguageModel model() {
    return SpringAiModel.of(ChatModels.openAi(server.baseUrl(), "stub", "none"), "openai:stub");
  }
}
