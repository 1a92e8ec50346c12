package dev.hone.langchain4j;

import dev.hone.InvalidInputException;
import dev.hone.SettingCheck;
import dev.hone.embed.Embedder;
import dev.hone.embed.Embedding;
import dev.hone.langchain4j.wire.ErrorMapping;
import dev.hone.lm.LmException;
import dev.hone.lm.bridge.Secrets;
import dev.hone.retrieve.Passage;
import dev.hone.retrieve.Retriever;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.ContentMetadata;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.rag.query.Query;
import dev.langchain4j.store.embedding.EmbeddingMatch;
import dev.langchain4j.store.embedding.EmbeddingSearchRequest;
import dev.langchain4j.store.embedding.EmbeddingStore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What LangChain4j searches with, as a Hone {@link Retriever}: an {@code EmbeddingStore} with an
 * embedder, or any {@code ContentRetriever}. Thread-safe, as far as these are.
 *
 * <p>A passage's id is that of its embedding in the store where the store tells one, else a UUID
 * made of its text, so equal texts have one id. Scores are the store's own, mostly from 0 to 1 and
 * not the cosine; 0 where it tells none. Cost: no model call of Hone's; what the store does.
 * Errors: every exception comes out as an {@link LmException} without what looks like a credential.
 */
public final class LangChain4jRetriever implements Retriever {
  private final ErrorMapping errors;
  private final BiFunction<String, Integer, List<ScoredPassage>> search;

  private LangChain4jRetriever(
      String name, BiFunction<String, Integer, List<ScoredPassage>> search) {
    this.errors = new ErrorMapping(name, Secrets.unknown());
    this.search = search;
  }

  /**
   * Searches a store.
   *
   * @param embedder what embeds queries: the model that embedded what the store holds; a {@link
   *     LangChain4jEmbedder}, or any other of the same vectors
   */
  public static LangChain4jRetriever of(EmbeddingStore<TextSegment> store, Embedder embedder) {
    return new LangChain4jRetriever(
        "the embedding store",
        (query, k) -> {
          EmbeddingSearchRequest request =
              EmbeddingSearchRequest.builder()
                  .queryEmbedding(foreign(embedder.embed(query)))
                  .maxResults(k)
                  .build();
          return store.search(request).matches().stream().map(match -> passage(match)).toList();
        });
  }

  /**
   * Searches by a content retriever. How many it finds is set on it; of more than a query asks for,
   * the first are taken. A blank query, which it would refuse, finds nothing.
   */
  public static LangChain4jRetriever of(ContentRetriever retriever) {
    return new LangChain4jRetriever(
        "the content retriever",
        (query, k) ->
            query.isBlank()
                ? List.of()
                : retriever.retrieve(Query.from(query)).stream()
                    .limit(k)
                    .map(content -> passage(content))
                    .toList());
  }

  private static dev.langchain4j.data.embedding.Embedding foreign(Embedding embedding) {
    float[] values = new float[embedding.size()];
    embedding.copyTo(values, 0);
    return dev.langchain4j.data.embedding.Embedding.from(values);
  }

  private static ScoredPassage passage(EmbeddingMatch<TextSegment> match) {
    @Nullable TextSegment segment = match.embedded();
    if (segment == null) {
      throw InvalidInputException.of(
          "The embedding store has no text of the embedding \"%s\"".formatted(match.embeddingId()),
          "add embeddings with their segments");
    }
    return passage(match.embeddingId(), segment.text(), match.score());
  }

  private static ScoredPassage passage(Content content) {
    return passage(
        content.metadata().get(ContentMetadata.EMBEDDING_ID),
        content.textSegment().text(),
        content.metadata().get(ContentMetadata.SCORE));
  }

  private static ScoredPassage passage(@Nullable Object id, String text, @Nullable Object score) {
    String known =
        id instanceof String name && !name.isBlank()
            ? name
            : UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    double value = score instanceof Number number ? number.doubleValue() : 0;
    return new ScoredPassage(new Passage(known, text), value);
  }

  /**
   * What the store or the content retriever finds, in its order.
   *
   * @throws InvalidInputException if k is less than 1, or the store has no texts
   */
  @Override
  public List<ScoredPassage> retrieve(String query, int k) {
    SettingCheck.atLeast("k", k, 1);
    try {
      return search.apply(query, k);
    } catch (LmException | InvalidInputException e) {
      throw e;
    } catch (RuntimeException e) {
      throw errors.of(e);
    }
  }
}
