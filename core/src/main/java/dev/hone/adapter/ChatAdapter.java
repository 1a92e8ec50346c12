package dev.hone.adapter;

import dev.hone.adapter.frame.HeaderText;
import dev.hone.adapter.prose.OwnThoughts;
import dev.hone.adapter.tool.SectionLayout;
import dev.hone.adapter.turn.PromptText;
import dev.hone.adapter.turn.Turns;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.prompt.Prompt;
import dev.hone.signature.Signature;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sections marked by headers, in the layout {@code chat/2} of {@code docs/architecture.md}.
 *
 * <p>Replies are read tolerantly: headers of any case, spacing, emphasis and place on the line;
 * reasoning and preambles are ignored; a JSON object with the field names will do; so will the bare
 * value of an only output that is a choice, a number, a boolean, a date or a time. A free text
 * without its header is not accepted, since it cannot be distinguished from a preamble.
 */
final class ChatAdapter implements Adapter {
  static final ChatAdapter INSTANCE = new ChatAdapter();

  @Override
  public String id() {
    return "chat/2";
  }

  @Override
  public ReplyForm replyForm() {
    return ReplyForm.SECTIONS;
  }

  @Override
  public LmRequest render(Prompt asked, LmOptions options, Capabilities capabilities) {
    Prompt prompt = OwnThoughts.asked(asked, capabilities);
    PromptText text = PromptText.of(prompt.signature());
    SectionLayout layout = new Layout(text.names().marker());
    return Turns.of(prompt, layout, text.chatSystem(), text.chatAsk())
        .request(options, capabilities)
        .build();
  }

  @Override
  public ObjectNode parse(Prompt asked, LmResponse response) {
    return OwnThoughts.read(
        asked, response, prompt -> Replies.read(prompt, response, Replies.Form.SECTIONS));
  }

  @Override
  public LmMessage repairTurn(Signature<?, ?> signature, ReplyFormatException error) {
    return LmMessage.user(
        "That answer could not be read. "
            + HeaderText.disguise(String.valueOf(error.getMessage()))
            + "\n\nAnswer again, in full and with nothing around it:\n\n"
            + PromptText.of(signature).chatAnswer());
  }

  /** Sections marked by headers. */
  static class Layout implements SectionLayout {
    private final String marker;

    /**
     * A layout.
     *
     * @param marker the name of the section that ends an answer
     */
    Layout(String marker) {
      this.marker = marker;
    }

    @Override
    public String open(String name) {
      return HeaderText.of(name) + "\n";
    }

    @Override
    public String close(String name) {
      return "\n\n";
    }

    @Override
    public String value(JsonNode value, FieldType type) {
      return Turns.text(value, type);
    }

    @Override
    public String answer(List<Field> fields, ObjectNode values) {
      StringBuilder answer = new StringBuilder(256);
      for (Field field : fields) {
        Turns.section(answer, field, values, this);
      }
      return answer.append(HeaderText.of(marker)).toString();
    }
  }

  @Override
  public String toString() {
    return "Adapter[" + id() + "]";
  }
}
