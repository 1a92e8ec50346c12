package dev.hone.opentelemetry;

import dev.hone.batch.BatchEvent;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.EvaluationEvent;
import dev.hone.observe.Event;
import dev.hone.observe.EventStamp;
import dev.hone.optimize.OptimizerEvent;
import dev.hone.optimize.candidate.ProposerEvent;
import dev.hone.optimize.mipro.MiproV2Event;
import dev.hone.program.ProgramEvent;
import dev.hone.tool.ToolEvent;
import dev.hone.tool.ToolOutcome;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanKind;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs, stages, steps of the proposer, trials, evaluations, examples, batches, programs, predictors
 * and tools as spans.
 */
final class WorkSpans {
  /** How calls end that nothing was begun for, as a rule. */
  private static final Set<ToolOutcome.Status> NOT_MADE =
      Set.of(
          ToolOutcome.Status.DENIED,
          ToolOutcome.Status.LIMIT_REACHED,
          ToolOutcome.Status.BAD_ARGUMENTS,
          ToolOutcome.Status.UNKNOWN_TOOL);

  private final SpanTree spans;
  private final BatchSpans batches;

  WorkSpans(SpanTree spans) {
    this.spans = spans;
    this.batches = new BatchSpans(spans);
  }

  void take(Event event) {
    if (event instanceof ProgramEvent program) {
      program.accept(new OfPrograms());
    } else if (event instanceof EvaluationEvent evaluation) {
      evaluation.accept(new OfEvaluations());
    } else if (event instanceof BatchEvent batch) {
      batch.accept(batches);
    } else if (event instanceof OptimizerEvent optimizer) {
      optimizer.accept(new OfOptimizers());
    } else if (event instanceof MiproV2Event.TrialStarted trial) {
      start(trial, "trial", Attributes.of(GenAi.TRIAL, trial.atTrial() + 1L));
    } else if (event instanceof MiproV2Event.TrialFinished trial) {
      AttributesBuilder attributes = Attributes.builder().put(GenAi.TRIAL, trial.atTrial() + 1L);
      end(trial, scored(attributes, trial.trial().scoreMean()), null);
    } else if (event instanceof ProposerEvent step) {
      step.accept(new OfProposers());
    } else if (event instanceof ToolEvent tool) {
      tool.accept(new OfTools());
    }
  }

  private boolean start(Event event, String name, Attributes attributes) {
    spans.start(event.stamp(), name, SpanKind.INTERNAL, attributes);
    return true;
  }

  private boolean end(Event event, Attributes attributes, @Nullable Throwable error) {
    EventStamp stamp = event.stamp();
    spans.end(stamp, attributes, error);
    return true;
  }

  private static Attributes scored(AttributesBuilder attributes, OptionalDouble score) {
    score.ifPresent(value -> attributes.put(GenAi.SCORE, value));
    return attributes.build();
  }

  private static String named(String kind, String name) {
    return name.isEmpty() ? kind : kind + " " + name;
  }

  private final class OfPrograms implements ProgramEvent.Visitor<Boolean> {
    @Override
    public Boolean otherwise(ProgramEvent event) {
      return false;
    }

    @Override
    public Boolean visit(ProgramEvent.ProgramStarted event) {
      String name = event.program();
      return start(event, "program " + name, Attributes.of(GenAi.PROGRAM, name));
    }

    @Override
    public Boolean visit(ProgramEvent.ProgramAnswered event) {
      return end(event, Attributes.empty(), null);
    }

    @Override
    public Boolean visit(ProgramEvent.ProgramFailed event) {
      return end(event, Attributes.empty(), event.error());
    }

    @Override
    public Boolean visit(ProgramEvent.PredictorStarted event) {
      String name = event.predictor();
      return start(event, named("predict", name), Attributes.of(GenAi.PREDICTOR, name));
    }

    @Override
    public Boolean visit(ProgramEvent.PredictorAnswered event) {
      return end(event, Attributes.empty(), null);
    }

    @Override
    public Boolean visit(ProgramEvent.PredictorFailed event) {
      return end(event, Attributes.empty(), event.error());
    }
  }

  private final class OfEvaluations implements EvaluationEvent.Visitor<Boolean> {
    @Override
    public Boolean otherwise(EvaluationEvent event) {
      return false;
    }

    @Override
    public Boolean visit(EvaluationEvent.EvaluationStarted event) {
      return start(event, "evaluate", Attributes.of(GenAi.EXAMPLES, (long) event.examples()));
    }

    @Override
    public Boolean visit(EvaluationEvent.EvaluationFinished event) {
      Evaluation<?, ?> evaluation = event.evaluation();
      return end(
          event,
          evaluation.hasScore()
              ? Attributes.of(GenAi.SCORE, evaluation.score())
              : Attributes.empty(),
          null);
    }

    @Override
    public Boolean visit(EvaluationEvent.EvaluationFailed event) {
      return end(event, Attributes.empty(), event.error());
    }

    @Override
    public Boolean visit(EvaluationEvent.ExampleStarted event) {
      return start(event, "example", Attributes.empty());
    }

    @Override
    public Boolean visit(EvaluationEvent.ExampleFinished event) {
      return end(event, scored(Attributes.builder(), event.result().score()), null);
    }

    @Override
    public Boolean visit(EvaluationEvent.ExampleFailed event) {
      return end(event, Attributes.empty(), event.error());
    }
  }

  private final class OfOptimizers implements OptimizerEvent.Visitor<Boolean> {
    @Override
    public Boolean otherwise(OptimizerEvent event) {
      return false;
    }

    @Override
    public Boolean visit(OptimizerEvent.OptimizerStarted event) {
      return start(
          event,
          "optimize " + event.optimizer(),
          Attributes.of(
              GenAi.OPTIMIZER, event.optimizer(), GenAi.EXAMPLES, (long) event.trainExamples()));
    }

    @Override
    public Boolean visit(OptimizerEvent.OptimizerFinished<?> event) {
      return end(event, Attributes.empty(), null);
    }

    @Override
    public Boolean visit(OptimizerEvent.OptimizerFailed event) {
      return end(event, Attributes.empty(), event.error());
    }

    @Override
    public Boolean visit(OptimizerEvent.StageStarted event) {
      return start(
          event, "stage " + event.stage(), Attributes.of(GenAi.OPTIMIZER, event.optimizer()));
    }

    @Override
    public Boolean visit(OptimizerEvent.StageFinished event) {
      return end(event, Attributes.empty(), null);
    }

    @Override
    public Boolean visit(OptimizerEvent.CandidateStarted event) {
      return start(event, "candidate", Attributes.of(GenAi.OPTIMIZER, event.optimizer()));
    }

    @Override
    public Boolean visit(OptimizerEvent.CandidateFinished event) {
      AttributesBuilder attributes = Attributes.builder();
      event.score().ifPresent(score -> attributes.put(GenAi.SCORE, score.scoreMean()));
      return end(event, attributes.build(), null);
    }
  }

  private final class OfProposers implements ProposerEvent.Visitor<Boolean> {
    @Override
    public Boolean otherwise(ProposerEvent event) {
      return false;
    }

    @Override
    public Boolean visit(ProposerEvent.StepStarted event) {
      String step = event.step().name().toLowerCase(Locale.ROOT).replace('_', ' ');
      return start(event, "propose " + step, Attributes.of(GenAi.PREDICTOR, event.predictor()));
    }

    @Override
    public Boolean visit(ProposerEvent.StepFinished event) {
      return end(event, Attributes.empty(), null);
    }
  }

  private final class OfTools implements ToolEvent.Visitor<Boolean> {
    @Override
    public Boolean otherwise(ToolEvent event) {
      return false;
    }

    @Override
    public Boolean visit(ToolEvent.CallStarted event) {
      return started(event, event.call().name());
    }

    private boolean started(ToolEvent event, String tool) {
      AttributesBuilder attributes =
          Attributes.builder()
              .put(GenAi.OPERATION, "execute_tool")
              .put(GenAi.TOOL_CALL_ID, event.call().id());
      if (!tool.isEmpty()) {
        attributes.put(GenAi.TOOL_NAME, tool);
      }
      return start(event, named("execute_tool", tool), attributes.build());
    }

    /**
     * A call that was not made only ends: its span has no length. A name that no tool has is a part
     * of what the model replied, and left out.
     */
    @Override
    public Boolean visit(ToolEvent.CallEnded event) {
      ToolOutcome.Status status = event.outcome().status();
      if (NOT_MADE.contains(status) && !spans.isOpen(event.stamp().id())) {
        started(event, status == ToolOutcome.Status.UNKNOWN_TOOL ? "" : event.call().name());
      }
      spans.endAs(event.stamp(), Attributes.empty(), errorType(event.outcome()));
      return true;
    }

    private static @Nullable String errorType(ToolOutcome outcome) {
      return outcome.isAnswer() ? null : outcome.status().name().toLowerCase(Locale.ROOT);
    }
  }
}
