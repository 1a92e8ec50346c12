package dev.hone.optimize.bootstrap;

import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.candidate.BootstrapReport;
import dev.hone.optimize.candidate.BootstrapSettings;
import dev.hone.optimize.candidate.DemoCandidate;
import dev.hone.optimize.candidate.DemoCandidate.Origin;
import dev.hone.optimize.task.ReadableReplies;
import dev.hone.program.Predictors;
import dev.hone.prompt.Demo;
import dev.hone.random.RandomSource;
import dev.hone.text.Plural;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The demo sets that the search may choose from, and the traces that inform the proposer.
 *
 * @param byPredictor the candidates of each predictor, none twice, by its name; the first is
 *     zero-shot unless the run searches instructions only
 * @param forProposer the demo sets that the proposer is shown, by predictor: the candidates, or
 *     where the search gets no demos, sets recorded from the traces for the proposer alone
 * @param traces the successful runs of the teacher
 * @param errors what these runs got wrong, where the teacher is the student itself
 * @param report how bootstrapping went
 */
public record DemoSets(
    Map<String, List<DemoCandidate>> byPredictor,
    Map<String, List<DemoCandidate>> forProposer,
    List<SuccessfulTrace> traces,
    ErrorContrast errors,
    BootstrapReport report) {
  /** How many traces inform the proposer at least. */
  private static final int TRACES_FOR_PROPOSER = 3;

  /** How the demos of bootstrapped sets are chosen, set after set, again and again. */
  private static final List<DemoChoice> CHOICES =
      List.of(
          DemoChoice.VARIED,
          DemoChoice.REPRESENTATIVE_OF_SAMPLE,
          DemoChoice.VARIED,
          DemoChoice.RANDOM);

  /** Copies maps and list. */
  public DemoSets {
    forProposer = Collections.unmodifiableMap(new LinkedHashMap<>(forProposer));
    byPredictor = Collections.unmodifiableMap(new LinkedHashMap<>(byPredictor));
    traces = List.copyOf(traces);
  }

  /** The number of sets and traces, in a phrase. */
  @Override
  public String toString() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    byPredictor.forEach((name, sets) -> counts.put(name, sets.size()));
    return "demo sets %s; %s".formatted(counts, report.summary());
  }

  /**
   * Builds demo sets: zero-shot, representative labels only, and bootstrapped ones of random size,
   * until there are enough; the student's own comes on top. Of each four bootstrapped ones three
   * are chosen for what they teach, and one at random; see {@link DemoChoice}. All demos are of the
   * task's trainset.
   *
   * <p>With {@code maxBootstrappedDemos} and {@code maxLabeledDemos} both 0 the student's own demos
   * stay, and the traces only inform the proposer. Cost: program runs in blocks of 8, until as many
   * succeeded as the sets need, at most {@code maxRounds} per training example.
   *
   * @param count how many sets to build, at least 1; of those that show the same demos, in whatever
   *     order, only the first is a candidate, and the report says so
   */
  public static <I, O> DemoSets build(
      OptimizationTask<I, O> task, BootstrapSettings settings, int count, long seed) {
    return build(task, settings, count, seed, new ReadableReplies());
  }

  /** The same, as a stage of a run that goes on with the student; see {@link Bootstrapper}. */
  public static <I, O> DemoSets build(
      OptimizationTask<I, O> task,
      BootstrapSettings settings,
      int count,
      long seed,
      ReadableReplies ofStudent) {
    Bootstrapper<I, O> bootstrapper = new Bootstrapper<>(task, settings, seed, ofStudent);
    return new Builder<>(task, settings, seed, bootstrapper).build(count);
  }

  /** One build. */
  private static final class Builder<I, O> {
    private final Predictors predictors;
    private final BootstrapSettings settings;
    private final Bootstrapper<I, O> bootstrapper;
    private final DemoPicker picker;
    private final RandomSource random;
    private final Map<String, List<DemoCandidate>> candidates = new LinkedHashMap<>();
    private final Map<String, Integer> equal = new LinkedHashMap<>();

    Builder(
        OptimizationTask<I, O> task,
        BootstrapSettings settings,
        long seed,
        Bootstrapper<I, O> bootstrapper) {
      this.predictors = Predictors.of(task.student());
      this.settings = settings;
      this.bootstrapper = bootstrapper;
      this.picker = new DemoPicker(predictors, task.trainset(), settings);
      this.random = new RandomSource(seed);
      predictors.byName().keySet().forEach(name -> candidates.put(name, new ArrayList<>()));
    }

    DemoSets build(int count) {
      boolean instructionsOnly =
          settings.maxBootstrappedDemos() == 0 && settings.maxLabeledDemos() == 0;
      if (instructionsOnly) {
        predictors
            .byName()
            .forEach((name, predict) -> add(name, studentOrNone(predict.state().demos())));
        List<SuccessfulTrace> traces = bootstrapper.traces(TRACES_FOR_PROPOSER);
        return result(recorded(traces), traces);
      }
      addToAll(Origin.ZERO_SHOT, Map.of());
      predictors
          .byName()
          .forEach(
              (name, predict) ->
                  add(name, new DemoCandidate(Origin.STUDENT, predict.state().demos())));
      List<SuccessfulTrace> traces = addSampled(count);
      return result(candidates, traces);
    }

    /** One set per predictor of what the traces recorded. */
    private Map<String, List<DemoCandidate>> recorded(List<SuccessfulTrace> traces) {
      Map<String, List<DemoCandidate>> sets = new LinkedHashMap<>();
      SplittableRandom draws = random.of("recorded");
      candidates
          .keySet()
          .forEach(
              name -> {
                List<Demo> demos =
                    traces.stream().flatMap(trace -> trace.demo(name, draws).stream()).toList();
                sets.put(
                    name,
                    List.of(new DemoCandidate(Origin.BOOTSTRAPPED, LabeledDemos.distinct(demos))));
              });
      return sets;
    }

    private static DemoCandidate studentOrNone(List<Demo> demos) {
      return new DemoCandidate(demos.isEmpty() ? Origin.ZERO_SHOT : Origin.STUDENT, demos);
    }

    /** Adds labelled and bootstrapped sets until there are enough. */
    private List<SuccessfulTrace> addSampled(int count) {
      boolean labeledSet = settings.maxLabeledDemos() > 0 && count > 1;
      int bootstrappedSets = count - (labeledSet ? 2 : 1);
      if (labeledSet) {
        addToAll(
            Origin.LABELED,
            picker.demos(List.of(), DemoChoice.REPRESENTATIVE, random.of("labeled-set")));
      }
      int wanted =
          Math.max(TRACES_FOR_PROPOSER, settings.maxBootstrappedDemos() * bootstrappedSets);
      List<SuccessfulTrace> traces = bootstrapper.traces(wanted);
      for (int set = 0; set < bootstrappedSets; set++) {
        SplittableRandom draws = random.of("demo-set/" + set);
        DemoChoice choice = CHOICES.get(set % CHOICES.size());
        List<SuccessfulTrace> chosen =
            picker.chosen(traces, wantedTraces(set, draws), choice, draws);
        addToAll(
            chosen.isEmpty() ? Origin.LABELED : Origin.BOOTSTRAPPED,
            picker.demos(chosen, choice, draws));
      }
      return traces;
    }

    /** The first set has as many demos of traces as may be, the others a random number. */
    private int wantedTraces(int set, SplittableRandom draws) {
      int most = settings.maxBootstrappedDemos();
      return set == 0 || most == 0 ? most : 1 + draws.nextInt(most);
    }

    private void addToAll(Origin origin, Map<String, List<Demo>> demos) {
      candidates
          .keySet()
          .forEach(
              name -> add(name, new DemoCandidate(origin, demos.getOrDefault(name, List.of()))));
    }

    private void add(String predictor, DemoCandidate candidate) {
      List<DemoCandidate> list = candidates.computeIfAbsent(predictor, name -> new ArrayList<>());
      Set<LabeledDemos.Shown> shown = LabeledDemos.shown(candidate.demos());
      if (list.stream().noneMatch(other -> LabeledDemos.shown(other.demos()).equals(shown))) {
        list.add(candidate);
      } else if (!candidate.demos().isEmpty()) {
        equal.merge(predictor, 1, Integer::sum);
      }
    }

    /** What became of fewer candidates than were asked for. */
    private List<String> notes() {
      List<String> notes = new ArrayList<>();
      equal.forEach(
          (predictor, count) ->
              notes.add(
                  "%s for %s %s the same demos as another, so %s no candidate. Maybe lower maxLabeledDemos, or label more examples."
                      .formatted(
                          Plural.of(count, "demo set"),
                          predictor,
                          count == 1 ? "has" : "have",
                          count == 1 ? "it is" : "they are")));
      return notes;
    }

    private DemoSets result(
        Map<String, List<DemoCandidate>> forProposer, List<SuccessfulTrace> traces) {
      DemoCounts most = new DemoCounts();
      candidates.forEach((name, list) -> list.forEach(set -> most.take(name, set.demos())));
      return new DemoSets(
          candidates,
          forProposer,
          traces,
          bootstrapper.errors(),
          bootstrapper.report(most, notes()));
    }
  }
}
