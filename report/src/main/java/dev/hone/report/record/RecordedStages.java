package dev.hone.report.record;

import dev.hone.optimize.OptimizerEvent.StageFinished;
import dev.hone.optimize.OptimizerEvent.StageStarted;
import dev.hone.report.data.StageEntry;
import dev.hone.text.Redaction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The stages of a run, and which of them goes on. Not thread-safe. */
final class RecordedStages {
  private static final class Open {
    private final long id;
    private final String name;
    private final double start;
    private String detail;
    private @Nullable Double seconds;

    Open(long id, String name, double start, String detail) {
      this.id = id;
      this.name = name;
      this.start = start;
      this.detail = detail;
    }
  }

  private final List<Open> stages = new ArrayList<>();

  void started(StageStarted event, double at) {
    stages.add(new Open(event.stamp().id(), event.stage(), at, Redaction.of(event.detail())));
  }

  /** A stage ended; gives how long it took. */
  double finished(StageFinished event, double at) {
    for (int i = stages.size() - 1; i >= 0; i--) {
      Open stage = stages.get(i);
      if (stage.id == event.stamp().id() && stage.name.equals(event.stage())) {
        double took = Math.max(0, at - stage.start);
        stage.seconds = took;
        stage.detail = Redaction.of(event.detail());
        return took;
      }
    }
    return 0;
  }

  /** The stage that began last of those that go on; or another name if none does. */
  String current(String otherwise) {
    for (int i = stages.size() - 1; i >= 0; i--) {
      if (stages.get(i).seconds == null) {
        return stages.get(i).name;
      }
    }
    return otherwise;
  }

  List<StageEntry> all(RecordedCosts costs) {
    return stages.stream()
        .map(
            stage ->
                new StageEntry(
                    stage.name,
                    stage.detail,
                    stage.start,
                    stage.seconds,
                    costs.ofStage(stage.name)))
        .toList();
  }
}
