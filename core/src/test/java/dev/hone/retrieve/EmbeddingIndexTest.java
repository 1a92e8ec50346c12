package dev.hone.retrieve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.embed.Embedding;
import dev.hone.retrieve.Retriever.ScoredPassage;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EmbeddingIndexTest {
  private static final TableEmbedder EMBEDDER =
      new TableEmbedder("table")
          .with("east", 1, 0)
          .with("north", 0, 2)
          .with("north-east", 3, 3)
          .with("west", -1, 0)
          .with("", 0, 0);

  private static List<Passage> passages(String... texts) {
    return IntStream.range(0, texts.length).mapToObj(i -> new Passage("p" + i, texts[i])).toList();
  }

  private static List<String> ids(List<ScoredPassage> found) {
    return found.stream().map(scored -> scored.passage().id()).toList();
  }

  @Test
  void findsTheNearestFirst() {
    var index = EmbeddingIndex.of(EMBEDDER, passages("west", "north", "north-east", "east"));

    List<ScoredPassage> found = index.retrieve("east", 3);

    assertThat(ids(found)).containsExactly("p3", "p2", "p1");
    assertThat(found).extracting(ScoredPassage::score).startsWith(1.0).endsWith(0.0);
  }

  @Test
  void textsAreNumberedAndTheirVectorsCanBeGivenToOtherStores() {
    var index = EmbeddingIndex.of(EMBEDDER, Passage.numbered(List.of("west", "north-east")));

    assertThat(ids(index.retrieve("east", 2))).containsExactly("1", "0");
    Embedding north = EMBEDDER.embed("north");
    north.toArray()[0] = 7;
    assertThat(north.toArray()).as("a copy each time").containsExactly(0, 2);
  }

  @Test
  void equallyNearOnesComeInTheOrderOfThePassages() {
    var index = EmbeddingIndex.of(EMBEDDER, passages("north", "east", "north", "east", "east"));

    assertThat(ids(index.retrieve("east", 2))).containsExactly("p1", "p3");
    assertThat(ids(index.retrieve("east", 4))).containsExactly("p1", "p3", "p4", "p0");
  }

  @Test
  void aBlankTextHasTheCosineZeroWithEverything() {
    var index = EmbeddingIndex.of(EMBEDDER, passages("west", "", "east"));

    assertThat(ids(index.retrieve("east", 3))).containsExactly("p2", "p1", "p0");
    assertThat(index.retrieve("", 2)).extracting(ScoredPassage::score).containsExactly(0.0, 0.0);
    assertThat(ids(index.retrieve("", 2))).containsExactly("p0", "p1");
  }

  @Test
  void givesAllWhereThereAreNoMore() {
    var index = EmbeddingIndex.of(EMBEDDER, passages("west", "east"));

    assertThat(index.retrieve("east", Integer.MAX_VALUE)).hasSize(2);
    assertThat(EmbeddingIndex.of(EMBEDDER, List.of()).retrieve("east", 1)).isEmpty();
  }

  @Test
  void refusesTwoPassagesOfOneId() {
    var twice = List.of(new Passage("a", "east"), new Passage("a", "west"));

    assertThatThrownBy(() -> EmbeddingIndex.of(EMBEDDER, twice))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("Two passages have the id \"a\". Maybe number the passages.");
  }

  @Test
  void refusesVectorsOfDifferentSizes() {
    var embedder = new TableEmbedder("uneven").with("two", 1, 2).with("three", 1, 2, 3);
    var index = EmbeddingIndex.of(embedder, passages("two"));

    assertThatThrownBy(() -> EmbeddingIndex.of(embedder, passages("two", "three")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("\"p1\" has 3 numbers, that of the first passage 2");
    assertThatThrownBy(() -> index.retrieve("three", 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("the query has 3 numbers, those of the passages 2");
  }

  @Test
  void refusesToFindNothing() {
    var index = EmbeddingIndex.of(EMBEDDER, passages("west"));

    assertThatThrownBy(() -> index.retrieve("east", 0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("k (0) is less than 1");
    assertThatThrownBy(() -> index.threads(0)).isInstanceOf(InvalidInputException.class);
  }

  @Test
  void theScoreIsTheCosineToTheLastBit() {
    var index = EmbeddingIndex.of(EMBEDDER, passages("north-east"));

    double score = index.retrieve("east", 1).get(0).score();

    assertThat(score).isEqualTo(Embedding.of(1, 0).cosine(Embedding.of(3, 3)));
  }
}
