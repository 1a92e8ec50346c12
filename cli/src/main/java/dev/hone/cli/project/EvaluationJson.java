package dev.hone.cli.project;

import dev.hone.context.Spend;
import dev.hone.evaluate.Evaluation;
import dev.hone.json.Json;
import dev.hone.metric.Constraint;
import dev.hone.metric.CorpusMetric;
import dev.hone.stats.ObservationTally;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What {@code evaluate} says to programs. */
final class EvaluationJson {
  private EvaluationJson() {}

  static ObjectNode of(EvaluationResult result) {
    Evaluation<ObjectNode, ObjectNode> evaluation = result.evaluation();
    ObjectNode json = Json.object().put("project", result.project().name());
    json.put("program", result.program()).put("model", result.model());
    json.put("rows", evaluation.results().size()).put("part", result.test() ? "test" : "learn");
    result.looks().ifPresent(looks -> json.put("testLooks", looks.count()));
    json.put("metric", result.project().metric().name()).put("score", evaluation.score());
    json.putObject("interval")
        .put("lower", evaluation.interval().lower())
        .put("upper", evaluation.interval().upper())
        .put("level", evaluation.interval().level());
    ArrayNode fields = json.putArray("fields");
    for (FieldScores field : FieldScores.of(result.project().signature(), evaluation)) {
      ObjectNode node = fields.addObject().put("name", field.field()).put("score", field.score());
      field
          .mistake()
          .ifPresent(
              mistake ->
                  node.putObject("mostOftenWrong")
                      .put("expected", mistake.expected())
                      .put("found", mistake.found())
                      .put("count", mistake.count()));
    }
    constraints(json, evaluation);
    ObjectNode failed = json.putObject("failures");
    evaluation.errorsByClass().forEach((kind, group) -> failed.put(kind, group.count()));
    Spend spend = evaluation.spend();
    json.put("calls", spend.lmCalls()).put("cachedCalls", spend.cachedCalls());
    json.put("tokens", spend.usage().totalTokens());
    spend.money().usd().ifPresent(usd -> json.put("costUsd", usd));
    evaluation.notes().forEach(json.putArray("notes")::add);
    return json;
  }

  private static void constraints(ObjectNode json, Evaluation<ObjectNode, ObjectNode> evaluation) {
    List<Constraint.Check> checks = checks(evaluation);
    if (!checks.isEmpty()) {
      ArrayNode array = json.putArray("constraints");
      checks.forEach(
          check ->
              array
                  .addObject()
                  .put("name", check.name())
                  .put("value", check.value())
                  .put("limit", check.limit())
                  .put("met", check.met()));
    }
  }

  /** Whether constraints are met; none without constraints. */
  static List<Constraint.Check> checks(Evaluation<ObjectNode, ObjectNode> evaluation) {
    Optional<CorpusMetric<ObjectNode, ObjectNode>> metric = evaluation.corpusMetric();
    if (metric.isEmpty() || metric.get().constraints().isEmpty()) {
      return List.of();
    }
    ObservationTally tally =
        ObservationTally.of(evaluation.observations().stream().flatMap(Optional::stream).toList());
    return metric.get().check(tally, 1);
  }
}
