package dev.hone.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.adapter.Adapter;
import dev.hone.context.Context;
import dev.hone.lm.FakeModel;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** When the user's output record is constructed, and what happens where it refuses its values. */
class OutputRecordTest {
  private static final AtomicInteger CONSTRUCTED = new AtomicInteger();

  record In(String text) {}

  record Percent(int percent) {
    Percent {
      CONSTRUCTED.incrementAndGet();
      if (percent > 100) {
        throw new IllegalArgumentException("percent is above 100");
      }
    }
  }

  private final Predict<In, Percent> predict = Predict.of(In.class, Percent.class);

  private Percent run(Context context) {
    CONSTRUCTED.set(0);
    return context.call(() -> predict.run(new In("half")));
  }

  @Test
  void isConstructedOncePerReplyThatIsRead() {
    FakeModel chat = FakeModel.saying(FakeModel.chat("percent", "50"));
    FakeModel json = FakeModel.saying("{\"percent\": 50}");

    assertThat(run(chat.context())).isEqualTo(new Percent(50));
    int forChat = CONSTRUCTED.get() - 1;
    run(json.context().toBuilder().adapter(Adapter.json()).build());
    int forJson = CONSTRUCTED.get();

    assertThat(forChat).isOne();
    assertThat(forJson).isOne();
  }

  @Test
  void isConstructedOnceWhereListenersSeeTheStep() {
    FakeModel model = FakeModel.saying(FakeModel.chat("percent", "50"));

    run(model.context().withListener((event, metadata) -> {}));

    assertThat(CONSTRUCTED).hasValue(1);
  }

  @Test
  void mayRefuseAReplyWhichTheModelIsThenAskedToRepair() {
    FakeModel model =
        FakeModel.replying(FakeModel.chat("percent", "101"), FakeModel.chat("percent", "99"));

    assertThat(run(model.context())).isEqualTo(new Percent(99));
    assertThat(model.requests().get(1).messages().get(3).text())
        .contains("the record Percent refused its values: percent is above 100.\n\nAnswer again");
  }

  @Test
  void mayRefuseEveryReply() {
    FakeModel model =
        FakeModel.replying(
            FakeModel.chat("percent", "101"),
            FakeModel.chat("percent", "102"),
            "{\"percent\": 103}");

    assertThatThrownBy(() -> run(model.context()))
        .isInstanceOfSatisfying(
            UnparsableReplyException.class,
            error ->
                assertThat(error.attempts())
                    .extracting(Attempt::problem)
                    .containsOnly(
                        "The value: the record Percent refused its values: percent is above 100."));
    assertThat(CONSTRUCTED).hasValue(3);
  }
}
