package dev.hone.local;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hone.embed.Embedding;
import dev.hone.local.AgentEpisode.Step;
import dev.hone.local.AgentReader.AgentPrompt;
import dev.hone.local.TextSpan.Form;
import dev.hone.local.TextSpan.Source;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Chooses a text to pass to a tool, among all pieces of the input and of what tools returned: one
 * that stands as those did which demos passed, and before there are any by what the prompt says of
 * the tool and its parameter. No text is passed twice to the same parameter.
 *
 * <p>Structure: for each demo call, the likeness of a text's features to those of the text that was
 * passed; of all, the mean weighted by how alike the inputs are. Complexity: linear in texts times
 * calls of demos.
 */
final class ArgumentChooser {
  private static final double NOISE = 0.3;
  private static final double OTHER_STEP = 0.3;

  private final SentenceEmbedder embedder;
  private final DemoWeights weights;
  private final SpanFeatures.Maker features;
  private final Cache<Slot, List<Shown>> shown = Caffeine.newBuilder().maximumSize(4000).build();
  private final Cache<Slot, Prior> priors = Caffeine.newBuilder().maximumSize(4000).build();

  /** A parameter of a tool. */
  private record Slot(AgentContext context, String tool, String parameter, boolean ends) {}

  /** What a demo passed: the places where that text stands. */
  private record Shown(AgentEpisode demo, int step, List<SpanFeatures> places) {}

  /** What the prompt says of a parameter: how fitting each source and each form is. */
  private record Prior(double[] sources, double[] forms) {}

  ArgumentChooser(SentenceEmbedder embedder, DemoWeights weights) {
    this.embedder = embedder;
    this.weights = weights;
    this.features = new SpanFeatures.Maker(embedder);
  }

  /** The text; empty if there is nothing that has not been passed before. */
  Optional<TextSpan> text(
      AgentPrompt prompt, ParsedTool tool, ParsedField parameter, boolean ends, SamplingNoise noise) {
    Slot slot = new Slot(prompt.context(), tool.name(), parameter.name(), ends);
    List<Shown> examples = shown.get(slot, this::shown);
    Prior prior = priors.get(slot, key -> prior(key, tool, parameter));
    Set<String> passed = passed(prompt.episode(), slot);
    Embedding question = weights.vector(prompt.episode());
    int step = prompt.episode().steps().size();
    double[] demoWeights = new double[examples.size()];
    for (int i = 0; i < demoWeights.length; i++) {
      boolean sameStep = ends || examples.get(i).step() == step;
      demoWeights[i] =
          weights.of(examples.get(i).demo(), prompt.episode()) * (sameStep ? 1 : OTHER_STEP);
    }
    SplittableRandom random = noise.random();
    SpanFeatures best = null;
    double most = Double.NEGATIVE_INFINITY;
    for (SpanFeatures candidate : features.of(prompt.episode())) {
      double sum = DemoWeights.PRIOR * prior(candidate, prior, question, ends);
      double total = DemoWeights.PRIOR;
      for (int i = 0; i < demoWeights.length; i++) {
        sum += demoWeights[i] * likeness(candidate, examples.get(i));
        total += demoWeights[i];
      }
      double score = sum / total + NOISE * noise.disturbance(random);
      if (score > most && !passed.contains(candidate.span().key())) {
        most = score;
        best = candidate;
      }
    }
    return Optional.ofNullable(best).map(SpanFeatures::span);
  }

  private static double likeness(SpanFeatures candidate, Shown example) {
    return example.places().stream().mapToDouble(candidate::likeness).max().orElse(0);
  }

  private static Set<String> passed(AgentEpisode episode, Slot slot) {
    Set<String> passed = new HashSet<>();
    for (Step step : episode.steps()) {
      if (step.tool().equals(slot.tool())) {
        passed.add(TextSpan.key(step.arguments().path(slot.parameter()).asString("")));
      }
    }
    return passed;
  }

  /** What demos passed, where it can be found in what they had before. */
  private List<Shown> shown(Slot slot) {
    List<Shown> all = new ArrayList<>();
    for (AgentEpisode demo : slot.context().demos()) {
      for (int i = 0; i < demo.steps().size(); i++) {
        Step step = demo.steps().get(i);
        String text = TextSpan.key(step.arguments().path(slot.parameter()).asString(""));
        if (step.tool().equals(slot.tool()) && !text.isEmpty()) {
          List<SpanFeatures> places = places(demo.before(i), text);
          if (!places.isEmpty()) {
            all.add(new Shown(demo, i, places));
          }
        }
      }
    }
    return all;
  }

  /** The places of a text; only those in lines that the newest call asked for, if there are any. */
  private List<SpanFeatures> places(AgentEpisode state, String text) {
    List<SpanFeatures> places =
        features.of(state).stream().filter(f -> f.span().key().equals(text)).toList();
    List<SpanFeatures> anchored = places.stream().filter(SpanFeatures::anchored).toList();
    return anchored.isEmpty() ? places : anchored;
  }

  private double prior(SpanFeatures candidate, Prior prior, Embedding question, boolean ends) {
    TextSpan span = candidate.span();
    boolean whole = span.left().isEmpty();
    double fit =
        whole ? 0.3 : (candidate.left().dot(question) + candidate.right().dot(question)) / 2;
    return 0.35 * prior.sources()[span.source().ordinal()]
        + 0.25 * prior.forms()[span.form().ordinal()]
        + 0.3 * fit
        + 0.1 * (candidate.anchored() ? 1 : 0)
        + 0.1 / (1 + span.rank())
        - 0.3 * (candidate.asked() ? 1 : 0)
        + (ends && span.source() == Source.RESULT ? 0.4 : 0);
  }

  private Prior prior(Slot slot, ParsedTool tool, ParsedField parameter) {
    List<Embedding> said = new ArrayList<>();
    said.add(embedder.embed(TextTokens.ofName(parameter.name())));
    tool.sayings().forEach(text -> said.add(embedder.embed(text)));
    slot.context().instructions().forEach(text -> said.add(embedder.embed(text)));
    return new Prior(
        fitting(Source.values(), Source::words, said), fitting(Form.values(), Form::words, said));
  }

  /** Which of some values the prompt speaks of: a distribution. */
  private <T> double[] fitting(T[] values, Function<T, String> words, List<Embedding> said) {
    double[] fitting = new double[values.length];
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      Embedding value = embedder.embed(words.apply(values[i]));
      double most = said.stream().mapToDouble(value::dot).max().orElse(0);
      fitting[i] = StrictMath.exp(most / 0.1);
      sum += fitting[i];
    }
    for (int i = 0; i < values.length; i++) {
      fitting[i] /= sum;
    }
    return fitting;
  }
}
