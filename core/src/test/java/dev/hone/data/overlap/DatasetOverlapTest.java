package dev.hone.data.overlap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.data.Dataset;
import dev.hone.embed.Embedder;
import dev.hone.embed.Embedding;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DatasetOverlapTest {
  private record Text(String text) {}

  private static final Dataset<Text, Text> TRAIN =
      texts(
          "My card was declined at the shop in Rome today",
          "How do I add 12 apples and 30 pears to my basket",
          "Reset my password");

  private static Dataset<Text, Text> texts(String... texts) {
    return Dataset.unlabelled(Arrays.stream(texts).map(Text::new).toList());
  }

  @Test
  void tellsEqualInputsFromThoseThatDifferInWriting() {
    DatasetOverlap overlap =
        DatasetOverlap.of(texts("Reset my password", "reset my  PASSWORD!", "Close it"), TRAIN);

    assertThat(overlap.exact()).singleElement().extracting(p -> p.similarity()).isEqualTo(1.0);
    assertThat(overlap.near())
        .singleElement()
        .satisfies(
            pair -> assertThat(pair.like().input()).isEqualTo(new Text("Reset my password")));
    assertThat(overlap.toString())
        .startsWith("1 of 3 examples have an input of the other dataset exactly and 1 nearly")
        .contains("reset my PASSWORD!");
  }

  @Test
  void findsTextsThatShareMostOfTheirWords() {
    DatasetOverlap overlap =
        DatasetOverlap.of(
            texts(
                "Today my card was declined at the shop in Rome",
                "My card was declined at the old shop in Rome today",
                "My card was stolen on a train near Rome"),
            TRAIN);

    assertThat(overlap.exact()).isEmpty();
    assertThat(overlap.near()).hasSize(2);
    assertThat(overlap.near().get(1).similarity()).isBetween(0.8, 0.99);
  }

  @Test
  void takesOtherNumbersForAnotherTask() {
    assertThat(
            DatasetOverlap.of(texts("How do I add 13 apples and 30 pears to my basket"), TRAIN)
                .isEmpty())
        .isTrue();
  }

  @Test
  void findsTextsOfTheSameMeaningWithAnEmbedder() {
    Embedder byPassword =
        new Embedder() {
          @Override
          public Embedding embed(String text) {
            return text.contains("assword") ? Embedding.of(1, 0) : Embedding.of(0, 1);
          }

          @Override
          public String id() {
            return "by-password";
          }
        };
    Dataset<Text, Text> test = texts("I forgot my Password", "Reset my password");

    DatasetOverlap overlap = DatasetOverlap.of(test, TRAIN, byPassword, 0.9);

    assertThat(DatasetOverlap.of(test, TRAIN).near()).isEmpty();
    assertThat(overlap.exact()).hasSize(1);
    assertThat(overlap.near())
        .singleElement()
        .satisfies(
            pair -> assertThat(pair.like().input()).isEqualTo(new Text("Reset my password")));
  }
}
