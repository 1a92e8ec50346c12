package dev.hone.lm.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetryAfterTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneOffset.UTC);

  private static Duration of(String name, String value) {
    return RetryAfter.of(
        HttpHeaders.of(Map.of(name, List.of(value)), (n, v) -> true)::firstValue, CLOCK);
  }

  @Test
  void readsSecondsMillisecondsAndDates() {
    assertThat(of("Retry-After", "12")).isEqualTo(Duration.ofSeconds(12));
    assertThat(of("retry-after", " 0.25 ")).isEqualTo(Duration.ofMillis(250));
    assertThat(of("Retry-After-Ms", "1500")).isEqualTo(Duration.ofMillis(1_500));
    assertThat(of("Retry-After", "Sat, 21 Nov 2026 10:00:30 GMT"))
        .isEqualTo(Duration.ofSeconds(30));
    assertThat(of("Retry-After", "Sat, 21 Nov 2026 09:00:00 GMT")).isEqualTo(Duration.ZERO);
  }

  @Test
  void leavesOutWhatIsNoWait() {
    assertThat(of("Retry-After", "soon")).isNull();
    assertThat(of("Retry-After", "")).isNull();
    assertThat(of("Retry-After", "-3")).isNull();
    assertThat(of("Retry-After", "NaN")).isNull();
    assertThat(of("Other", "3")).isNull();
  }

  @Test
  void prefersMilliseconds() {
    HttpHeaders headers =
        HttpHeaders.of(
            Map.of("Retry-After", List.of("1"), "retry-after-ms", List.of("700")),
            (name, value) -> true);

    assertThat(RetryAfter.of(headers::firstValue, CLOCK)).isEqualTo(Duration.ofMillis(700));
  }
}
