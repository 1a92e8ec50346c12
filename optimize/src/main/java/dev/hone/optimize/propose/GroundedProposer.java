package dev.hone.optimize.propose;

import dev.hone.InvalidInputException;
import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.lm.LmOptions;
import dev.hone.optimize.bootstrap.ErrorContrast;
import dev.hone.optimize.candidate.DemoCandidate;
import dev.hone.optimize.candidate.ProposalChoice;
import dev.hone.optimize.candidate.ProposalWording;
import dev.hone.optimize.candidate.ProposerEvent.Step;
import dev.hone.optimize.candidate.ProposerSettings;
import dev.hone.optimize.candidate.ProposerTemplate;
import dev.hone.optimize.propose.choose.ScoredInstruction;
import dev.hone.pipeline.ModelBinding;
import dev.hone.program.Predict;
import dev.hone.program.Predictors;
import dev.hone.program.TraceStep;
import dev.hone.random.RandomSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Proposes instructions for the predictors of a program, in the current context, whose model is the
 * prompt model. A step that fails is tried again, the summary and the description here, an
 * instruction by whoever asks for it; one that fails for good costs only itself: it is reported and
 * leaves its part out. Where the reason may pass by itself, such as a provider that is overloaded,
 * it is tried again after the other steps.
 *
 * <p>Determinism: the same seed, data and replies give the same proposals. Source: MIPRO paper,
 * section 3, and DSPy's GroundedProposer. Differs from the reference: program and data are
 * described once per run, no proposal is paid for and thrown away, replies are typed rather than
 * stripped of prefixes by a pattern.
 */
public final class GroundedProposer {
  private static final String SCOPE =
      "the fields that the instruction is about: say nothing on how to find any other field, other"
          + " predictors give those and have instructions of their own";

  private static final String ERRORS =
      "examples that the program gets wrong, each with its right answer first: find out what"
          + " misleads it, and say what tells such inputs apart, for others of their kind too";

  private final ProposerSettings settings;
  private final Predictors predictors;
  private final RandomSource random;
  private final List<String> required;
  private final ErrorContrast errors;

  /** A proposer for the predictors of one program. */
  public GroundedProposer(ProposerSettings settings, Predictors predictors, long seed) {
    this(settings, predictors, new RandomSource(seed), List.of(), ErrorContrast.none());
  }

  private GroundedProposer(
      ProposerSettings settings,
      Predictors predictors,
      RandomSource random,
      List<String> required,
      ErrorContrast errors) {
    this.settings = settings;
    this.predictors = predictors;
    this.random = random;
    this.required = List.copyOf(required);
    this.errors = errors;
  }

  /** A copy that says of texts that they must stand in the instruction, as they are. */
  public GroundedProposer requiring(List<String> texts) {
    return texts.isEmpty()
        ? this
        : new GroundedProposer(settings, predictors, random, texts, errors);
  }

  /** A copy that knows what the program gets wrong, for the choices that are shown it. */
  GroundedProposer knowing(ErrorContrast value) {
    return new GroundedProposer(settings, predictors, random, required, value);
  }

  /**
   * Finds out what the task is about.
   *
   * <p>Cost: at most 11 calls for the summary and one for the description, where none fails.
   *
   * @param recordedRun the predictors' calls of one run; may be empty
   */
  public Grounding ground(Dataset<?, ?> trainset, List<TraceStep> recordedRun) {
    List<StepFailure> ofSummary = new ArrayList<>();
    List<StepFailure> ofDescription = new ArrayList<>();
    String summary = settings.dataAware() ? summary(trainset, 0, ofSummary) : "";
    String said = settings.programAware() ? description(recordedRun, 0, ofDescription) : "";
    if (summary.isEmpty() && passed(ofSummary)) {
      summary = summary(trainset, Retry.LATER, ofSummary);
    }
    if (said.isEmpty() && passed(ofDescription)) {
      said = description(recordedRun, Retry.LATER, ofDescription);
    }
    ofSummary.addAll(ofDescription);
    return new Grounding(summary, said, ofSummary.stream().map(StepFailure::problem).toList());
  }

  /** Finds out what the program does, and nothing of the data; at most one call if none fails. */
  public Grounding describe(List<TraceStep> recordedRun) {
    List<StepFailure> failures = new ArrayList<>();
    String said = settings.programAware() ? description(recordedRun, 0, failures) : "";
    return new Grounding("", said, failures.stream().map(StepFailure::problem).toList());
  }

  /** Whether a step failed, by a fault that may be gone; then what it said is forgotten. */
  private static boolean passed(List<StepFailure> failures) {
    boolean passing = !failures.isEmpty() && failures.stream().allMatch(StepFailure::passing);
    if (passing) {
      failures.clear();
    }
    return passing;
  }

  private String summary(Dataset<?, ?> trainset, int tries, List<StepFailure> failures) {
    List<Example<?, ?>> examples = new ArrayList<>(trainset.examples());
    List<Example<?, ?>> shuffled = RandomSource.shuffled(examples, random.of("summary-order"));
    List<List<Example<?, ?>>> batches = new ArrayList<>();
    for (int i = 0; i < shuffled.size(); i += settings.viewDataBatchSize()) {
      batches.add(shuffled.subList(i, Math.min(shuffled.size(), i + settings.viewDataBatchSize())));
    }
    return StepAttempt.make(
            Step.DATASET_SUMMARY,
            "",
            failures,
            () ->
                new DatasetSummarizer(tries)
                    .run(
                        new DatasetSummarizer.Batches(
                            batches,
                            error ->
                                failures.add(
                                    new StepFailure(
                                        StepAttempt.problem(Step.DATASET_SUMMARY, "", error)
                                            + "; the summary is of the batches before",
                                        Retry.mayPass(error))))))
        .orElse("");
  }

  private String description(List<TraceStep> recordedRun, int tries, List<StepFailure> failures) {
    if (settings.programDescription() != null) {
      return settings.programDescription();
    }
    List<StepFailure> problems = new ArrayList<>();
    for (int failed = 0; failed <= Retry.MOST; failed++) {
      // At last without the run, which may hold what is refused.
      List<TraceStep> shown = failed < Retry.MOST ? recordedRun : List.of();
      Context scope = Retry.after(tries + failed);
      Optional<String> said =
          StepAttempt.make(
              Step.PROGRAM_DESCRIPTION,
              "",
              problems,
              () ->
                  scope.call(
                      () ->
                          new ProgramDescriber().run(ProgramDescriber.outline(predictors, shown))));
      if (said.isPresent()) {
        return said.get();
      }
    }
    failures.add(problems.get(problems.size() - 1));
    return "";
  }

  /**
   * Proposes one instruction.
   *
   * <p>Cost: one call; at most three if replies cannot be read.
   *
   * @param predictor the predictor's name
   * @param choice how to propose
   * @param demoSets the predictor's demo sets
   * @param history earlier instructions with their scores, worst first; may be empty
   * @param rollout distinguishes this proposal from others that are otherwise equal
   * @param failures takes why, if the proposal fails
   * @return the instruction; empty if the proposal failed
   */
  public Optional<String> propose(
      String predictor,
      ProposalChoice choice,
      Grounding grounding,
      List<DemoCandidate> demoSets,
      List<ScoredInstruction> history,
      long rollout,
      List<StepFailure> failures) {
    Predict<?, ?> predict =
        Optional.<Predict<?, ?>>ofNullable(predictors.byName().get(predictor)).orElseThrow();
    ProposalWording wording = settings.wording();
    ShownErrors shown = shown(predictor, choice, rollout);
    InstructionWriter writer =
        new InstructionWriter(template(choice))
            .with(
                "datasetSummary",
                "what the data of the task shows",
                choice.useSummary() ? grounding.datasetSummary() : "")
            .with(
                "programDescription",
                "what the program around the predictor does",
                choice.useDescription() ? grounding.programDescription() : "")
            .with(
                "predictor",
                "the predictor to write for, with its fields",
                ProgramDescriber.predictor(predictor, predict))
            .with("outputFields", SCOPE, scope(predict))
            .with(
                "examples",
                "worked examples of the predictor",
                ExampleText.ofChosen(choice, demoSets))
            .with("errors", ERRORS, shown.wrong())
            .with(
                "solved",
                "examples that the program gets right, for contrast: they must stay right",
                shown.right())
            .with(
                "earlierInstructions",
                "tried before, with scores, worst first",
                HistoryText.of(history))
            .with(
                "currentInstruction", "the instruction to build on", predict.state().instructions())
            .with("tip", "advice on how to write", choice.tip())
            .with(
                "keptWordForWord",
                "parts of the current instruction that stay as they are: contradict none of them",
                InstructionGuard.fixedParts(predict, wording.keep()))
            .with(
                "mustContain",
                "what must stand in the instruction exactly as it is written here",
                String.join("\n", required))
            .with(
                "language",
                "the language to write the instruction in",
                wording.language() == null ? "" : wording.language());
    int most = Math.max(Truncation.REPLY, 2 * predict.state().instructions().length());
    return StepAttempt.make(
        Step.INSTRUCTION,
        predictor,
        failures,
        () -> checked(drawing(choice, rollout).call(writer::write), most));
  }

  private ShownErrors shown(String predictor, ProposalChoice choice, long rollout) {
    return choice.useErrors()
        ? ShownErrors.draw(errors, predictor, random.of("errors/" + predictor + "/" + rollout))
        : ShownErrors.NONE;
  }

  /** The wording that was chosen; the first where there is no choice. */
  private ProposerTemplate template(ProposalChoice choice) {
    List<ProposerTemplate> all = settings.wording().templates();
    return all.stream()
        .filter(one -> one.name().equals(choice.template()))
        .findFirst()
        .orElse(all.get(0));
  }

  /**
   * The current context, with the temperature of a proposal, the id of its draw, and the model that
   * was chosen where there are several.
   */
  private Context drawing(ProposalChoice choice, long rollout) {
    LmOptions draw =
        LmOptions.defaults().withTemperature(choice.temperature()).withRolloutId(rollout);
    Context drawing = Context.current().withDraw(draw);
    return settings.wording().promptModels().stream()
        .filter(model -> model.id().equals(choice.promptModel()))
        .findFirst()
        .map(model -> drawing.withModel(ModelBinding.of(model)))
        .orElse(drawing);
  }

  /** What a predictor gives; empty where there is no other predictor to tell it from. */
  private String scope(Predict<?, ?> predict) {
    return predictors.byName().size() > 1 ? ProgramDescriber.outputFields(predict) : "";
  }

  private static String checked(String instruction, int most) {
    if (instruction.length() > most) {
      throw InvalidInputException.of(
          "The proposed instruction has %d characters, and at most %d are taken"
              .formatted(instruction.length(), most),
          "lower maxTokens of the prompt model");
    }
    return instruction;
  }
}
