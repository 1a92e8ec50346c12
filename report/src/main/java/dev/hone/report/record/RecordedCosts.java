package dev.hone.report.record;

import dev.hone.context.LmEvent;
import dev.hone.context.Spend;
import dev.hone.report.data.SpendEntry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Adds up what calls cost: in all, by stage and by model. Not thread-safe. */
final class RecordedCosts {
  private static final class Sum {
    private Spend spend = Spend.NONE;
    private Duration time = Duration.ZERO;

    SpendEntry entry() {
      return SpendEntry.of(spend, seconds(time));
    }
  }

  private final Sum total = new Sum();
  private final Map<String, Sum> byStage = new LinkedHashMap<>();
  private final Map<String, Sum> byModel = new LinkedHashMap<>();

  /** Adds what an event cost. */
  void take(LmEvent event, String stage) {
    Duration time = time(event);
    if (event.spend().equals(Spend.NONE) && time.isZero()) {
      return;
    }
    add(total, event.spend(), time);
    add(byStage.computeIfAbsent(stage, name -> new Sum()), event.spend(), Duration.ZERO);
    add(byModel.computeIfAbsent(event.modelId(), name -> new Sum()), event.spend(), time);
  }

  private static void add(Sum sum, Spend spend, Duration time) {
    sum.spend = sum.spend.plus(spend);
    sum.time = sum.time.plus(time);
  }

  private static Duration time(LmEvent event) {
    return event.accept(
        new LmEvent.Visitor<Duration>() {
          @Override
          public Duration otherwise(LmEvent other) {
            return Duration.ZERO;
          }

          @Override
          public Duration visit(LmEvent.CallAnswered answered) {
            return answered.duration();
          }

          @Override
          public Duration visit(LmEvent.CallFailed failed) {
            return failed.duration();
          }
        });
  }

  /** Adds the wall-clock time of a stage. */
  void time(String stage, double seconds) {
    Sum sum = byStage.computeIfAbsent(stage, name -> new Sum());
    sum.time = sum.time.plusMillis(Math.round(seconds * 1000));
  }

  long calls() {
    return total.spend.lmCalls();
  }

  SpendEntry ofStage(String stage) {
    Sum sum = byStage.get(stage);
    return sum == null ? SpendEntry.NONE : sum.entry();
  }

  SpendEntry total(double seconds) {
    return SpendEntry.of(total.spend, seconds);
  }

  Map<String, SpendEntry> byStage() {
    return entries(byStage);
  }

  Map<String, SpendEntry> byModel() {
    return entries(byModel);
  }

  private static Map<String, SpendEntry> entries(Map<String, Sum> sums) {
    Map<String, SpendEntry> entries = new LinkedHashMap<>();
    sums.forEach((name, sum) -> entries.put(name, sum.entry()));
    return entries;
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }
}
