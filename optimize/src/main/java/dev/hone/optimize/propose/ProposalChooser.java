package dev.hone.optimize.propose;

import dev.hone.optimize.candidate.ProposalChoice;
import dev.hone.optimize.candidate.ProposerSettings;
import dev.hone.optimize.search.tpe.CategoricalTpe;
import dev.hone.random.RandomSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Chooses how instructions are proposed. In the first round a tip is drawn and all sources are
 * used; from the second round on tip, sources and temperature are sampled by TPE from the scores
 * that earlier choices got.
 *
 * <p>Source: MIPRO paper, section 3, the proposal's hyperparameters. DSPy does not have it.
 */
public final class ProposalChooser {
  /** Temperatures as multiples of the initial one. */
  private static final double[] TEMPERATURES = {0.5, 0.75, 1.0, 1.25};

  private final ProposerSettings settings;
  private final RandomSource random;
  private final List<String> tips;

  /** A chooser for one run. */
  public ProposalChooser(ProposerSettings settings, long seed) {
    this.settings = settings;
    this.random = new RandomSource(seed);
    this.tips = tips(settings);
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
  public List<ProposalChoice> first(String predictor, int count, int demoSets) {
    List<String> order = RandomSource.shuffled(tips, random.of("tips/" + predictor));
    List<ProposalChoice> choices = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      choices.add(
          new ProposalChoice(
              order.get(i % order.size()),
              settings.dataAware(),
              settings.programAware(),
              settings.fewshotAware() ? (i + 1) % Math.max(1, demoSets) : -1,
              settings.initTemperature()));
    }
    return choices;
  }

  /** Choices for a later round, from what earlier choices scored. */
  public List<ProposalChoice> learnt(
      String predictor, int round, int count, int demoSets, List<ScoredInstruction> history) {
    SplittableRandom draws = random.of("learnt/" + round + "/" + predictor);
    CategoricalTpe tpe =
        new CategoricalTpe(
            List.of(
                tips.size(),
                settings.dataAware() ? 2 : 1,
                settings.programAware() ? 2 : 1,
                settings.fewshotAware() ? demoSets + 1 : 1,
                TEMPERATURES.length));
    for (ScoredInstruction item : history) {
      if (item.candidate().choice() != null) {
        tpe.tell(encode(item.candidate().choice()), item.scoreMean());
      }
    }
    return tpe.suggest(count, draws).stream().map(this::decode).toList();
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
        choice.temperature());
  }

  private List<Integer> encode(ProposalChoice choice) {
    int temperature = 0;
    for (int i = 1; i < TEMPERATURES.length; i++) {
      double distance = Math.abs(temperature(i) - choice.temperature());
      temperature =
          distance < Math.abs(temperature(temperature) - choice.temperature()) ? i : temperature;
    }
    return List.of(
        Math.max(0, tips.indexOf(choice.tip())),
        settings.dataAware() && choice.useSummary() ? 1 : 0,
        settings.programAware() && choice.useDescription() ? 1 : 0,
        settings.fewshotAware() ? choice.demoSetIndex() + 1 : 0,
        temperature);
  }

  private ProposalChoice decode(List<Integer> encoded) {
    return new ProposalChoice(
        tips.get(encoded.get(0)),
        encoded.get(1) == 1,
        encoded.get(2) == 1,
        encoded.get(3) - 1,
        temperature(encoded.get(4)));
  }

  private double temperature(int index) {
    return Math.min(2, settings.initTemperature() * TEMPERATURES[index]);
  }
}
