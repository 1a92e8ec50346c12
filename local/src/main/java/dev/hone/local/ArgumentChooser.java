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
 * <p>Structure: a {@link ChoiceModel}, learnt from the calls of the demos. Complexity: linear in
 * texts times calls of demos.
 */
final class ArgumentChooser {
  private static final double NOISE = 8;
  private static final double OTHER_STEP = 0.3;
  private static final double STRENGTH = 0.5;
  private static final int SOURCES = Source.values().length;
  private static final int FORMS = Form.values().length;
  private static final int REST = SOURCES + FORMS;

  /** What counts before anything is learnt, for what comes after sources and forms. */
  private static final double[] ASSUMED = {
    /* described source */ 2, /* described form */
    2, /* anchored */
    1, /* heads */
    0,
    /* asked */ -3, /* newest */
    0.5, /* rank */
    1, /* own fit */
    3, /* near fit */
    4,
    /* form of alike demos */ 2, /* place of alike demos */
    5
  };

  private final SentenceEmbedder embedder;
  private final DemoWeights weights;
  private final SpanReader reader;
  private final Cache<Slot, Learnt> models = Caffeine.newBuilder().maximumSize(4000).build();

  /** A parameter of a tool. */
  private record Slot(AgentContext context, String tool, String parameter, boolean ends) {
    static Slot of(AgentContext context, Blank blank) {
      return new Slot(context, blank.tool().name(), blank.parameter().name(), blank.ends());
    }
  }

  /** What the prompt says of a parameter, and what its demos show. */
  private record Learnt(
      double[] sources,
      double[] forms,
      List<ShownText> shown,
      List<ChoiceModel.Made> made,
      ChoiceModel model) {
    /** The model, without what a demo shows if the run is that demo's. */
    ChoiceModel model(AgentEpisode state, boolean ends) {
      List<ChoiceModel.Made> others = new ArrayList<>();
      for (int i = 0; i < shown.size(); i++) {
        if (shown.get(i).demo().input() != state.input()) {
          others.add(made.get(i));
        }
      }
      return others.size() == made.size()
          ? model
          : ChoiceModel.fit(others, assumed(ends), STRENGTH);
    }
  }

  /**
   * A text to be filled in.
   *
   * @param tool the tool that it is passed to
   * @param parameter the parameter
   * @param ends whether the tool is the one that ends a run
   */
  record Blank(ParsedTool tool, ParsedField parameter, boolean ends) {}

  /**
   * A text that was chosen.
   *
   * @param span the text
   * @param fit how well it fits by the words around it, from 0 to 2
   */
  record Found(TextSpan span, double fit) {}

  ArgumentChooser(SentenceEmbedder embedder, DemoWeights weights) {
    this.embedder = embedder;
    this.weights = weights;
    this.reader = new SpanReader(embedder);
  }

  /**
   * The best text; empty if there is nothing that has not been passed before.
   *
   * @param state the run, which may be one of a demo: that demo is not learnt from then
   */
  Optional<Found> text(AgentPrompt state, Blank blank, SamplingNoise noise) {
    Slot slot = Slot.of(state.context(), blank);
    Learnt learnt = models.get(slot, key -> learn(key, blank));
    Set<String> passed = passed(state.episode(), slot);
    double[] alike = alike(learnt.shown(), state.episode(), slot.ends());
    ChoiceModel model = learnt.model(state.episode(), slot.ends());
    SplittableRandom random = noise.random();
    Found best = null;
    double most = Double.NEGATIVE_INFINITY;
    for (SpanFeatures option : reader.read(state.episode())) {
      double[] features = features(option, learnt, alike);
      double score = model.score(features);
      double ranked = score + NOISE * noise.disturbance(random);
      if (ranked > most && !passed.contains(option.span().key())) {
        most = ranked;
        best = new Found(option.span(), option.near() + features[features.length - 1]);
      }
    }
    return Optional.ofNullable(best);
  }

  /** How much each demo's call says of this one; 0 for those of the run itself. */
  private double[] alike(List<ShownText> shown, AgentEpisode state, boolean ends) {
    double[] alike = new double[shown.size()];
    for (int i = 0; i < alike.length; i++) {
      ShownText example = shown.get(i);
      boolean sameStep = ends || example.step() == state.steps().size();
      alike[i] =
          example.demo().input() == state.input()
              ? 0
              : weights.of(example.demo(), state) * (sameStep ? 1 : OTHER_STEP);
    }
    return alike;
  }

  private static double[] features(SpanFeatures option, Learnt learnt, double[] alike) {
    double[] features = new double[REST + ASSUMED.length];
    TextSpan span = option.span();
    features[span.source().ordinal()] = 1;
    features[SOURCES + span.form().ordinal()] = 1;
    int next = REST;
    features[next++] = learnt.sources()[span.source().ordinal()];
    features[next++] = learnt.forms()[span.form().ordinal()];
    features[next++] = option.anchored() ? 1 : 0;
    features[next++] = option.heads() ? 1 : 0;
    features[next++] = option.asked();
    features[next++] = option.newest() ? 1 : 0;
    features[next++] = 1.0 / (1 + span.rank());
    features[next++] = option.own();
    features[next++] = option.near();
    double[] shown = shown(option, learnt, alike);
    features[next++] = shown[0];
    features[next] = shown[1];
    return features;
  }

  /** How alike a text is to those of demos, in form and in place, by how much each demo says. */
  private static double[] shown(SpanFeatures option, Learnt learnt, double[] alike) {
    double forms = 0;
    double places = 0;
    double total = DemoWeights.PRIOR;
    for (int i = 0; i < alike.length; i++) {
      if (alike[i] > 0.001) {
        forms += alike[i] * learnt.shown().get(i).formLikeness(option);
        places += alike[i] * learnt.shown().get(i).aroundLikeness(option);
        total += alike[i];
      }
    }
    return new double[] {forms / total, places / total};
  }

  private static double[] assumed(boolean ends) {
    double[] assumed = new double[REST + ASSUMED.length];
    System.arraycopy(ASSUMED, 0, assumed, REST, ASSUMED.length);
    assumed[Source.RESULT.ordinal()] = ends ? 2 : -2;
    return assumed;
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

  private Learnt learn(Slot slot, Blank blank) {
    List<Embedding> said = said(slot, blank);
    double[] sources = fitting(Source.values(), Source::words, said);
    double[] forms = fitting(Form.values(), Form::words, said);
    List<ShownText> shown = ShownText.of(slot.context(), slot.tool(), slot.parameter(), reader);
    double[] assumed = assumed(slot.ends());
    Learnt before =
        new Learnt(sources, forms, shown, List.of(), ChoiceModel.fit(List.of(), assumed, STRENGTH));
    List<ChoiceModel.Made> made =
        shown.stream().map(example -> made(example, before, slot.ends())).toList();
    return new Learnt(sources, forms, shown, made, ChoiceModel.fit(made, assumed, STRENGTH));
  }

  private List<Embedding> said(Slot slot, Blank blank) {
    List<Embedding> said = new ArrayList<>();
    said.add(embedder.embed(TextTokens.ofName(slot.parameter())));
    blank.tool().sayings().forEach(text -> said.add(embedder.embed(text)));
    slot.context().instructions().forEach(text -> said.add(embedder.embed(text)));
    return said;
  }

  /** What a demo chose, as the others show it. */
  private ChoiceModel.Made made(ShownText example, Learnt before, boolean ends) {
    double[] alike = alike(before.shown(), example.demo().before(example.step()), ends);
    double[][] options =
        example.options().stream()
            .map(option -> features(option, before, alike))
            .toArray(double[][]::new);
    boolean[] right = new boolean[options.length];
    for (int i = 0; i < right.length; i++) {
      right[i] = example.passed().contains(example.options().get(i));
    }
    return new ChoiceModel.Made(options, right);
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
