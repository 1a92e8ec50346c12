package dev.hone.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hone.context.Context;
import dev.hone.lm.Capabilities;
import dev.hone.lm.FakeModel;
import dev.hone.lm.ForwardingLanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmResponse.StopReason;
import dev.hone.lm.ResponseFormat.JsonSchema;
import dev.hone.program.Programs.Judged;
import dev.hone.program.Programs.Mood;
import dev.hone.program.Programs.Question;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of replies that cannot be read: not cached (K-I1), not lost (K-H2). */
class UnreadableRepliesTest {
  private static final String GOOD = FakeModel.chat("mood", "good", "reasons", "[\"x\"]");
  private static final Judged ANSWER = new Judged(Mood.GOOD, List.of("x"));

  private final Predict<Question, Judged> judge = Programs.judge();
  private final AtomicInteger calls = new AtomicInteger();

  private Judged run(Context context) {
    return context.call(() -> judge.run(new Question("How are you?")));
  }

  private static Context context(Capabilities capabilities, Function<LmRequest, LmResponse> reply) {
    return Context.builder()
        .lm(
            new ForwardingLanguageModel(FakeModel.responding(reply)) {
              @Override
              public Capabilities capabilities() {
                return capabilities;
              }
            })
        .build();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "I would rather talk about something else.",
        "[[ ## mood ## ]]\nGO",
        "{\"mood\": \"good\", \"reas",
        "{\"mood\": \"SO-SO\", \"reasons\": []}",
        "<html>bad gateway</html>",
        ""
      })
  void aReplyThatCouldNotBeReadIsNotGivenOutAgain(String bad) {
    Context context =
        context(Capabilities.TEXT, r -> FakeModel.reply(calls.incrementAndGet() <= 3 ? bad : GOOD));

    assertThat(catchThrowableOfType(UnparsableReplyException.class, () -> run(context)).attempts())
        .hasSize(3);
    assertThat(run(context)).isEqualTo(ANSWER);
    assertThat(calls).hasValue(4);
    assertThat(run(context)).isEqualTo(ANSWER);
    assertThat(calls).hasValue(4);
  }

  @Test
  void aReplyThatWasRepairedCostsTheRepairAgainAndTheRepairedOneIsKept() {
    Context context =
        context(
            Capabilities.TEXT,
            r -> {
              calls.incrementAndGet();
              return FakeModel.reply(FakeModel.last(r).contains("could not be read") ? GOOD : "?");
            });

    run(context);
    run(context);

    assertThat(calls).hasValue(3);
  }

  @Test
  void aLastRungWhoseSchemaIsRefusedIsAskedWithoutIt() {
    Context context =
        context(
            Capabilities.JSON_SCHEMA,
            r -> {
              calls.incrementAndGet();
              if (r.format() instanceof JsonSchema) {
                throw new LmException.InvalidRequest("response_format is not supported", null);
              }
              boolean json = FakeModel.system(r).contains("one JSON object");
              return FakeModel.reply(json ? "{\"mood\": \"good\", \"reasons\": [\"x\"]}" : "?");
            });

    assertThat(run(context)).isEqualTo(ANSWER);
    assertThat(calls).hasValue(4);
  }

  @Test
  void aLastRungThatIsRefusedAltogetherLosesNoReply() {
    Context context =
        context(
            Capabilities.JSON_SCHEMA,
            r -> {
              if (FakeModel.system(r).contains("one JSON object")) {
                throw new LmException.InvalidRequest("no", null);
              }
              return FakeModel.reply("reply " + calls.incrementAndGet());
            });

    UnparsableReplyException error =
        catchThrowableOfType(UnparsableReplyException.class, () -> run(context));

    assertThat(error.attempts()).extracting(Attempt::reply).containsExactly("reply 1", "reply 2");
    assertThat(error.usage().totalTokens()).isEqualTo(30);
    assertThat(error.getCause().getSuppressed()).hasSize(1);
  }

  @Test
  void aFirstRequestThatIsRefusedIsStillAnInvalidOne() {
    Context context =
        context(
            Capabilities.TEXT,
            r -> {
              throw new LmException.InvalidRequest("no such model", null);
            });

    assertThat(catchThrowableOfType(LmException.InvalidRequest.class, () -> run(context)))
        .hasMessage("no such model");
  }

  @Test
  void aReplyThatWasCutOffIsAskedForAnew() {
    Context context =
        context(
            Capabilities.TEXT,
            r ->
                FakeModel.reply("[[ ## mood ## ]]\ngo").toBuilder()
                    .stopReason(calls.incrementAndGet() <= 3 ? StopReason.LENGTH : StopReason.STOP)
                    .text(calls.get() <= 3 ? "[[ ## mood ## ]]\ngo" : GOOD)
                    .build());

    assertThat(catchThrowableOfType(UnparsableReplyException.class, () -> run(context)))
        .isNotNull();
    assertThat(run(context)).isEqualTo(ANSWER);
    assertThat(calls).hasValue(4);
  }
}
