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

  private Told told(String text) {
    return events.tell("Trial", true, text);
  }

  @Test
  void tellsWhatComesAgainFromWhatIsNewAndWhatIsOther() {
    recorded("trial 1: 0.5");
    recorded("trial 2: 0.6");
    events.takeCall();
    events.takeEnd();

    assertThat(told("trial 1: 0.5")).isEqualTo(Told.AGAIN);
    assertThat(told("trial 2: 0.9")).isEqualTo(Told.OTHERWISE);
    assertThat(told("trial 3: 0.9")).isEqualTo(Told.NEW);
  }

  @Test
  void expectsNothingOfWhatTheEndOfARunMayHaveCutShort() {
    recorded("trial 1: 0.5");
    events.takeCall();
    recorded("trial 2: 0.2 on 3 examples");
    recorded("trial 3: 0.7");
    events.takeEnd();

    assertThat(told("trial 1: 0.5")).isEqualTo(Told.AGAIN);
    assertThat(told("trial 2: 0.6")).isEqualTo(Told.NEW);
    assertThat(told("trial 3: 0.7")).isEqualTo(Told.AGAIN);
  }

  @Test
  void expectsOfEachTimeWhatThatTimeSaid() {
    recorded("trial 2: 0.2 on 3 examples");
    events.takeEnd();
    recorded("trial 2: 0.6");
    events.takeCall();
    events.takeEnd();

    assertThat(told("trial 2: 0.6")).isEqualTo(Told.AGAIN);
  }
}
