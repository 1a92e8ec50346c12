package dev.hone.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.adapter.Adapter;
import dev.hone.json.Json;
import dev.hone.lm.LmOptions;
import dev.hone.program.Predict;
import dev.hone.signature.Desc;
import dev.hone.signature.Limits;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** A number is within the limits that the prompt states, in any words. */
class StatedLimitsTest {
  private static final double LOW = Double.NEGATIVE_INFINITY;
  private static final double HIGH = Double.POSITIVE_INFINITY;

  record Ticket(String ticket) {}

  record Rated(
      @Desc("1 to 5") int priority,
      @Desc("how sure, between 0 and 1") double confidence,
      @Desc("1 (calm) to 10 (furious)") Optional<Integer> anger,
      @Desc("0 to 900") @Limits(max = 400) int delay) {}

  record Extracted(Optional<String> orderNumber, Optional<String> city, Optional<String> comment) {}

  private static <O> O ask(Adapter adapter, Class<O> output, String ticket) {
    Predict<Ticket, O> predict = Predict.of(Ticket.class, output, "Read the ticket.");
    return Asking.ask(adapter, LmOptions.defaults(), predict, new Ticket(ticket));
  }

  private static int ask(Predict<ObjectNode, ObjectNode> predict, String field) {
    ObjectNode input = Json.object().put("note", "It took 500 hours, 7 days, and 3 calls.");
    return Asking.ask(predict, input).get(field).intValue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 to 5|1|5",
        "from 1 through 5 stars|1|5",
        "1-5|1|5",
        "(1–5)|1|5",
        "1 (low) to 5 (high)|1|5",
        "1 to 2 is low, 3 to 5 is high|1|5",
        "a value between -1.5 and 1.5.|-1.5|1.5",
        "0..10|0|10",
        "in percent, 0 - 100%|0|100",
        "minimum 1, maximum: 5|1|5",
        "min. 1, max 5|1|5",
        ">= 1 and <= 5|1|5",
        "no less than 1 and no more than 5|1|5"
      })
  void readsRanges(String text, double min, double max) {
    assertThat(StatedLimits.read(text)).isEqualTo(new ParsedLimits(min, max, 0, Integer.MAX_VALUE));
  }

  @Test
  void readsHalfARange() {
    assertThat(StatedLimits.read("at least 3").min()).isEqualTo(3);
    assertThat(StatedLimits.read("at least 3").max()).isEqualTo(HIGH);
    assertThat(StatedLimits.read("up to 7").max()).isEqualTo(7);
    assertThat(StatedLimits.read("up to 7").min()).isEqualTo(LOW);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "since 2024-01-05",
        "call 555-1234-99",
        "from 9:00 to 17:30",
        "9 to 5",
        "version 1.2-1.3.4",
        "A1-5",
        "3 and 4",
        "after 5 min 30 is too late",
        "1 to many"
      })
  void otherNumbersAreNoRange(String text) {
    assertThat(StatedLimits.read(text)).isEqualTo(ParsedLimits.NONE);
  }

  @ParameterizedTest
  @MethodSource("dev.hone.local.Asking#adapters")
  void copiesNoNumberThatTheDescriptionRulesOut(Adapter adapter) {
    Rated rated = ask(adapter, Rated.class, "I was charged 500 twice.");

    assertThat(rated.priority()).isEqualTo(1);
    assertThat(rated.confidence()).isZero();
    assertThat(rated.anger()).isEmpty();
    assertThat(rated.delay()).isZero();
    assertThat(ask(adapter, Rated.class, "500 people, 4 of them angry").priority()).isEqualTo(4);
  }

  @Test
  void readsLimitsInTheInstructionsAfterTheFieldsName() {
    String signature = "note -> priority: int, dayCount: int, free: int";
    String said =
        "Give a priority from 1 to 5 and the day count (6 to 9). Be done in 1 to 2 minutes.";

    assertThat(ask(Asking.predict(signature, said), "priority")).isEqualTo(3);
    assertThat(ask(Asking.predict(signature, said), "dayCount")).isEqualTo(7);
    assertThat(ask(Asking.predict(signature, said), "free")).isEqualTo(500);
    assertThat(ask(Asking.predict(signature, "Rate.\n- priority: 5 to 8"), "priority"))
        .isEqualTo(7);
  }

  @Test
  void notesOnValuesStateNoLimits() {
    String said = "Rate it.\nHIGH: priority 1 to 5 please; now\nLOW: whenever";

    assertThat(ask(Asking.predict("note -> priority: int", said), "priority")).isEqualTo(500);
  }

  @Test
  void demosBeyondTheWordsShowThatTheseMeantSomethingElse() {
    Predict<ObjectNode, ObjectNode> predict =
        Asking.predict("note -> priority: int", "Give the priority; 1 to 5 is usual.")
            .withDemos(List.of(Asking.demo("{'note': 'took 600 hours'}", "{'priority': 600}")));

    assertThat(ask(predict, "priority")).isEqualTo(500);
  }

  @Test
  void aDemoBeyondTheFieldsOwnLimitsIsNotFollowed() {
    record Bounded(@Limits(max = -2.5) int depth) {}
    Predict<Ticket, Bounded> predict =
        Predict.of(Ticket.class, Bounded.class, "Read.")
            .withDemos(List.of(Asking.demo("{'ticket': 'deep'}", "{'depth': 7}")));

    assertThat(Asking.ask(predict, new Ticket("deep"))).isEqualTo(new Bounded(-3));
  }

  @ParameterizedTest
  @MethodSource("dev.hone.local.Asking#adapters")
  void optionalTextIsAbsentUnlessTheInputGivesItByName(Adapter adapter) {
    Extracted nothing = ask(adapter, Extracted.class, "The train was late. We missed the show.");
    Extracted some =
        ask(adapter, Extracted.class, "Order number: A-17, paid.\nMy city is “Cork”. No comment.");

    assertThat(nothing)
        .isEqualTo(new Extracted(Optional.empty(), Optional.empty(), Optional.empty()));
    assertThat(some)
        .isEqualTo(new Extracted(Optional.of("A-17"), Optional.of("Cork"), Optional.empty()));
  }

  @Test
  void optionalTextFollowsItsDemos() {
    Predict<ObjectNode, ObjectNode> predict =
        Asking.predict("note -> city: str?", "Name the city.")
            .withDemos(
                List.of(
                    Asking.demo("{'note': 'Trains to Cork'}", "{'city': 'Cork'}"),
                    Asking.demo("{'note': 'I like cake'}", "{'city': null}")));

    assertThat(
            Asking.ask(predict, Json.object().put("note", "A train to Bonn")).get("city").isNull())
        .isFalse();
    assertThat(Asking.ask(predict, Json.object().put("note", "Cake is nice")).get("city").isNull())
        .isTrue();
  }
}
