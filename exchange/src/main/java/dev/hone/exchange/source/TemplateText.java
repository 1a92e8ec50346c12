package dev.hone.exchange.source;

import dev.hone.adapter.Adapter;
import dev.hone.exchange.PortablePredictor;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.type.Field;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A predictor's prompt in the JSON layout, cut for tools that fill templates: what is fixed, and
 * the last turn with a place for each input.
 *
 * @param system the system message
 * @param demos the turns of demos, user and assistant in turn
 * @param user the last turn, in which {@link #MARK} surrounds the name of each input
 */
record TemplateText(String system, List<LmMessage> demos, String user) {
  /** Stands before and behind a name; in no text, since it is no character. */
  static final String MARK = "\uFFFF";

  TemplateText {
    demos = List.copyOf(demos);
  }

  static TemplateText of(PortablePredictor predictor) {
    LmRequest request = predictor.template(Adapter.json(), name -> MARK + name + MARK);
    List<LmMessage> messages = request.messages();
    int last = messages.size() - 1;
    return new TemplateText(
        messages.get(0).text(), messages.subList(1, last), messages.get(last).text());
  }

  /** The system message with the demos behind it, for tools that have one message for both. */
  String systemWithDemos() {
    StringBuilder text = new StringBuilder(system);
    for (int i = 0; i < demos.size(); i++) {
      boolean asked = demos.get(i).role() == LmMessage.Role.USER;
      text.append(asked ? "\n\nExample:\n\n" : "\n\nIts answer:\n\n").append(demos.get(i).text());
    }
    return text.toString();
  }

  /** The last turn as a template. */
  String user(List<Field> inputs, UnaryOperator<String> escape, UnaryOperator<String> place) {
    String text = escape.apply(user);
    for (Field field : inputs) {
      text = text.replace(MARK + field.name() + MARK, place.apply(field.name()));
    }
    return text;
  }
}
