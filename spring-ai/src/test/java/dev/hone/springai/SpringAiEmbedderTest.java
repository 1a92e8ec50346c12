package dev.hone.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.embed.Embedder;
import dev.hone.embed.Embedding;
import dev.hone.lm.LmException;
import dev.hone.modelserver.ModelServer;
import dev.hone.testkit.ScriptedModel;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.ai.openai.OpenAiEmbeddingModel;
import org.springframework.ai.openai.OpenAiEmbeddingOptions;

class SpringAiEmbedderTest {
  /** Two numbers that tell texts apart. */
  private static final class Lengths implements Embedder {
    @Override
    public Embedding embed(String text) {
      return Embedding.of(new float[] {text.length(), 1});
    }

    @Override
    public String id() {
      return "lengths";
    }
  }

  @Test
  void embedsOverHttpAndTypesItsErrors() {
    ScriptedModel none = ScriptedModel.answering(request -> "");
    try (ModelServer server = ModelServer.builder(none).embedder(new Lengths()).start()) {
      SpringAiEmbedder embedder =
          SpringAiEmbedder.of(
              OpenAiEmbeddingModel.builder()
                  .options(
                      OpenAiEmbeddingOptions.builder()
                          .baseUrl(server.baseUrl())
                          .apiKey("none")
                          .model("lengths")
                          .maxRetries(0)
                          .build())
                  .build(),
              "openai:lengths");

      Embedding direct = new Lengths().embed("hello");
      assertThat(embedder.embed("hello")).isEqualTo(direct);
      assertThat(embedder.embed(" ")).isEqualTo(Embedding.of(new float[] {0, 0}));
      assertThat(embedder.holdsCredentials()).isTrue();
      server.failNext(429, Map.of("Retry-After", "3"), "{}");
      assertThatThrownBy(() -> embedder.embed("hello")).isInstanceOf(LmException.RateLimited.class);
    }
  }
}
