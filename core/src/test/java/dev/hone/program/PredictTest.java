package dev.hone.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hone.InvalidInputException;
import dev.hone.adapter.Adapter;
import dev.hone.lm.FakeModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmResponse.StopReason;
import dev.hone.lm.LmUsage;
import dev.hone.observe.Event;
import dev.hone.program.Programs.Judged;
import dev.hone.program.Programs.Mood;
import dev.hone.program.Programs.Question;
import dev.hone.prompt.Prompt;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PredictTest {
  private static final String BAD = FakeModel.chat("mood", "SO-SO", "reasons", "[\"x\"]");
  private static final String GOOD = FakeModel.chat("mood", "good", "reasons", "[\"x\", \"y\"]");
  private static final Question QUESTION = new Question("How are you?");

  private final Predict<Question, Judged> judge = Programs.judge();
  private final List<Event> events = new ArrayList<>();

  private Judged run(FakeModel model) {
    return model
        .context()
        .withListener((event, metadata) -> events.add(event))
        .call(() -> judge.run(QUESTION));
  }

  private List<ProgramEvent> programEvents() {
    return events.stream()
        .filter(ProgramEvent.class::isInstance)
        .map(ProgramEvent.class::cast)
        .toList();
  }

  @Test
  void answersWithOneCall() {
    FakeModel model = FakeModel.replying(GOOD);

    Judged answer = run(model);

    assertThat(answer).isEqualTo(new Judged(Mood.GOOD, List.of("x", "y")));
    assertThat(model.requests()).hasSize(1);
    assertThat(programEvents()).hasSize(2);
    assertThat(programEvents().get(0)).isInstanceOf(ProgramEvent.PredictorStarted.class);
    assertThat(programEvents().get(1))
        .isInstanceOfSatisfying(
            ProgramEvent.PredictorAnswered.class,
            answered ->
                assertThat(answered.step())
                    .isEqualTo(
                        TraceStep.of(
                            "",
                            Programs.json("{'question': 'How are you?'}"),
                            Programs.json("{'mood': 'GOOD', 'reasons': ['x', 'y']}"),
                            List.of(
                                Attempt.of(
                                    "chat/2",
                                    LmResponse.of(GOOD, LmUsage.of(10, 5), "fake:model"),
                                    null)))));
  }

  @Test
  void asksTheModelToRepairItsReplyQuotingTheError() {
    FakeModel model = FakeModel.replying(BAD, GOOD);

    assertThat(run(model).mood()).isEqualTo(Mood.GOOD);

    List<LmMessage> first = model.requests().get(0).messages();
    List<LmMessage> second = model.requests().get(1).messages();
    assertThat(second.subList(0, first.size())).isEqualTo(first);
    assertThat(second.get(first.size())).isEqualTo(LmMessage.assistant(BAD));
    assertThat(second.get(first.size() + 1).text()).contains("mood", "SO-SO", "GOOD | BAD");
    assertThat(second).hasSize(first.size() + 2);
  }

  @Test
  void theRepairRequestRepeatsALongReplyWithoutItsMiddle() {
    String start = "[[ ## mood ## ]]\nso-so ";
    FakeModel model = FakeModel.replying(start + "x ".repeat(300_000) + "end", GOOD);

    run(model);

    List<LmMessage> second = model.requests().get(1).messages();
    assertThat(second.get(second.size() - 2).text())
        .startsWith(start)
        .endsWith("x end")
        .contains("characters are left out here")
        .hasSizeLessThan(8_200);
  }

  @Test
  void keepsWhyEachReplyCouldNotBeRead() {
    run(FakeModel.replying(BAD, GOOD));

    TraceStep step = ((ProgramEvent.PredictorAnswered) programEvents().get(1)).step();
    assertThat(step.attempts()).extracting(Attempt::reply).containsExactly(BAD, GOOD);
    assertThat(step.attempts().get(0).problem()).contains("mood", "SO-SO");
    assertThat(step.attempts().get(1).problem()).isNull();
  }

  @Test
  void asksForJsonWhenTheRepairFailsToo() {
    FakeModel model =
        FakeModel.replying(BAD, "I am sorry.", "{\"mood\": \"BAD\", \"reasons\": []}");

    assertThat(run(model)).isEqualTo(new Judged(Mood.BAD, List.of()));

    assertThat(model.requests()).hasSize(3);
    assertThat(model.requests().get(2))
        .isEqualTo(
            Adapter.json()
                .render(
                    Prompt.of(
                        judge.signature(),
                        judge.state().instructions(),
                        judge.state().demos(),
                        Programs.json("{'question': 'How are you?'}")),
                    model.requests().get(2).options(),
                    model.capabilities()));
  }

  @Test
  void givesUpWithRawTextPathAttemptsAndUsage() {
    FakeModel model = FakeModel.replying(BAD, "No.", "{\"mood\": \"GREAT\"}");

    UnparsableReplyException error =
        catchThrowableOfType(UnparsableReplyException.class, () -> run(model));

    assertThat(error.rawText()).startsWith("{\"mood\"");
    assertThat(error.attempts())
        .extracting(Attempt::adapterId)
        .containsExactly("chat/2", "chat/2", "json/2");
    assertThat(error.attempts()).allSatisfy(attempt -> assertThat(attempt.problem()).isNotBlank());
    assertThat(error.usage()).isEqualTo(LmUsage.of(30, 15));
    assertThat(error)
        .hasMessageContainingAll("question: text -> mood", "after 3 attempts", "Maybe");
    assertThat(programEvents()).hasSize(2);
    assertThat(programEvents().get(1))
        .isInstanceOfSatisfying(
            ProgramEvent.PredictorFailed.class,
            failed -> {
              assertThat(failed.attempts()).isEqualTo(error.attempts());
              assertThat(failed.error()).isSameAs(error);
            });
  }

  @Test
  void namesThePathThatFailed() {
    String reply = "{\"mood\": \"SO-SO\", \"reasons\": []}";

    UnparsableReplyException error =
        catchThrowableOfType(
            UnparsableReplyException.class, () -> run(FakeModel.replying(BAD, BAD, reply)));

    assertThat(error.path()).isEqualTo("mood");
    assertThat(error.rawText()).isEqualTo(reply);
  }

  @Test
  void saysThatAReplyWasCutOffByTheLimitOnTokens() {
    FakeModel model =
        FakeModel.responding(
            request ->
                LmResponse.builder()
                    .text("[[ ## mood ## ]]\nGOOD")
                    .stopReason(StopReason.LENGTH)
                    .build());

    UnparsableReplyException error =
        catchThrowableOfType(UnparsableReplyException.class, () -> run(model));

    assertThat(error).hasMessageContaining("cut off by the limit on tokens");
    assertThat(error.attempts().get(0).problem()).contains("cut off by the limit on tokens");
  }

  @Test
  void climbsOnlyTwoRungsUnderTheJsonAdapter() {
    FakeModel model = FakeModel.replying("{", "{");

    UnparsableReplyException error =
        catchThrowableOfType(
            UnparsableReplyException.class,
            () ->
                model.context().toBuilder()
                    .adapter(Adapter.json())
                    .build()
                    .call(() -> judge.run(QUESTION)));

    assertThat(error.attempts()).extracting(Attempt::adapterId).containsExactly("json/2", "json/2");
  }

  @Test
  void asksForJsonWhereTheRepairTurnDoesNotFitTheWindow() {
    FakeModel model =
        FakeModel.responding(
            request -> {
              if (request.messages().size() > 2) {
                throw new LmException.ContextWindowExceeded("too long", null);
              }
              boolean json = FakeModel.last(request).contains("JSON object only");
              String text = json ? "{\"mood\": \"GOOD\", \"reasons\": []}" : BAD;
              return LmResponse.of(text, LmUsage.NONE, "m");
            });

    assertThat(run(model).mood()).isEqualTo(Mood.GOOD);
  }

  @Test
  void letsErrorsOfTheModelThrough() {
    FakeModel model =
        FakeModel.responding(
            request -> {
              throw new LmException.Unauthorized("no key", null);
            });

    assertThat(catchThrowableOfType(LmException.Unauthorized.class, () -> run(model))).isNotNull();
  }

  @Test
  void rendersWhatItWouldSendWithoutSendingIt() {
    FakeModel model = FakeModel.replying(GOOD);

    LmRequest rendered = model.context().call(() -> judge.render(QUESTION));

    assertThat(model.requests()).isEmpty();
    run(model);
    assertThat(model.requests()).containsExactly(rendered);
  }

  @Test
  void saysThatNoModelIsSet() {
    assertThat(catchThrowableOfType(InvalidInputException.class, () -> judge.run(QUESTION)))
        .hasMessageContaining("No language model is set");
  }

  record Strict(String answer) {
    Strict {
      throw InvalidInputException.of("The answer is too long", "answer in a word");
    }
  }

  @Test
  void givesTheAdviceOfARecordThatRefusedItsValuesAndNoOther() {
    FakeModel model = FakeModel.answering(request -> "{\"answer\": \"a\"}");
    Predict<Question, Strict> strict = Predict.of(Question.class, Strict.class, "Answer.");

    assertThat(
            catchThrowableOfType(
                UnparsableReplyException.class,
                () -> model.context().run(() -> strict.run(QUESTION))))
        .hasMessageEndingWith("The answer is too long. Maybe answer in a word.");
  }
}
