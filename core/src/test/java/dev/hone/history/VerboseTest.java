package dev.hone.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.context.Context;
import dev.hone.lm.FakeModel;
import dev.hone.observe.Event;
import dev.hone.observe.EventStamp;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerboseTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  private record Told(Optional<String> headline, boolean isCount) implements Event {
    @Override
    public EventStamp stamp() {
      return new EventStamp(1, 0, Instant.parse("2026-11-29T09:30:00.123Z"));
    }
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void printsALineWithItsTimeForWhatIsWorthOne() {
    Verbose verbose = Verbose.to(out);
    verbose.onEvent(new Told(Optional.of("trial 3:\n0.800"), false), Map.of());
    verbose.onEvent(new Told(Optional.of("4 of 9"), true), Map.of());
    verbose.onEvent(new Told(Optional.empty(), false), Map.of());

    assertThat(printed().lines()).containsExactly("09:30:00.123 trial 3: 0.800");
  }

  @Test
  void printsNoCredential() {
    Verbose.to(out).onEvent(new Told(Optional.of("key " + FakeModel.KEY), false), Map.of());

    assertThat(printed()).contains("sk-[hidden]").doesNotContain(FakeModel.KEY);
  }

  @Test
  void printsCallsOnlyIfAsked() {
    FakeModel model = FakeModel.saying("x");
    Context quiet = model.context().toBuilder().listener(Verbose.to(out)).build();
    Context all = model.context().toBuilder().listener(Verbose.to(out).withCalls()).build();

    quiet.ask("s", "a");
    assertThat(printed()).isEmpty();
    all.ask("s", "b");
    all.ask("s", "b");

    assertThat(printed().lines()).hasSize(2);
    assertThat(printed())
        .containsSubsequence("call fake:model, ", " s, 10 + 5 tokens", "answered from the cache");
  }
}
