package dev.hone.spark.ledger;

import dev.hone.context.Spend;
import dev.hone.json.Json;
import dev.hone.spark.column.RowAnswer;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the lines of a ledger say in all. Every line counts, also those of attempts whose answers
 * were not taken: so this is what was paid, whatever was tried again.
 *
 * @param spend what was paid
 * @param lines the lines of rows that were answered or failed
 * @param lost the rows that may have been paid for without a line, at most
 * @param attempts the attempts of tasks
 * @param torn the lines that a kill has torn
 */
public record LedgerTotals(Spend spend, long lines, long lost, long attempts, long torn) {
  /** Of no lines. */
  public static final LedgerTotals NONE = new LedgerTotals(Spend.NONE, 0, 0, 0, 0);

  /** Of lines anywhere; runs a job. */
  public static LedgerTotals of(Dataset<String> lines) {
    List<String> parts =
        lines
            .mapPartitions(
                (MapPartitionsFunction<String, String>)
                    part -> List.of(Json.write(of(part).toJson())).iterator(),
                Encoders.STRING())
            .collectAsList();
    return parts.stream()
        .map(part -> ofJson((ObjectNode) Json.parseFile(part)))
        .reduce(NONE, LedgerTotals::plus);
  }

  static LedgerTotals of(Iterator<String> lines) {
    LedgerTotals totals = NONE;
    while (lines.hasNext()) {
      String line = lines.next();
      totals = totals.plus(Ledger.object(line).map(LedgerTotals::ofLine).orElse(TORN));
    }
    return totals;
  }

  private static final LedgerTotals TORN = new LedgerTotals(Spend.NONE, 0, 0, 0, 1);

  private static LedgerTotals ofLine(ObjectNode line) {
    if (line.has("begun")) {
      return new LedgerTotals(Spend.NONE, 0, line.path("lost").longValue(), 1, 0);
    } else if (!line.has("key")) {
      return new LedgerTotals(Spend.NONE, 0, -line.path("lost").longValue(), 0, 0);
    }
    Spend spend = RowAnswer.spend(line.path("usage"));
    return new LedgerTotals(spend, Ledger.isOutcome(line) ? 1 : 0, 0, 0, 0);
  }

  /** Both together. */
  public LedgerTotals plus(LedgerTotals other) {
    return new LedgerTotals(
        spend.plus(other.spend),
        lines + other.lines,
        lost + other.lost,
        attempts + other.attempts,
        torn + other.torn);
  }

  private ObjectNode toJson() {
    ObjectNode json =
        Json.object()
            .put("lines", lines)
            .put("lost", lost)
            .put("attempts", attempts)
            .put("torn", torn);
    json.set("usage", RowAnswer.failed("", "", spend).toJson("").path("usage"));
    return json;
  }

  private static LedgerTotals ofJson(ObjectNode json) {
    return new LedgerTotals(
        RowAnswer.spend(json.path("usage")),
        json.path("lines").longValue(),
        json.path("lost").longValue(),
        json.path("attempts").longValue(),
        json.path("torn").longValue());
  }
}
