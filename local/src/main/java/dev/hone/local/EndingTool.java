package dev.hone.local;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hone.embed.Embedding;

/** Finds the tool that ends a run: the one with which demos end, else by what is said of it. */
final class EndingTool {
  private static final String ENDS = "gives the final answer and ends the task";
  private static final double LEAST_LIKENESS = 0.3;

  private final SentenceEmbedder embedder;
  private final Cache<AgentContext, String> found = Caffeine.newBuilder().maximumSize(2000).build();

  EndingTool(SentenceEmbedder embedder) {
    this.embedder = embedder;
  }

  /** Its name; empty if no tool seems to be one. */
  String of(AgentContext context) {
    return found.get(context, this::find);
  }

  private String find(AgentContext context) {
    for (AgentEpisode demo : context.demos()) {
      int last = demo.steps().size() - 1;
      String tool = demo.steps().get(last).tool();
      if (last > 0 && demo.stepsWithout(tool) == last) {
        return tool;
      }
    }
    String best = "";
    double most = LEAST_LIKENESS;
    for (ParsedTool tool : context.tools()) {
      double likeness = described(tool).dot(embedder.embed(ENDS));
      if (likeness > most) {
        most = likeness;
        best = tool.name();
      }
    }
    return best;
  }

  /** The vector of a tool's name and description. */
  Embedding described(ParsedTool tool) {
    return embedder.embed(TextTokens.ofName(tool.name()) + ": " + tool.description());
  }
}
