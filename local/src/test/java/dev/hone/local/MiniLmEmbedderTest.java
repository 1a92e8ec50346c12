package dev.hone.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.context.Context;
import dev.hone.embed.Embedder;
import dev.hone.embed.Embedding;
import org.junit.jupiter.api.Test;

class MiniLmEmbedderTest {
  private final Embedder embedder = new MiniLmEmbedder();

  private double likeness(String one, String other) {
    return embedder.embed(one).cosine(embedder.embed(other));
  }

  @Test
  void isTheDefaultEmbedderOfEveryContext() {
    assertThat(Context.current().embedder()).get().isInstanceOf(MiniLmEmbedder.class);
    assertThat(Context.builder().build().embedder().orElseThrow().id()).isEqualTo("minilm-l6-v2-q");
  }

  @Test
  void aContextMayHaveAnotherOne() {
    Embedder other =
        new Embedder() {
          @Override
          public Embedding embed(String text) {
            return Embedding.of(1);
          }

          @Override
          public String id() {
            return "other";
          }
        };

    assertThat(Context.builder().embedder(other).build().embedder()).containsSame(other);
  }

  @Test
  void textsOfLikeMeaningHaveLikeVectors() {
    assertThat(likeness("Where is my parcel?", "My package has not arrived."))
        .isGreaterThan(likeness("Where is my parcel?", "The soup needs more salt.") + 0.2);
  }

  @Test
  void givesZerosForABlankText() {
    assertThat(embedder.embed(" ")).isEqualTo(Embedding.of(new float[384]));
    assertThat(embedder.embed("\0\t")).isEqualTo(Embedding.of(new float[384]));
  }
}
