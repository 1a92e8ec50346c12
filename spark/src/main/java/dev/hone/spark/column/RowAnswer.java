package dev.hone.spark.column;

import dev.hone.context.Spend;
import dev.hone.json.Json;
import dev.hone.lm.LmUsage;
import dev.hone.price.Money;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What became of a row, and what it cost: an output, a failure of a kind, or the end of the whole
 * run.
 *
 * @param output the outputs; null if there are none
 * @param kind the class of the failure; empty if there is an output
 * @param message what was wrong; empty if there is an output
 * @param end what ends the run, such as a refused credential; null if it goes on
 * @param spend what was paid
 */
public record RowAnswer(
    @Nullable ObjectNode output,
    String kind,
    String message,
    @Nullable RuntimeException end,
    Spend spend) {

  /** A row with outputs. */
  public static RowAnswer of(ObjectNode output, Spend spend) {
    return new RowAnswer(output, "", "", null, spend);
  }

  /** A row without. */
  public static RowAnswer failed(String kind, String message, Spend spend) {
    return new RowAnswer(null, kind, message, null, spend);
  }

  /** A row that ends the run. */
  public static RowAnswer ended(RuntimeException end, Spend spend) {
    return new RowAnswer(null, end.getClass().getSimpleName(), "", end, spend);
  }

  /** This answer with what it cost. */
  public RowAnswer paid(Spend cost) {
    return new RowAnswer(output, kind, message, end, cost);
  }

  /** This answer, unless it ends the run: then that is thrown. */
  public RowAnswer orThrow() {
    if (end != null) {
      throw end;
    }
    return this;
  }

  /** One line of a ledger; {@link #of(ObjectNode)} reads it. */
  public ObjectNode toJson(String key) {
    ObjectNode line = Json.object().put("key", key);
    if (end != null) {
      line.put("ended", kind);
    } else if (output == null) {
      line.put("kind", kind).put("message", message);
    } else {
      line.set("output", output);
    }
    ObjectNode usage = line.putObject("usage");
    usage.put("calls", spend.lmCalls()).put("cached", spend.cachedCalls());
    usage.put("prompt", spend.usage().promptTokens());
    usage.put("cachedPrompt", spend.usage().cachedPromptTokens());
    usage.put("completion", spend.usage().completionTokens());
    usage.put("known", spend.usage().known());
    usage.put("usd", spend.money().leastUsd().toPlainString());
    usage.put("usdKnown", spend.money().known());
    return line;
  }

  /** The answer of a line of a ledger that has a key. */
  public static RowAnswer of(ObjectNode line) {
    Spend spend = spend(line.path("usage"));
    if (line.path("output") instanceof ObjectNode output) {
      return of(output, spend);
    }
    return failed(
        line.path("kind").asString(line.path("ended").asString("")),
        line.path("message").asString(""),
        spend);
  }

  /** What a line of a ledger says was paid. */
  public static Spend spend(JsonNode usage) {
    LmUsage tokens =
        LmUsage.builder()
            .promptTokens(usage.path("prompt").longValue())
            .cachedPromptTokens(usage.path("cachedPrompt").longValue(0))
            .completionTokens(usage.path("completion").longValue())
            .known(usage.path("known").booleanValue())
            .build();
    Money known = Money.ofUsd(new BigDecimal(usage.path("usd").stringValue()));
    return Spend.of(usage.path("calls").longValue(), usage.path("cached").longValue(), tokens)
        .withMoney(usage.path("usdKnown").booleanValue() ? known : known.atLeast());
  }
}
