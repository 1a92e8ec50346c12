package dev.hone.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.InvalidInputException;
import dev.hone.cli.progress.Progress;
import dev.hone.examples.SupportTask;
import dev.hone.json.Json;
import dev.hone.lm.ForwardingLanguageModel;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.ModelSpec;
import dev.hone.local.EmbeddedModel;
import dev.hone.modelserver.ModelServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** The demo over HTTP gives the same bytes as in the process, through each bridge. */
class DemoOverHttpTest {
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

  /** Names of models behind a server, by the variables that point each bridge to it. */
  private static Map<String, Map<String, String>> bridges(ModelServer server) {
    Map<String, Map<String, String>> bridges = new TreeMap<>();
    bridges.put("openai-compatible:embedded@" + server.baseUrl(), Map.of());
    bridges.put(
        "openai:embedded", Map.of("OPENAI_API_KEY", "none", "OPENAI_BASE_URL", server.baseUrl()));
    bridges.put(
        "mistral:embedded",
        Map.of("MISTRAL_API_KEY", "none", "MISTRAL_BASE_URL", server.baseUrl()));
    bridges.put(
        "azure-openai:embedded",
        Map.of("AZURE_OPENAI_API_KEY", "none", "AZURE_OPENAI_ENDPOINT", server.baseUrl()));
    bridges.put(
        "anthropic:embedded",
        Map.of("ANTHROPIC_API_KEY", "none", "ANTHROPIC_BASE_URL", server.baseUrl()));
    return bridges;
  }

  @Test
  void givesTheSameBytesAsInTheProcessThroughEachBridge() throws IOException {
    String inside = demo(new AsSent(), "inside.json");
    int compared = 0;
    try (ModelServer server = ModelServer.start(EmbeddedModel.load())) {
      for (var bridge : bridges(server).entrySet()) {
        Optional<LanguageModel> remote = remote(bridge.getKey(), bridge.getValue());
        if (remote.isPresent()) {
          assertThat(demo(remote.get(), "outside.json")).as(bridge.getKey()).isEqualTo(inside);
          compared++;
        }
      }
      assertThat(compared).isEqualTo(5);
      assertThat(server.calls()).hasSizeGreaterThan(100 * compared);
    }
  }

  /** Empty if the bridge is not on the class path. */
  private static Optional<LanguageModel> remote(String name, Map<String, String> environment) {
    try {
      return Optional.of(ModelSpec.parse(name, environment).create());
    } catch (InvalidInputException e) {
      assertThat(e).hasMessageContaining("is not one of");
      return Optional.empty();
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
