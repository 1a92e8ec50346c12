package dev.hone.optimize.randomsearch;

import dev.hone.data.Dataset;
import dev.hone.optimize.bootstrap.Bootstrapper;
import dev.hone.optimize.bootstrap.DemoPicker;
import dev.hone.optimize.bootstrap.SuccessfulTrace;
import dev.hone.optimize.candidate.BootstrapSettings;
import dev.hone.optimize.candidate.DemoCandidate.Origin;
import dev.hone.program.Predictors;
import dev.hone.program.ProgramState;
import dev.hone.prompt.Demo;
import dev.hone.random.RandomSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** Makes the candidates of a random search: no two the same, from one pool of successful runs. */
final class RandomSearchCandidates<I, O> {
  static final int ZERO_SHOT = -3;
  static final int LABELS = -2;
  static final int UNSHUFFLED = -1;

  private final BootstrapRandomSearchSettings settings;
  private final BootstrapSettings bootstrap;
  private final Bootstrapper<I, O> bootstrapper;
  private final DemoPicker picker;
  private final ProgramState initial;
  private final RandomSource random;
  private final List<CandidateProgram> candidates = new ArrayList<>();
  private final Set<String> known = new HashSet<>();
  private int equal;

  RandomSearchCandidates(
      BootstrapRandomSearchSettings settings,
      Predictors predictors,
      Dataset<I, O> trainset,
      Bootstrapper<I, O> bootstrapper) {
    this.settings = settings;
    this.bootstrap = settings.bootstrap();
    this.bootstrapper = bootstrapper;
    this.picker = new DemoPicker(predictors, trainset, bootstrap);
    this.initial = predictors.initialState();
    this.random = new RandomSource(settings.seed());
    known.add(initial.fingerprint());
  }

  /** All candidates but the baseline, in order. */
  List<CandidateProgram> build() {
    add(ZERO_SHOT, Origin.ZERO_SHOT, Map.of());
    if (bootstrap.maxLabeledDemos() > 0) {
      add(
          LABELS,
          Origin.LABELED,
          settings.labeledSample()
              ? picker.labeled(random.of("labeled-set"))
              : picker.firstLabeled());
    }
    int most = bootstrap.maxBootstrappedDemos();
    if (most > 0 && settings.includes(UNSHUFFLED)) {
      addPicked(UNSHUFFLED, bootstrapper.firstTraces(most));
    }
    long shuffled = settings.shuffledCandidates();
    List<SuccessfulTrace> traces =
        most == 0 || shuffled == 0
            ? List.of()
            : bootstrapper.traces((int) Math.min(Integer.MAX_VALUE, most * (shuffled + 1)));
    for (int i = 0;
        i < settings.candidatePrograms() && most + bootstrap.maxLabeledDemos() > 0;
        i++) {
      SplittableRandom draws = random.of("candidate-size/" + i);
      addPicked(
          i,
          traces.isEmpty()
              ? List.of()
              : RandomSource.sample(traces, 1 + draws.nextInt(most), draws));
    }
    return List.copyOf(candidates);
  }

  private void addPicked(int number, List<SuccessfulTrace> traces) {
    add(
        number,
        traces.isEmpty() ? Origin.LABELED : Origin.BOOTSTRAPPED,
        picker.demos(traces, random.of("candidate-demos/" + number)));
  }

  private void add(int number, Origin origin, Map<String, List<Demo>> demos) {
    if (!settings.includes(number)) {
      return;
    }
    ProgramState state = initial;
    for (String name : initial.byPredictor().keySet()) {
      state = state.with(name, state.of(name).withDemos(demos.getOrDefault(name, List.of())));
    }
    if (known.add(state.fingerprint())) {
      candidates.add(new CandidateProgram(number, origin, state));
    } else {
      equal++;
    }
  }

  /** How many candidates were left out, since others have the same demos. */
  int equal() {
    return equal;
  }
}
