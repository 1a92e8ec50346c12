package dev.hone.optimize.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.json.Json;
import dev.hone.lm.LmException;
import dev.hone.replay.CallOutcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

class OutcomeCodecTest {
  private static final LmException DOWN = new LmException.Unavailable("down", null, null);

  static List<LmException> failures() {
    return List.of(
        DOWN,
        new LmException.RateLimited("later", null, null),
        new LmException.TimedOut("slow", null),
        new LmException.StreamBroken(DOWN),
        new LmException.Unauthorized("wrong key", null),
        new LmException.PaymentRequired("empty", null),
        new LmException.ContextWindowExceeded("too long", null),
        new LmException.ContentRefused("no", null),
        new LmException.InvalidRequest("malformed", null),
        new LmException.ProviderFailed("a bug", null));
  }

  private static LmException replayed(LmException error) {
    ObjectNode node = Json.object();
    OutcomeCodec.write(CallOutcome.failed(error, List.of(), Duration.ZERO), node);
    return OutcomeCodec.read((ObjectNode) Json.parse(Json.write(node))).error().orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aReplayedFailureHasItsTypeAndItsMessage(LmException error) {
    assertThat(replayed(error)).hasSameClassAs(error).hasMessage(error.getMessage());
  }

  @Test
  void aKindThatIsNotKnownIsAFailureOfTheProvider() {
    ObjectNode node = Json.object();
    node.put("nanos", 0).putObject("error").put("kind", "java.lang.Runtime").put("message", "x");

    assertThat(OutcomeCodec.read(node).error().orElseThrow())
        .isInstanceOf(LmException.ProviderFailed.class);
  }
}
