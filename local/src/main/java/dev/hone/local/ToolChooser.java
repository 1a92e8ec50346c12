package dev.hone.local;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hone.embed.Embedding;
import dev.hone.local.AgentReader.AgentPrompt;
import dev.hone.local.ArgumentChooser.Blank;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Decides which tool an agent calls next: as demos of alike questions did after as many calls, the
 * sooner the one that ends a run the better the best answer fits; before there are demos by what
 * the prompt says of its tools.
 *
 * <p>Structure: a {@link ChoiceModel}, one of whose features is votes of demos weighted by how
 * alike the inputs are (Nadaraya and Watson, 1964). Complexity: linear in the demos and their
 * calls, and quadratic once per prompt.
 */
final class ToolChooser {
  private static final double NOISE = 10;
  private static final double STRENGTH = 0.5;

  /** What is assumed of each feature before there are demos. */
  private static final double[] ASSUMED = {
    /* votes */ 4, /* described */
    3, /* ends */
    -3.2, /* ends at once */
    -5, /* calls before */
    0.5,
    /* speaks of calling again */ -10, /* readiness */
    6
  };

  private static final String GOES_ON =
      "call it again with a name found in an earlier result, before answering";

  private final SentenceEmbedder embedder;
  private final DemoWeights weights;
  private final ArgumentChooser texts;
  private final EndingTool endings;
  private final Cache<AgentContext, ChoiceModel> models =
      Caffeine.newBuilder().maximumSize(2000).build();

  ToolChooser(
      SentenceEmbedder embedder, DemoWeights weights, ArgumentChooser texts, EndingTool endings) {
    this.embedder = embedder;
    this.weights = weights;
    this.texts = texts;
    this.endings = endings;
  }

  /** The tool to call next. */
  ParsedTool next(AgentPrompt prompt, SamplingNoise noise) {
    List<ParsedTool> tools = prompt.context().tools();
    ChoiceModel model = models.get(prompt.context(), this::fit);
    double[][] options = options(prompt);
    SplittableRandom random = noise.random();
    int best = 0;
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < options.length; i++) {
      double score = model.score(options[i]) + NOISE * noise.disturbance(random);
      if (score > most) {
        most = score;
        best = i;
      }
    }
    return tools.get(best);
  }

  private ChoiceModel fit(AgentContext context) {
    List<ChoiceModel.Made> made = new ArrayList<>();
    for (AgentEpisode demo : context.demos()) {
      for (int i = 0; i < demo.steps().size(); i++) {
        String called = demo.steps().get(i).tool();
        boolean[] right = new boolean[context.tools().size()];
        for (int t = 0; t < right.length; t++) {
          right[t] = context.tools().get(t).name().equals(called);
        }
        if (context.tool(called).isPresent()) {
          made.add(new ChoiceModel.Made(options(new AgentPrompt(context, demo.before(i))), right));
        }
      }
    }
    return ChoiceModel.fit(made, ASSUMED, STRENGTH);
  }

  /** The features of each tool. */
  private double[][] options(AgentPrompt state) {
    AgentContext context = state.context();
    String ending = endings.of(context);
    int done = state.episode().stepsWithout(ending);
    double[] votes = votes(state, done);
    double goesOn = goesOn(context);
    Embedding input = embedder.embed(state.episode().inputText());
    double[][] options = new double[votes.length][];
    for (int i = 0; i < options.length; i++) {
      ParsedTool tool = context.tools().get(i);
      double end = tool.name().equals(ending) ? 1 : 0;
      options[i] =
          new double[] {
            votes[i],
            (1 - end) * endings.described(tool).dot(input),
            done == 0 ? 0 : end,
            done == 0 ? end : 0,
            end * Math.min(4, done),
            done == 0 ? 0 : end * goesOn,
            end == 0 || done == 0 ? 0 : ready(state, tool)
          };
    }
    return options;
  }

  /** The share of demos, weighted, that called each tool after as many calls. */
  private double[] votes(AgentPrompt state, int done) {
    AgentContext context = state.context();
    double[] votes = new double[context.tools().size()];
    double total = DemoWeights.PRIOR;
    for (AgentEpisode demo : context.demos()) {
      if (done < demo.steps().size() && demo.input() != state.episode().input()) {
        double weight = DemoWeights.LEAST + weights.of(demo, state.episode());
        total += weight;
        for (int i = 0; i < votes.length; i++) {
          boolean called = context.tools().get(i).name().equals(demo.steps().get(done).tool());
          votes[i] += called ? weight : 0;
        }
      }
    }
    for (int i = 0; i < votes.length; i++) {
      votes[i] /= total;
    }
    return votes;
  }

  /** How well the best text fits that the run could end with now; 0 if there is none. */
  private double ready(AgentPrompt state, ParsedTool end) {
    return end.parameters().stream()
        .filter(parameter -> parameter.type().present() instanceof ParsedType.Text)
        .findFirst()
        .flatMap(
            parameter -> texts.text(state, new Blank(end, parameter, true), SamplingNoise.NONE))
        .map(ArgumentChooser.Found::fit)
        .orElse(0.0);
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
