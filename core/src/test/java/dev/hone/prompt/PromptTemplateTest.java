package dev.hone.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.program.Predict;
import org.junit.jupiter.api.Test;

class PromptTemplateTest {
  record Ticket(String ticket, String language) {}

  record Topic(String topic) {}

  @Test
  void keepsTheTextAndNamesTheFieldsInPlaceOfTheVariables() {
    Predict<Ticket, Topic> predict =
        Predict.ofPrompt(
            "Say what the ticket is about.\n\nTicket: {{ticket}}\nAnswer in {{ language }}.",
            Ticket.class,
            Topic.class);

    assertThat(predict.state().instructions())
        .isEqualTo("Say what the ticket is about.\n\nTicket: `ticket`\nAnswer in `language`.");
    assertThat(predict.signature()).hasToString("ticket: text, language: text -> topic: text");
  }

  @Test
  void aVariableMayAppearTwiceAndAFieldNotAtAll() {
    PromptTemplate template = PromptTemplate.of("{{a}} and {{b}} and {{a}}, 100% of $1");

    assertThat(template.variables()).containsExactly("a", "b");
    assertThat(template.instructions(java.util.List.of("a", "b", "c")))
        .isEqualTo("`a` and `b` and `a`, 100% of $1");
  }

  @Test
  void namesTheFieldThatAVariableMayMean() {
    assertThatThrownBy(() -> Predict.ofPrompt("About {{tiket}}", Ticket.class, Topic.class))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "The prompt has the variable {{tiket}}, and the inputs are [ticket, language]. Maybe"
                + " write {{ticket}}.");
    assertThatThrownBy(() -> Predict.ofPrompt(" ", Ticket.class, Topic.class))
        .hasMessageContaining("blank");
  }
}
