package dev.hone.local;

import dev.hone.embed.Embedding;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How well a piece of a text answers a question, by words alone: for each word of the question that
 * carries meaning, the likest one in the piece or near it; of all, the mean.
 */
final class WordFit {
  private static final int NEAR = 4;

  /** From this cosine on, two words are forms of one. */
  private static final double SAME = 0.65;

  private static final double LESS_PER_WORD = 0.05;

  private final SentenceEmbedder embedder;
  private final List<Embedding> wanted;
  private final Set<String> given;

  private WordFit(SentenceEmbedder embedder, List<Embedding> wanted, Set<String> given) {
    this.embedder = embedder;
    this.wanted = wanted;
    this.given = given;
  }

  /** For the question of a run; names in it do not count. */
  static WordFit of(AgentEpisode episode, SentenceEmbedder embedder) {
    List<Embedding> wanted =
        TextTokens.content(SpanFinder.masked(episode.inputText()))
            .distinct()
            .map(embedder::embed)
            .toList();
    Set<String> given = TextTokens.content(episode.inputText()).collect(Collectors.toSet());
    return new WordFit(embedder, wanted, given);
  }

  /** Which share of a text's words the question has too, or a form of them. */
  double asked(TextSpan span) {
    List<String> words = TextTokens.content(span.text()).toList();
    long asked = words.stream().filter(this::isAsked).count();
    return words.isEmpty() ? 0 : (double) asked / words.size();
  }

  private boolean isAsked(String word) {
    Embedding vector = embedder.embed(word);
    return given.contains(word) || wanted.stream().anyMatch(asked -> vector.dot(asked) > SAME);
  }

  /** How well the text itself answers some word of the question: the greatest cosine. */
  double own(TextSpan span) {
    Embedding text = embedder.embed(span.text());
    return wanted.stream().mapToDouble(text::dot).max().orElse(0);
  }

  /** How well the text and the words around it answer all words of the question. */
  double near(TextSpan span) {
    List<Embedding> words = new ArrayList<>(List.of(embedder.embed(span.text())));
    List<Double> shares = new ArrayList<>(List.of(1.0));
    add(words, shares, span.left());
    add(words, shares, span.right());
    double sum = 0;
    for (Embedding word : wanted) {
      double most = 0;
      for (int i = 0; i < words.size(); i++) {
        most = Math.max(most, shares.get(i) * word.dot(words.get(i)));
      }
      sum += most;
    }
    return wanted.isEmpty() ? 0 : sum / wanted.size();
  }

  private void add(List<Embedding> words, List<Double> shares, List<String> side) {
    for (int i = 0; i < Math.min(NEAR, side.size()); i++) {
      words.add(embedder.embed(side.get(i)));
      shares.add(0.9 - LESS_PER_WORD * i);
    }
  }
}
