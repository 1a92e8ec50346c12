package dev.hone.optimize.propose.choose;

import dev.hone.optimize.candidate.InstructionCandidate;
import dev.hone.optimize.candidate.ProposalChoice;
import dev.hone.optimize.candidate.ProposalGain;
import dev.hone.optimize.candidate.ProposalMemory;
import dev.hone.optimize.candidate.ProposalStyle;
import dev.hone.optimize.candidate.ProposerSettings;
import dev.hone.optimize.search.ScoreTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Learning to propose from run to run: draws the styles of proposals by what styles gained in
 * earlier runs and in this one so far, and carries what this run showed to the next in a file. Not
 * thread-safe.
 *
 * <p>Cost: no call; the gains come from the trials that are made anyway. Source: MIPRO paper,
 * section 3, where what is learnt stays within a run. Differs from it: Thompson sampling from
 * {@link StyleModel}, whose effects hold for more than one program.
 */
public final class ProposalLearning {
  private final Path file;
  private final String promptModel;
  private final String template;
  private final ProposalMemory before;
  private List<ProposalGain> gains = List.of();

  private ProposalLearning(Path file, String promptModel, String template, ProposalMemory before) {
    this.file = file;
    this.promptModel = promptModel;
    this.template = template;
    this.before = before;
  }

  /**
   * What styles can be drawn from.
   *
   * @param promptModels the ids of the models
   * @param templates the names of the wordings
   * @param tips the tips
   * @param temperatures the temperatures
   */
  record Styles(
      List<String> promptModels,
      List<String> templates,
      List<String> tips,
      List<Double> temperatures) {}

  /**
   * Reads what earlier runs showed, and checks that it can be written again; null where learning is
   * off.
   *
   * @param promptModel the id of the model that writes where there is no choice of several
   * @throws dev.hone.InvalidInputException if the file is damaged, of another kind or not writable
   */
  public static @Nullable ProposalLearning of(ProposerSettings settings, String promptModel) {
    Path file = settings.learningFile();
    if (file == null) {
      return null;
    }
    ProposalMemory.requireWritable(file);
    return new ProposalLearning(
        file, promptModel, settings.wording().templates().get(0).name(), ProposalMemory.read(file));
  }

  /** The id of the model that writes where there is no choice of several. */
  String promptModel() {
    return promptModel;
  }

  /**
   * Draws the styles of a round, each by a draw of its own from what is known. What is returned in
   * the end is the best of all proposals, so they must differ: prompt model, wording and tip recur
   * together only when all others were drawn.
   */
  List<ProposalStyle> draw(int count, Styles styles, RandomGenerator random) {
    StyleModel model = StyleModel.of(before.runs(), gains);
    List<ProposalStyle> drawn = new ArrayList<>();
    Set<List<String>> used = new HashSet<>();
    int all = styles.promptModels().size() * styles.templates().size() * styles.tips().size();
    for (int i = 0; i < count; i++) {
      if (used.size() == all) {
        used.clear();
      }
      drawn.add(model.draw(styles, used, random));
    }
    return drawn;
  }

  /**
   * Takes what this run shows by now, in place of what it showed before.
   *
   * @param instructions the instructions by predictor, whose dimensions are every second one
   */
  public void observe(ScoreTable scores, Map<String, List<InstructionCandidate>> instructions) {
    InstructionGains effects = InstructionGains.of(scores);
    List<ProposalGain> seen = new ArrayList<>();
    int dimension = 0;
    for (List<InstructionCandidate> candidates : instructions.values()) {
      for (int i = 1; i < candidates.size(); i++) {
        ProposalChoice choice = candidates.get(i).choice();
        int count = effects.scores(dimension, i);
        if (choice != null && count > 0) {
          seen.add(new ProposalGain(style(choice), effects.gain(dimension, i), count));
        }
      }
      dimension += 2;
    }
    gains = seen;
  }

  private ProposalStyle style(ProposalChoice choice) {
    return new ProposalStyle(
        choice.promptModel().isEmpty() ? promptModel : choice.promptModel(),
        choice.template().isEmpty() ? template : choice.template(),
        choice.tip(),
        choice.temperature());
  }

  /**
   * Adds what this run showed to the file, which is read again for what other runs added meanwhile.
   *
   * @param program names the program, for people
   * @return what a user should know of it, in a sentence
   */
  public String save(String program) {
    if (gains.isEmpty()) {
      return "Learning to propose: no proposed instruction has a score that differs, so nothing was learnt.";
    }
    try {
      ProposalMemory.read(file).withRun(new ProposalMemory.Run(program, gains)).write(file);
      return "Learning to propose: drew by %d earlier proposals and learnt from %d."
          .formatted(
              before.runs().stream().mapToInt(run -> run.gains().size()).sum(), gains.size());
    } catch (RuntimeException e) {
      // The program that was found is worth more than what was learnt on the way.
      return "Learning to propose: what was learnt is lost. " + e.getMessage();
    }
  }
}
