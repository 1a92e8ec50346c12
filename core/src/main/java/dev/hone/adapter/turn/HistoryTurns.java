package dev.hone.adapter.turn;

import dev.hone.adapter.tool.CallFields;
import dev.hone.adapter.tool.SectionLayout;
import dev.hone.lm.LmMessage;
import dev.hone.signature.ChatHistory;
import dev.hone.signature.ChatHistory.Exchange;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The earlier exchanges of a conversation as its turns. Values of names that the signature does not
 * have are shown, too: a conversation may have gone through other programs.
 */
public final class HistoryTurns {
  private static final FieldType ANY = new FieldType.Any();
  private static final FieldType TEXT = new FieldType.Text();
  private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");

  private final CallFields fields;
  private final SectionLayout layout;

  /** Turns in the layout of an adapter. */
  public HistoryTurns(CallFields fields, SectionLayout layout) {
    this.fields = fields;
    this.layout = layout;
  }

  /**
   * Adds the exchanges of the inputs' history, if there is one.
   *
   * @param ask what a turn of the user says that has nothing else
   * @param parts whether answers are not framed
   */
  public void add(List<LmMessage> messages, ObjectNode inputs, String ask, boolean parts) {
    Field history = fields.history();
    if (history == null) {
      return;
    }
    for (Exchange exchange : ChatHistory.ofJson(inputs.path(history.name())).exchanges()) {
      boolean known =
          !parts && fields.outputs().stream().anyMatch(f -> exchange.outputs().has(f.name()));
      UserTurn turn = new UserTurn(layout);
      for (Field field : ordered(exchange.inputs(), fields.shown())) {
        turn.section(field.name(), field.type(), exchange.inputs().path(field.name()));
      }
      turn.endOr(known ? ask : "");
      messages.add(turn.message());
      messages.add(LmMessage.assistant(answer(exchange.outputs(), known, parts)));
    }
  }

  private String answer(ObjectNode outputs, boolean known, boolean parts) {
    if (!parts) {
      return layout.answer(known ? fields.outputs() : ordered(outputs, List.of()), outputs);
    }
    return outputs.size() == 1
        ? plain(outputs.iterator().next())
        : outputs.properties().stream()
            .map(member -> member.getKey() + ": " + plain(member.getValue()))
            .collect(Collectors.joining("\n"));
  }

  private static String plain(JsonNode value) {
    String text = value.isString() ? value.stringValue() : value.toString();
    return text.isBlank() ? "(nothing)" : text;
  }

  /** The fields of values: those that are known in their order, then the others. */
  private static List<Field> ordered(ObjectNode values, List<Field> known) {
    Map<String, Field> fields =
        known.stream()
            .filter(field -> values.has(field.name()))
            .collect(
                Collectors.toMap(Field::name, field -> field, (a, b) -> a, LinkedHashMap::new));
    values
        .properties()
        .forEach(
            member -> {
              if (NAME.matcher(member.getKey()).matches()) {
                FieldType type = member.getValue().isString() ? TEXT : ANY;
                fields.putIfAbsent(member.getKey(), Field.of(member.getKey(), type));
              }
            });
    return List.copyOf(fields.values());
  }
}
