package dev.hone.optimize.mipro;

import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.optimize.bootstrap.DemoSets;
import dev.hone.optimize.bootstrap.ErrorContrast;
import dev.hone.optimize.bootstrap.TrainsetErrors;
import dev.hone.optimize.candidate.InstructionCandidate;
import dev.hone.optimize.propose.GroundedProposer;
import dev.hone.optimize.propose.Grounding;
import dev.hone.optimize.propose.InstructionGuard;
import dev.hone.optimize.propose.InstructionStage;
import dev.hone.optimize.propose.RoundEvidence;
import dev.hone.optimize.propose.ToolDescriptionStage;
import dev.hone.optimize.propose.choose.ProposalChooser;
import dev.hone.optimize.propose.choose.ProposalLearning;
import dev.hone.optimize.propose.choose.ScoredInstruction;
import dev.hone.optimize.run.OptimizerRun;
import dev.hone.optimize.search.ScoreTable;
import dev.hone.optimize.search.SearchRun;
import dev.hone.program.Predictors;
import dev.hone.program.ProgramState;
import dev.hone.program.TraceStep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The stages of a run that ground and write candidates, in the context of the prompt model. */
final class CandidateStages {
  private final OptimizerRun run;
  private final Context promptContext;
  private final MiproV2Settings settings;
  private final MiproV2Plan plan;
  private final Predictors predictors;
  private final @Nullable ProposalLearning learning;
  private final DemoSets demoSets;
  private final TrainsetErrors<?, ?> trainsetErrors;
  private final UnaryOperator<ProgramState> fit;
  private ErrorContrast errors;
  private final Grounding grounding;
  private final InstructionStage instructions;
  private final ToolDescriptionStage toolDescriptions;

  /**
   * What the stages of one run have in common; what was learnt before, null for nothing; who finds
   * out what the program gets wrong; and what a candidate really is where its prompt is too long.
   */
  record Setting(
      OptimizerRun run,
      Context promptContext,
      MiproV2Settings settings,
      MiproV2Plan plan,
      Predictors predictors,
      @Nullable ProposalLearning learning,
      TrainsetErrors<?, ?> trainsetErrors,
      UnaryOperator<ProgramState> fit) {}

  /** Grounds the candidates, in a stage of its own. */
  CandidateStages(Setting of, Dataset<?, ?> trainset, DemoSets demoSets) {
    this.run = of.run();
    this.promptContext = of.promptContext();
    this.settings = of.settings();
    this.plan = of.plan();
    this.predictors = of.predictors();
    this.demoSets = demoSets;
    this.learning = of.learning();
    this.trainsetErrors = of.trainsetErrors();
    this.fit = of.fit();
    this.errors = demoSets.errors();
    this.grounding =
        run.stage("ground", "summarize data, describe program")
            .in(promptContext)
            .call(() -> ground(trainset), Grounding::toString);
    this.instructions =
        new InstructionStage(
            proposer(),
            new ProposalChooser(settings.proposer(), settings.seed(), learning),
            grounding,
            demoSets.forProposer(),
            new InstructionGuard(predictors, settings.proposer().wording().keep()));
    this.toolDescriptions =
        new ToolDescriptionStage(
            settings.proposer(), predictors, grounding.programDescription(), demoSets.traces());
  }

  private Grounding ground(Dataset<?, ?> trainset) {
    List<TraceStep> recorded =
        demoSets.traces().isEmpty() ? List.of() : demoSets.traces().get(0).steps();
    if (plan.instructionCandidates() > 1) {
      return proposer().ground(trainset, recorded);
    }
    return plan.toolDescriptions() > 0 ? proposer().describe(recorded) : Grounding.none();
  }

  private GroundedProposer proposer() {
    return new GroundedProposer(settings.proposer(), predictors, settings.seed());
  }

  /** The candidates of the first round. */
  CandidateSpace first() {
    return propose(1, this::firstCandidates);
  }

  private CandidateSpace firstCandidates() {
    Map<String, List<InstructionCandidate>> originals = new LinkedHashMap<>();
    predictors
        .byName()
        .forEach(
            (name, predict) ->
                originals.put(
                    name, List.of(InstructionCandidate.original(predict.state().instructions()))));
    CandidateSpace space =
        new CandidateSpace(originals, demoSets.byPredictor(), predictors.initialState());
    CandidateSpace written = withProposals(space, 1, new RoundEvidence(Map.of(), errors));
    if (plan.toolDescriptions() == 0) {
      return withOwed(written);
    }
    toolDescriptions.propose(plan.toolDescriptions() - 1);
    return withOwed(written).withToolDescriptions(toolDescriptions.proposeOwed());
  }

  /** Whether there are proposals to make that failed for a reason that may have passed. */
  boolean owes() {
    return instructions.owes();
  }

  /** The candidates with those that are owed, made in a stage of its own. */
  CandidateSpace withOwedLater(CandidateSpace space) {
    return run.stage("propose", "write the instructions that could not be written at first")
        .in(promptContext)
        .call(() -> withOwed(space), CandidateSpace::toString);
  }

  private CandidateSpace withOwed(CandidateSpace space) {
    return owes()
        ? space.withMoreInstructions(instructions.proposeOwed(space.instructions()))
        : space;
  }

  /**
   * The candidates with the instructions of a further round, which knows what earlier ones scored.
   */
  CandidateSpace next(CandidateSpace space, int round, SearchRun search) {
    Map<String, List<ScoredInstruction>> history =
        new InstructionScores(space, search.summaries()).byPredictor();
    if (learning != null) {
      learning.observe(search.scores(), space.instructions());
    }
    findErrors(space, round, search);
    RoundEvidence evidence = new RoundEvidence(history, errors);
    return propose(round, () -> withOwed(withProposals(space, round, evidence)));
  }

  /** The errors of the best configuration; those of the round before where there is none yet. */
  private void findErrors(CandidateSpace space, int round, SearchRun search) {
    if (settings.proposer().errorAware() && plan.instructionCandidates() > 1) {
      search
          .bestSoFar()
          .ifPresent(
              best ->
                  errors =
                      run.stage("errors", "find what the best gets wrong")
                          .call(
                              () ->
                                  trainsetErrors.of(
                                      fit.apply(space.state(best.configuration())), round, errors),
                              ErrorContrast::toString));
    }
  }

  /** The most program runs that finding errors takes, in all rounds. */
  static long mostErrorRuns(MiproV2Settings settings, int instructions, int trainExamples) {
    return settings.proposer().errorAware() && instructions > 1
        ? (settings.proposalRounds() - 1L) * Math.min(TrainsetErrors.MOST_EXAMPLES, trainExamples)
        : 0;
  }

  private CandidateSpace propose(int round, Supplier<CandidateSpace> work) {
    return run.stage(
            "propose",
            "write instructions, round %d of %d".formatted(round, settings.proposalRounds()))
        .in(promptContext)
        .call(work, CandidateSpace::toString);
  }

  private CandidateSpace withProposals(CandidateSpace space, int round, RoundEvidence evidence) {
    int count = plan.instructionCandidates() - 1;
    return count == 0
        ? space
        : space.withMoreInstructions(
            instructions.propose(round, count, space.instructions(), evidence));
  }

  /** Learns from a search at its end; gives the note on where that is kept. */
  Optional<String> learn(ScoreTable scores, CandidateSpace space) {
    if (learning == null) {
      return Optional.empty();
    }
    learning.observe(scores, space.instructions());
    return Optional.of(learning.save(String.join(" | ", predictors.byName().keySet())));
  }

  /** How the demo sets came about. */
  DemoSets demoSets() {
    return demoSets;
  }

  /** What the candidates are grounded in. */
  Grounding grounding() {
    return grounding;
  }

  /** What failed for good, in sentences. */
  List<String> failures() {
    List<String> all = new ArrayList<>(grounding.failures());
    all.addAll(instructions.failures());
    all.addAll(toolDescriptions.failures());
    return all;
  }

  /** What else there is to say of the proposals, in sentences. */
  List<String> notes() {
    List<String> all = new ArrayList<>(instructions.notes());
    all.addAll(toolDescriptions.notes());
    return all;
  }
}
