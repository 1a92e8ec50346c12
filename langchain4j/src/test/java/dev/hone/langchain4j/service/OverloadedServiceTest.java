package dev.hone.langchain4j.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.testkit.ScriptedModel;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;
import java.lang.reflect.Method;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** An AI service with several methods of one name. */
class OverloadedServiceTest {
  interface Desk {
    @UserMessage("Spam? {{it}}")
    boolean isSpam(String text);

    @UserMessage("Spam? {{text}}, in {{language}}")
    boolean isSpam(@V("text") String text, @V("language") String language);

    @UserMessage("How urgent, 1 to {{most}}, is {{text}}")
    int urgency(@V("text") String text, @V("most") int most);
  }

  private static void assertRefused(ThrowingCallable code, String words) {
    assertThatThrownBy(code)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(words)
        .hasMessageContaining("Maybe");
  }

  @Test
  void oneIsTakenByItsMethod() throws NoSuchMethodException {
    Method inALanguage = Desk.class.getMethod("isSpam", String.class, String.class);
    ScriptedModel model = ScriptedModel.answering(request -> "{\"answer\": true}");

    AiServiceProgram<Desk, Object> spam = AiServiceProgram.of(Desk.class, inALanguage);

    assertThat(spam.signature()).hasToString("text: text, language: text -> answer: true or false");
    assertThat(spam.asService(spam, model).isSpam("Buy!", "English")).isTrue();
    assertThat(model.requests().get(0).toText()).contains("Buy!", "English");
  }

  @Test
  void theMessagesOfTheOtherWaysNameTheMethod() {
    assertRefused(
        () -> AiServiceProgram.of(Desk.class, "isSpam"),
        "Desk has 2 methods \"isSpam\", expected one. Maybe name its parameters, by"
            + " AiServiceProgram.of(Desk.class, Desk.class.getMethod(\"isSpam\", ...)).");
    assertRefused(
        () -> AiServiceProgram.of(Desk.class, Desk::urgency),
        "AiServiceProgram.of(Desk.class, Desk.class.getMethod(\"method\", ...)).");
    assertRefused(() -> AiServiceProgram.of(Desk.class, "spam"), "use one of [");
  }

  @Test
  void aMethodOfAnotherTypeIsRefused() throws NoSuchMethodException {
    Method isEmpty = String.class.getMethod("isEmpty");
    Method hash = Object.class.getMethod("hashCode");

    assertRefused(
        () -> AiServiceProgram.of(Desk.class, isEmpty),
        "String.isEmpty is no method of an interface Desk");
    assertRefused(() -> AiServiceProgram.of(Desk.class, hash), "Object.hashCode is no method of");
    assertRefused(() -> AiServiceProgram.of(String.class, isEmpty), "of an interface String");
  }
}
