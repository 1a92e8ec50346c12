package dev.hone.benchmarks.small;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hone.benchmarks.quality.CallMeter;
import dev.hone.benchmarks.quality.Landscape;
import dev.hone.optimize.search.Configuration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallMeterTest {
  private final Landscape task = SmallSurface.mixed(1, 5).get(0);
  private final CallMeter meter = new CallMeter(task);

  @Test
  void countsAPairOfConfigurationAndExampleOnce() {
    meter.evaluate(Configuration.of(0, 1), List.of(0, 1, 2));
    meter.evaluate(Configuration.of(0, 1), List.of(1, 2, 3));
    meter.evaluate(Configuration.of(1, 0), List.of(1));

    assertThat(meter.calls()).isEqualTo(5);
    assertThat(meter.paid()).isEqualTo(7);
    assertThat(meter.tokens())
        .isCloseTo(
            4 * task.tokens(Configuration.of(0, 1)) + task.tokens(Configuration.of(1, 0)),
            within(1e-9));
  }

  @Test
  void tellsBeforehandWhatAnEvaluationAdds() {
    Configuration shown = Configuration.of(1, 1);
    meter.evaluate(shown, List.of(0, 1));

    double cost = meter.cost(shown, List.of(1, 2));
    double before = meter.tokens();
    meter.evaluate(shown, List.of(1, 2));

    assertThat(meter.tokens() - before).isCloseTo(cost, within(1e-9)).isPositive();
  }

  @Test
  void demosMakeACallDear() {
    assertThat(task.tokens(Configuration.of(0, 1))).isGreaterThan(2 * task.tokens(task.baseline()));
  }
}
