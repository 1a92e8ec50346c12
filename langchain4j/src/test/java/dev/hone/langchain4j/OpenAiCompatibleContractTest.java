package dev.hone.langchain4j;

import dev.hone.lm.Capabilities;
import dev.hone.lm.LanguageModel;
import dev.hone.testkit.LanguageModelContract;
import dev.hone.testkit.OpenAiStubServer;
import dev.hone.testkit.ScriptedModel;
import org.junit.jupiter.api.AfterEach;

/** The contract of models, over real HTTP. */
class OpenAiCompatibleContractTest extends LanguageModelContract {
  private final OpenAiStubServer server =
      new OpenAiStubServer(ScriptedModel.answering(request -> "{\"answer\": \"yes\"}"));

  @AfterEach
  void close() {
    server.close();
  }

  @Override
  protected LanguageModel model() {
    return OpenAiModels.openAiCompatible("stub", server.baseUrl(), null)
        .withCapabilities(Capabilities.JSON_SCHEMA);
  }
}
