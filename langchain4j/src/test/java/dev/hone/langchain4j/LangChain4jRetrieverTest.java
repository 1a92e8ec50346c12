package dev.hone.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.embed.Embedder;
import dev.hone.lm.LmException;
import dev.hone.retrieve.EmbeddingIndex;
import dev.hone.retrieve.Passage;
import dev.hone.retrieve.Retriever.ScoredPassage;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.ContentMetadata;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.store.embedding.EmbeddingMatch;
import dev.langchain4j.store.embedding.EmbeddingSearchRequest;
import dev.langchain4j.store.embedding.EmbeddingSearchResult;
import dev.langchain4j.store.embedding.EmbeddingStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LangChain4jRetrieverTest {
  /** The vector of a text: its number of vowels a and e. */
  private static final class VowelModel implements EmbeddingModel {
    @Override
    public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
      return Response.from(segments.stream().map(segment -> vector(segment.text())).toList());
    }

    private static Embedding vector(String text) {
      if (text.isBlank()) {
        throw new IllegalArgumentException("blank");
      }
      float a = text.chars().filter(c -> c == 'a').count();
      float e = text.chars().filter(c -> c == 'e').count();
      return Embedding.from(new float[] {a, e});
    }
  }

  /** Remembers what it was asked, and gives what it is told to. */
  private static final class ToldStore implements EmbeddingStore<TextSegment> {
    final List<EmbeddingSearchRequest> asked = new ArrayList<>();
    final List<EmbeddingMatch<TextSegment>> told;

    ToldStore(List<EmbeddingMatch<TextSegment>> told) {
      this.told = told;
    }

    @Override
    public EmbeddingSearchResult<TextSegment> search(EmbeddingSearchRequest request) {
      asked.add(request);
      return new EmbeddingSearchResult<>(told);
    }

    @Override
    public String add(Embedding embedding) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void add(String id, Embedding embedding) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String add(Embedding embedding, TextSegment segment) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<String> addAll(List<Embedding> embeddings) {
      throw new UnsupportedOperationException();
    }
  }

  private static EmbeddingMatch<TextSegment> match(String id, double score, String text) {
    return new EmbeddingMatch<>(score, id, Embedding.from(new float[] {1}), TextSegment.from(text));
  }

  private final Embedder embedder = LangChain4jEmbedder.of(new VowelModel(), "vowels");

  @Test
  void anEmbeddingModelMakesAnIndexOfHones() {
    var index =
        EmbeddingIndex.of(embedder, List.of(new Passage("1", "eel"), new Passage("2", "banana")));

    assertThat(index.retrieve("a mat", 1))
        .containsExactly(new ScoredPassage(new Passage("2", "banana"), 1.0));
  }

  @Test
  void aBlankTextIsAllZerosAndNotSent() {
    assertThat(embedder.embed(" ")).isEqualTo(dev.hone.embed.Embedding.of(0, 0));
  }

  @Test
  void aStoreIsAskedForThatManyByTheEmbeddingOfTheQuery() {
    var store = new ToldStore(List.of(match("x", 0.9, "banana"), match("y", 0.7, "eel")));

    List<ScoredPassage> found = LangChain4jRetriever.of(store, embedder).retrieve("apple", 5);

    assertThat(found)
        .containsExactly(
            new ScoredPassage(new Passage("x", "banana"), 0.9),
            new ScoredPassage(new Passage("y", "eel"), 0.7));
    assertThat(store.asked.get(0).maxResults()).isEqualTo(5);
    assertThat(store.asked.get(0).queryEmbedding().vector()).containsExactly(1, 1);
  }

  @Test
  void aStoreWithoutTextsIsRefused() {
    var match = new EmbeddingMatch<TextSegment>(0.9, "x", Embedding.from(new float[] {1}), null);
    var retriever = LangChain4jRetriever.of(new ToldStore(List.of(match)), embedder);

    assertThatThrownBy(() -> retriever.retrieve("apple", 5))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("no text of the embedding \"x\"");
  }

  @Test
  void aContentRetrieverGivesItsFirst() {
    ContentRetriever contents =
        query ->
            List.of(
                Content.from(
                    TextSegment.from("about " + query.text()),
                    Map.of(ContentMetadata.SCORE, 0.8, ContentMetadata.EMBEDDING_ID, "e1")),
                Content.from("second"),
                Content.from("third"));
    var retriever = LangChain4jRetriever.of(contents);

    List<ScoredPassage> found = retriever.retrieve("eels", 2);

    assertThat(found.get(0)).isEqualTo(new ScoredPassage(new Passage("e1", "about eels"), 0.8));
    assertThat(found.get(1).passage().text()).isEqualTo("second");
    assertThat(found.get(1)).isEqualTo(retriever.retrieve("other", 2).get(1));
    assertThat(found).hasSize(2);
    assertThat(retriever.retrieve(" ", 2)).isEmpty();
  }

  @Test
  void whatFailsIsOneOfHonesExceptions() {
    ContentRetriever broken =
        query -> {
          throw new AuthenticationException("no such key: sk-abcdefghijklmnopqrstuvwx");
        };

    assertThatThrownBy(() -> LangChain4jRetriever.of(broken).retrieve("eels", 2))
        .isInstanceOf(LmException.class)
        .hasMessageContaining("the content retriever")
        .hasMessageNotContaining("sk-abcdef");
    assertThatThrownBy(() -> LangChain4jRetriever.of(broken).retrieve("eels", 0))
        .isInstanceOf(InvalidInputException.class);
  }
}
