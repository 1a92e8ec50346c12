package dev.hone.local;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hone.embed.Embedding;
import dev.hone.local.AgentReader.AgentPrompt;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Decides which tool an agent calls next: as demos of alike questions did after as many calls, and
 * before there are any by what the prompt says of its tools. The tool that ends a run is known by
 * its description, or as the one with which demos end.
 *
 * <p>Structure: kernel-weighted votes around a prior (Nadaraya and Watson, 1964). Complexity:
 * linear in the demos and their calls.
 */
final class ToolChooser {
  /** What the tool that ends a run does, and what makes a run go on. */
  private static final String ENDS = "gives the final answer and ends the task";

  private static final String GOES_ON =
      "call it again with a name found in an earlier result, before answering";

  private static final double LEAST_LIKENESS = 0.3;

  private final SentenceEmbedder embedder;
  private final DemoWeights weights;
  private final Cache<AgentContext, String> endings =
      Caffeine.newBuilder().maximumSize(2000).build();

  ToolChooser(SentenceEmbedder embedder, DemoWeights weights) {
    this.embedder = embedder;
    this.weights = weights;
  }

  /** The tool to call next. */
  ParsedTool next(AgentPrompt prompt, SamplingNoise noise) {
    AgentContext context = prompt.context();
    List<ParsedTool> tools = context.tools();
    double[] scores = prior(prompt);
    double total = DemoWeights.PRIOR;
    for (int i = 0; i < scores.length; i++) {
      scores[i] *= DemoWeights.PRIOR;
    }
    int done = prompt.episode().stepsWithout(ending(context));
    for (AgentEpisode demo : context.demos()) {
      if (done < demo.steps().size()) {
        double weight = weights.of(demo, prompt.episode());
        total += weight;
        String called = demo.steps().get(done).tool();
        for (int i = 0; i < scores.length; i++) {
          scores[i] += tools.get(i).name().equals(called) ? weight : 0;
        }
      }
    }
    SplittableRandom random = noise.random();
    int best = 0;
    for (int i = 0; i < scores.length; i++) {
      scores[i] = scores[i] / total + noise.disturbance(random);
      best = scores[i] > scores[best] ? i : best;
    }
    return tools.get(best);
  }

  /** The name of the tool that ends a run; empty if none seems to. */
  String ending(AgentContext context) {
    return endings.get(context, this::findEnding);
  }

  private String findEnding(AgentContext context) {
    for (AgentEpisode demo : context.demos()) {
      AgentEpisode.Step last = demo.steps().get(demo.steps().size() - 1);
      if (demo.steps().size() > 1 && demo.stepsWithout(last.tool()) == demo.steps().size() - 1) {
        return last.tool();
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

  private Embedding described(ParsedTool tool) {
    return embedder.embed(TextTokens.ofName(tool.name()) + ": " + tool.description());
  }

  /**
   * Before there are demos: look first, and answer after the first result, the more readily the
   * more calls there were; less so where the prompt speaks of calling again.
   */
  private double[] prior(AgentPrompt prompt) {
    AgentContext context = prompt.context();
    String ending = ending(context);
    int done = prompt.episode().stepsWithout(ending);
    double end = done == 0 ? 0.1 : Math.min(0.95, 0.5 + 0.1 * done - goesOn(context));
    Embedding input = embedder.embed(prompt.episode().inputText());
    double[] prior = new double[context.tools().size()];
    double others = 0;
    for (int i = 0; i < prior.length; i++) {
      ParsedTool tool = context.tools().get(i);
      boolean ends = tool.name().equals(ending);
      prior[i] = ends ? 0 : StrictMath.exp(described(tool).dot(input) / 0.1);
      others += prior[i];
    }
    for (int i = 0; i < prior.length; i++) {
      boolean ends = context.tools().get(i).name().equals(ending);
      prior[i] = ends ? others == 0 ? 1 : end : (1 - end) * prior[i] / others;
    }
    return prior;
  }

  /** How clearly the instructions or a tool's description speak of calling again, up to 0.3. */
  private double goesOn(AgentContext context) {
    List<String> said = new ArrayList<>(context.instructions());
    context.tools().forEach(tool -> said.addAll(tool.sayings()));
    Embedding wanted = embedder.embed(GOES_ON);
    double most =
        said.stream().mapToDouble(text -> embedder.embed(text).dot(wanted)).max().orElse(0);
    return Math.max(0, Math.min(0.3, most - 0.4));
  }
}
