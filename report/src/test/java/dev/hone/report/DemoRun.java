package dev.hone.report;

import dev.hone.context.Context;
import dev.hone.evaluate.Evaluator;
import dev.hone.lm.LanguageModel;
import dev.hone.local.EmbeddedModel;
import dev.hone.optimize.mipro.MiproV2;
import dev.hone.pipeline.LmPipeline;
import dev.hone.program.Predict;
import dev.hone.report.SupportData.Request;
import dev.hone.report.SupportData.Route;
import dev.hone.report.data.RunData;
import dev.hone.report.data.RunHead;

/** A real run on the embedded model: MIPROv2 light on the built-in support task; made once. */
public final class DemoRun {
  private static final class Once {
    private static final RunRecord RECORD =
        of(RunRecorder.named("support").with("project", "support.hone.yaml"), 1).record();
  }

  private DemoRun() {}

  /** Its record. */
  public static RunRecord record() {
    return Once.RECORD;
  }

  private static RunRecorder of(RunRecorder recorder, long seed) {
    LanguageModel model = LmPipeline.of(EmbeddedModel.load());
    Context context = Context.builder().lm(model).listener(recorder).build();
    Predict<Request, Route> program = SupportData.program();
    Evaluator<Request, Route> evaluator = Evaluator.of(SupportData.testset(), SupportData.METRIC);
    recorder.before("test", context.call(() -> evaluator.evaluate(program)));
    var optimized =
        context.call(
            () ->
                MiproV2.light()
                    .seed(seed)
                    .compile(program, SupportData.trainset(), SupportData.METRIC));
    recorder.found(optimized);
    Request learnt = SupportData.trainset().examples().get(0).input();
    recorder.sent("self", context.call(() -> optimized.compiled().render(learnt)));
    recorder.after("test", context.call(() -> evaluator.evaluate(optimized)));
    return recorder.finished();
  }

  /** How far the run was after a number of trials. */
  public static RunRecord after(int trials) {
    RunData all = record().data();
    RunHead head = all.head();
    return RunRecord.of(
        new RunData(
            all.schema(),
            new RunHead(
                head.name(),
                head.optimizer(),
                head.model(),
                RunHead.RUNNING,
                "",
                head.startedAt(),
                head.updatedAt(),
                all.trials().get(trials - 1).atSeconds()),
            all.plan(),
            all.stages(),
            all.trials().subList(0, trials),
            all.candidates(),
            null,
            all.cost(),
            all.failures(),
            all.waits(),
            null,
            all.provenance(),
            all.sent()));
  }
}
