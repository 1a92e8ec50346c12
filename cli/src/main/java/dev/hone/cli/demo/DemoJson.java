package dev.hone.cli.demo;

import dev.hone.cli.demo.DemoResult.NotSaved;
import dev.hone.cli.demo.DemoResult.Row;
import dev.hone.cli.demo.DemoResult.Saved;
import dev.hone.json.Json;
import tools.jackson.databind.node.ObjectNode;

/** A demo's result as JSON; scores in points from 0 to 100. */
final class DemoJson {
  private DemoJson() {}

  static ObjectNode of(DemoResult result) {
    ObjectNode node =
        Json.object()
            .put("task", result.task())
            .put("model", result.model())
            .put("seed", result.seed());
    node.set("baseline", row(result.baseline()));
    node.set("bootstrapFewShot", row(result.bootstrapFewShot()));
    node.set("miproV2", row(result.miproV2()));
    if (result.saving() instanceof Saved saved) {
      node.put("reloadedTestScore", 100 * saved.reloadedTestScore())
          .put("artifact", saved.artifact().toString());
    } else if (result.saving() instanceof NotSaved failed) {
      node.putNull("reloadedTestScore").putNull("artifact").put("error", failed.error());
    }
    node.set("before", result.before().toJson());
    node.set("after", result.after().toJson());
    if (result.money().leastUsd().signum() > 0) {
      node.put("costUsd", result.money().leastUsd());
    }
    result.notes().forEach(node.putArray("notes")::add);
    return node.put("seconds", result.duration().toMillis() / 1000.0);
  }

  private static ObjectNode row(Row row) {
    return Json.object()
        .put("testScore", 100 * row.testScore())
        .put("lower", 100 * row.interval().lower())
        .put("upper", 100 * row.interval().upper())
        .put("lmCalls", row.lmCalls())
        .put("optimizationCalls", row.optimizationCalls())
        .put("testCalls", row.testCalls());
  }
}
