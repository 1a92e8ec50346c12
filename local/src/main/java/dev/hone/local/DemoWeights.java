package dev.hone.local;

import dev.hone.embed.Embedding;

/**
 * How much a demo's run says of another one: the more, the more alike their inputs are apart from
 * the names in them.
 */
final class DemoWeights {
  /** The weight of what is assumed before there are demos. */
  static final double PRIOR = 0.05;

  /** What any demo says of how a run goes, however different its input is. */
  static final double LEAST = 0.03;

  private static final double WIDTH = 0.08;

  private final SentenceEmbedder embedder;

  DemoWeights(SentenceEmbedder embedder) {
    this.embedder = embedder;
  }

  /** The weight, from 0 to 1. */
  double of(AgentEpisode demo, AgentEpisode other) {
    return StrictMath.exp((vector(demo).dot(vector(other)) - 1) / WIDTH);
  }

  private Embedding vector(AgentEpisode episode) {
    return embedder.embed(SpanFinder.masked(episode.inputText()));
  }
}
