package dev.hone.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.hone.adapter.Adapter;
import dev.hone.adapter.ReplyFormatException;
import dev.hone.json.Json;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmResponse.StopReason;
import dev.hone.prompt.Demo;
import dev.hone.prompt.Prompt;
import dev.hone.signature.Codec;
import dev.hone.signature.Signature;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tests that every {@link Adapter} must pass, for values of every type, and for tools,
 * trajectories, histories and images; extend it in the tests of an adapter. What a model would
 * answer is taken from how the adapter shows a demo's answer.
 */
public abstract class AdapterContract extends AdapterTurnsContract {
  /** Makes the contract; for subclasses. */
  protected AdapterContract() {}

  /** The adapter under test. Called several times a test. */
  @Override
  protected abstract Adapter adapter();

  /** What the model offers that prompts are rendered for. Default: nothing but text. */
  @Override
  protected Capabilities capabilities() {
    return Capabilities.TEXT;
  }

  /**
   * Whether texts come back as they were: with white space at their ends, and empty ones and words
   * such as {@code null} told from null. Default: no; such texts are then not tried.
   */
  protected boolean keepsTextsExactly() {
    return false;
  }

  /**
   * What a model answers that answers rightly. Default: the last answer that the adapter writes for
   * a demo with these outputs, as the text and the parts of a reply.
   *
   * @param prompt what is asked
   * @param outputs what is answered
   */
  @Override
  protected LmResponse answer(Prompt prompt, ObjectNode outputs) {
    Prompt shown =
        Prompt.of(
                prompt.signature(),
                prompt.instructions(),
                List.of(new Demo(prompt.input(), outputs, Demo.Origin.LABELED, "")),
                prompt.input())
            .withTools(prompt.tools());
    LmMessage last =
        render(shown).messages().stream()
            .filter(message -> message.role() == LmMessage.Role.ASSISTANT)
            .reduce((a, b) -> b)
            .orElseThrow();
    return LmResponse.builder().parts(last.parts()).build();
  }

  private LmRequest render(Prompt prompt) {
    return adapter().render(prompt, LmOptions.defaults(), capabilities());
  }

  private static Prompt prompt(Signature<?, ?> signature, String question) {
    return Prompt.of(
        signature, "Answer the question.", List.of(), Json.object().put("question", question));
  }

  /** A sample with one of its values, in one of its signatures. */
  private record Case(AdapterSample sample, boolean alone, String value) {
    Prompt prompt() {
      return AdapterContract.prompt(sample.signature(alone), "What is it?");
    }

    ObjectNode outputs() {
      return sample.outputs(alone, value);
    }

    /** Another value of the same type that an answer may have. */
    ObjectNode otherThan() {
      int next = (sample.values().indexOf(value) + 1) % sample.values().size();
      return sample.outputs(alone, sample.values().get(next));
    }
  }

  private List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (AdapterSample sample : AdapterSample.all(keepsTextsExactly())) {
      for (String value : sample.values()) {
        cases.add(new Case(sample, true, value));
        cases.add(new Case(sample, false, value));
      }
    }
    return cases;
  }

  private String read(Prompt prompt, LmResponse response) {
    return Json.write(adapter().parse(prompt, response));
  }

  @Test
  void readsTheAnswerThatItShowsForEveryValueOfEveryType() {
    for (Case one : cases()) {
      LmResponse answer = answer(one.prompt(), one.outputs());

      assertThat(read(one.prompt(), answer))
          .as("%s:%n%s", one.sample(), answer.text())
          .isEqualTo(Json.write(one.outputs()));
    }
  }

  @Test
  void equalPromptsGiveEqualRequestsWithTheTaskAndTheQuestion() {
    for (Case one : cases()) {
      LmRequest request = render(one.prompt());

      assertThat(request).isEqualTo(render(one.prompt()));
      assertThat(request.messages()).extracting(LmMessage::text).noneMatch(String::isBlank);
      assertThat(request.messages().get(0).role()).isEqualTo(LmMessage.Role.SYSTEM);
      assertThat(request.messages().get(0).text()).contains("Answer the question.");
      LmMessage last = request.messages().get(request.messages().size() - 1);
      assertThat(last.role()).isEqualTo(LmMessage.Role.USER);
      assertThat(last.text()).contains("What is it?");
    }
  }

  @Test
  void valuesOfEveryTypeMayBeInputs() {
    for (Case one : cases()) {
      Signature<?, ?> signature =
          Signature.of(
              Codec.ofJson(List.of(one.sample().field())),
              Codec.ofJson(List.of(Field.of("answer", new FieldType.Text()))),
              "Answer the question.");
      ObjectNode input = one.sample().outputs(true, one.value());
      Prompt prompt = Prompt.of(signature, "Answer the question.", List.of(), input);
      LmResponse answer = answer(prompt, Json.object().put("answer", "so"));

      assertThat(read(prompt, answer)).isEqualTo("{\"answer\":\"so\"}");
    }
  }

  @Test
  void noInputForgesAnAnswer() {
    for (Case one : cases()) {
      String forged = answer(one.prompt(), one.otherThan()).text();
      Prompt prompt = prompt(one.prompt().signature(), forged + "\n" + forged);
      LmMessage asked = render(prompt).messages().get(1);
      LmResponse answer = answer(prompt, one.outputs());
      if (answer.text().isBlank()) {
        continue;
      }
      LmResponse repeating = answer.toBuilder().text(asked.text() + "\n\n" + answer.text()).build();

      assertRightOrRefused(prompt, repeating, one);
    }
  }

  private void assertRightOrRefused(Prompt prompt, LmResponse response, Case one) {
    String read;
    try {
      read = read(prompt, response);
    } catch (ReplyFormatException refused) {
      assertThat(refused.getMessage()).isNotBlank();
      return;
    }
    assertThat(read)
        .as("%s:%n%s", one.sample(), response.text())
        .isEqualTo(Json.write(one.outputs()));
  }

  @Test
  void whatWasCutOffIsWholeOrRefused() {
    for (Case one : cases()) {
      LmResponse whole = answer(one.prompt(), one.outputs());
      String text = whole.text();
      for (int end = 0; end < text.length(); end += one.alone() ? 1 : 3) {
        LmResponse cut =
            whole.toBuilder()
                .text(text.substring(0, end))
                .stopReason(end % 2 == 0 ? StopReason.LENGTH : StopReason.CONTENT_FILTER)
                .build();

        assertRightOrRefused(one.prompt(), cut, one);
      }
    }
  }

  /** Texts such as {@code <answer>} may stand for an answer where there is another one. */
  private static boolean maybeStandIn(ObjectNode outputs) {
    return outputs.path(AdapterSample.NAME).asString("").startsWith("<");
  }

  @Test
  void twoAnswersWithNothingBetweenThemAreRefused() {
    for (Case one : cases()) {
      String first = answer(one.prompt(), one.outputs()).text();
      String second = answer(one.prompt(), one.otherThan()).text();
      boolean differ = !one.outputs().equals(one.otherThan());
      boolean standIn = maybeStandIn(one.outputs()) || maybeStandIn(one.otherThan());
      if (!first.isBlank() && differ && !standIn) {
        LmResponse both = LmResponse.builder().text(first + "\n" + second).build();

        assertThat(catchThrowable(() -> adapter().parse(one.prompt(), both)))
            .as("%s:%n%s", one.sample(), both.text())
            .isInstanceOf(ReplyFormatException.class);
      }
    }
  }

  @Test
  void whatIsNoAnswerIsRefusedAndTheErrorGoesBackToTheModel() {
    for (Case one : cases()) {
      for (String reply : List.of("", " \n", "I cannot help with that.", "<", "{", "[[ ##")) {
        assertThatThrownBy(
                () -> adapter().parse(one.prompt(), LmResponse.builder().text(reply).build()))
            .isInstanceOfSatisfying(
                ReplyFormatException.class,
                error -> {
                  LmMessage repair = adapter().repairTurn(one.prompt(), error);
                  assertThat(repair.role()).isEqualTo(LmMessage.Role.USER);
                  assertThat(repair.text()).isNotBlank();
                });
      }
    }
  }
}
