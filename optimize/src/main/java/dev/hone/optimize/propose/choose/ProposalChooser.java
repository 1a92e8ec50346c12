package dev.hone.optimize.propose.choose;

import dev.hone.lm.LanguageModel;
import dev.hone.optimize.candidate.ProposalChoice;
import dev.hone.optimize.candidate.ProposalStyle;
import dev.hone.optimize.candidate.ProposerSettings;
import dev.hone.optimize.candidate.ProposerTemplate;
import dev.hone.optimize.search.tpe.CategoricalTpe;
import dev.hone.random.RandomSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Chooses how instructions are proposed. In the first round a tip is drawn and all sources are
 * used; from the second round on tip, sources and temperature are sampled by TPE from the scores
 * that earlier choices got; so are prompt model and template where there are several. What the
 * program gets wrong is shown to every second proposal of the first round, and to at least one of
 * each further round, where errors are known and switched on. With learning from run to run, these
 * two, tip and temperature are drawn by {@link ProposalLearning} instead, in every round.
 *
 * <p>Source: MIPRO paper, section 3, the proposal's hyperparameters. DSPy does not have it.
 */
public final class ProposalChooser {
  /** Temperatures as multiples of the initial one. */
  private static final double[] TEMPERATURES = {0.5, 0.75, 1.0, 1.25};

  private final ProposerSettings settings;
  private final RandomSource random;
  private final List<String> tips;
  private final List<String> models;
  private final List<String> templates;
  private final @Nullable ProposalLearning learning;

  /** A chooser for one run, which learns from that run only. */
  public ProposalChooser(ProposerSettings settings, long seed) {
    this(settings, seed, null);
  }

  /**
   * A chooser for one run.
   *
   * @param learning what earlier runs showed; null for no learning from run to run
   */
  public ProposalChooser(
      ProposerSettings settings, long seed, @Nullable ProposalLearning learning) {
    this.settings = settings;
    this.random = new RandomSource(seed);
    this.tips = tips(settings);
    this.models = severalOrNone(settings.wording().promptModels(), LanguageModel::id);
    this.templates = severalOrNone(settings.wording().templates(), ProposerTemplate::name);
    this.learning = learning;
  }

  /**
   * What there is to show to proposals for a predictor.
   *
   * @param demoSets the number of its demo sets
   * @param errors whether it is known what the program gets wrong
   */
  public record Sources(int demoSets, boolean errors) {}

  private boolean errors(Sources sources) {
    return settings.errorAware() && sources.errors();
  }

  /** The names to choose from; one empty name where there is no choice. */
  private static <T> List<String> severalOrNone(List<T> list, Function<T, String> name) {
    return list.size() < 2 ? List.of("") : list.stream().map(name).toList();
  }

  private static List<String> tips(ProposerSettings settings) {
    if (!settings.tipAware()) {
      return List.of("");
    }
    return settings.fixedTip() == null ? settings.tips() : List.of(settings.fixedTip());
  }

  /**
   * Choices for the first round, each with another demo set; the first set, zero-shot, comes last.
   */
  public List<ProposalChoice> first(String predictor, int count, Sources sources) {
    List<String> order = RandomSource.shuffled(tips, random.of("tips/" + predictor));
    List<String> writers = RandomSource.shuffled(models, random.of("models/" + predictor));
    List<String> wordings = RandomSource.shuffled(templates, random.of("templates/" + predictor));
    List<ProposalChoice> choices = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      choices.add(
          new ProposalChoice(
              order.get(i % order.size()),
              settings.dataAware(),
              settings.programAware(),
              settings.fewshotAware() ? (i + 1) % Math.max(1, sources.demoSets()) : -1,
              settings.initTemperature(),
              writers.get(i % writers.size()),
              wordings.get(i / writers.size() % wordings.size()),
              errors(sources) && i % 2 == 0));
    }
    return drawn(predictor, 1, choices);
  }

  /** The choices with styles that learning to propose drew; as they are where it is off. */
  private List<ProposalChoice> drawn(String predictor, int round, List<ProposalChoice> choices) {
    if (learning == null) {
      return choices;
    }
    List<Double> temperatures = DoubleStream.of(TEMPERATURES).map(this::scaled).boxed().toList();
    List<ProposalStyle> styles =
        learning.draw(
            choices.size(),
            new ProposalLearning.Styles(
                models.equals(List.of("")) ? List.of(learning.promptModel()) : models,
                settings.wording().templates().stream().map(ProposerTemplate::name).toList(),
                tips,
                temperatures),
            random.of("styles/" + round + "/" + predictor));
    List<ProposalChoice> all = new ArrayList<>();
    for (int i = 0; i < choices.size(); i++) {
      all.add(choices.get(i).withStyle(styles.get(i), models.size() > 1, templates.size() > 1));
    }
    return all;
  }

  /** Choices for a later round, from what earlier choices scored. */
  public List<ProposalChoice> learnt(
      String predictor, int round, int count, Sources sources, List<ScoredInstruction> history) {
    SplittableRandom draws = random.of("learnt/" + round + "/" + predictor);
    List<Integer> sizes =
        new ArrayList<>(
            List.of(
                tips.size(),
                settings.dataAware() ? 2 : 1,
                settings.programAware() ? 2 : 1,
                settings.fewshotAware() ? sources.demoSets() + 1 : 1,
                TEMPERATURES.length));
    Stream.of(models, templates)
        .filter(all -> all.size() > 1)
        .forEach(all -> sizes.add(all.size()));
    if (errors(sources)) {
      sizes.add(2);
    }
    CategoricalTpe tpe = new CategoricalTpe(sizes);
    for (ScoredInstruction item : history) {
      if (item.candidate().choice() != null) {
        List<Integer> encoded = encode(item.candidate().choice());
        if (errors(sources)) {
          encoded.add(item.candidate().choice().useErrors() ? 1 : 0);
        }
        tpe.tell(encoded, item.scoreMean());
      }
    }
    List<ProposalChoice> choices = new ArrayList<>();
    for (List<Integer> encoded : tpe.suggest(count, draws)) {
      boolean shown = errors(sources) && encoded.get(encoded.size() - 1) == 1;
      choices.add(decode(encoded).withErrors(shown));
    }
    if (errors(sources) && choices.stream().noneMatch(ProposalChoice::useErrors)) {
      choices.set(0, choices.get(0).withErrors(true));
    }
    return drawn(predictor, round, choices);
  }

  /** Another choice in place of one that gave nothing new: the next tip and demo set. */
  public ProposalChoice another(ProposalChoice choice, int demoSets) {
    int tip = tips.indexOf(choice.tip());
    int demoSet = choice.demoSetIndex();
    return new ProposalChoice(
        tips.get((tip + 1) % tips.size()),
        choice.useSummary(),
        choice.useDescription(),
        demoSet < 0 ? demoSet : (demoSet + 1) % Math.max(1, demoSets),
        choice.temperature(),
        choice.promptModel(),
        choice.template(),
        choice.useErrors());
  }

  private List<Integer> encode(ProposalChoice choice) {
    int temperature = 0;
    for (int i = 1; i < TEMPERATURES.length; i++) {
      double distance = Math.abs(temperature(i) - choice.temperature());
      temperature =
          distance < Math.abs(temperature(temperature) - choice.temperature()) ? i : temperature;
    }
    List<Integer> encoded =
        new ArrayList<>(
            List.of(
                Math.max(0, tips.indexOf(choice.tip())),
                settings.dataAware() && choice.useSummary() ? 1 : 0,
                settings.programAware() && choice.useDescription() ? 1 : 0,
                settings.fewshotAware() ? choice.demoSetIndex() + 1 : 0,
                temperature));
    if (models.size() > 1) {
      encoded.add(Math.max(0, models.indexOf(choice.promptModel())));
    }
    if (templates.size() > 1) {
      encoded.add(Math.max(0, templates.indexOf(choice.template())));
    }
    return encoded;
  }

  private ProposalChoice decode(List<Integer> encoded) {
    int next = 5;
    String model = models.get(models.size() > 1 ? encoded.get(next++) : 0);
    String template = templates.get(templates.size() > 1 ? encoded.get(next) : 0);
    return new ProposalChoice(
        tips.get(encoded.get(0)),
        encoded.get(1) == 1,
        encoded.get(2) == 1,
        encoded.get(3) - 1,
        temperature(encoded.get(4)),
        model,
        template);
  }

  private double temperature(int index) {
    return scaled(TEMPERATURES[index]);
  }

  private double scaled(double multiple) {
    return Math.min(2, settings.initTemperature() * multiple);
  }
}
