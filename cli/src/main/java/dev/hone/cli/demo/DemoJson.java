package dev.hone.cli.demo;

import dev.hone.cli.demo.DemoResult.Row;
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
    node.put("reloadedTestScore", 100 * result.reloadedTestScore())
        .put("artifact", result.artifact().toString());
    node.set("before", result.before().toJson());
    node.set("after", result.after().toJson());
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
