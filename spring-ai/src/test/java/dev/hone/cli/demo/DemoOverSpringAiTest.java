package dev.hone.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.cli.progress.Progress;
import dev.hone.examples.SupportTask;
import dev.hone.json.Json;
import dev.hone.lm.Capabilities;
import dev.hone.lm.ForwardingLanguageModel;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.local.EmbeddedModel;
import dev.hone.modelserver.ModelServer;
import dev.hone.springai.ChatModels;
import dev.hone.springai.SpringAiModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.chat.model.ChatModel;
import tools.jackson.databind.node.ObjectNode;

/** The demo over HTTP through Spring AI gives the same bytes as in the process. */
@Tag("once")
class DemoOverSpringAiTest {
  @TempDir Path folder;

  /** What a wire carries: all of a request but its rollout id, which no provider is sent. */
  private static final class AsSent extends ForwardingLanguageModel {
    AsSent() {
      super(EmbeddedModel.load());
    }

    @Override
    public LmResponse call(LmRequest request) {
      return super.call(request.withOptions(request.options().withRolloutId(0)));
    }
  }

  @Test
  void givesTheSameBytesThroughBothWireFormats() throws IOException {
    AsSent direct = new AsSent();
    Capabilities offered = direct.capabilities();
    String inside = demo(direct, "inside.json");
    try (ModelServer server = ModelServer.start(EmbeddedModel.load())) {
      List<ChatModel> bridges =
          List.of(
              ChatModels.openAi(server.baseUrl(), "embedded", "none"),
              ChatModels.anthropic(server.baseUrl(), "embedded", "none"));
      for (ChatModel bridge : bridges) {
        int before = server.calls().size();
        LanguageModel model =
            SpringAiModel.of(bridge, "spring-ai:embedded").withCapabilities(offered);

        assertThat(demo(model, "outside.json")).as("%s", bridge.getClass()).isEqualTo(inside);
        assertThat(server.calls().size() - before).isGreaterThan(100);
      }
    }
  }

  /** The facts and the file, without what names the model, the file and the time. */
  private String demo(LanguageModel model, String file) throws IOException {
    Path artifact = folder.resolve(file);
    DemoResult result =
        new Demo<>(SupportTask.typed(), model, 4, 1, Progress.silent(), Optional.empty())
            .run(artifact);
    ObjectNode facts = DemoJson.of(result);
    facts.remove("seconds");
    String all = Json.pretty(facts) + Files.readString(artifact);
    return all.replace(model.id(), "MODEL")
        .replace(artifact.toString(), "FILE")
        .replaceAll("\"createdAt\" ?: ?[^\n]+", "TIME");
  }
}
