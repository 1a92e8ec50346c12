package dev.hone.optimize.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.json.Json;
import dev.hone.optimize.journal.RecordedEvents.Told;
import org.junit.jupiter.api.Test;

class RecordedEventsTest {
  private final RecordedEvents events = new RecordedEvents();

  private void recorded(String text) {
    events.take(Json.object().put("kind", "Trial").put("text", text).put("named", true));
  }

  @Test
  void tellsWhatComesAgainFromWhatIsNewAndWhatIsOther() {
    recorded("trial 1: 0.5");
    recorded("trial 2: 0.6");
    recorded("trial 3: 0.7");

    assertThat(events.tell("Trial", true, "trial 1: 0.5")).isEqualTo(Told.AGAIN);
    assertThat(events.tell("Trial", true, "trial 2: 0.9")).isEqualTo(Told.OTHERWISE);
    assertThat(events.tell("Trial", true, "trial 4: 0.9")).isEqualTo(Told.NEW);
  }

  @Test
  void expectsNothingOfTheLastWhichTheEndOfTheRunMayHaveCutShort() {
    recorded("trial 1: 0.5");
    recorded("trial 2: 0.2 on 3 examples");

    assertThat(events.tell("Trial", true, "trial 2: 0.6")).isEqualTo(Told.NEW);
  }
}
