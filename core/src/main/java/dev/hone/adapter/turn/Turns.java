package dev.hone.adapter.turn;

import dev.hone.InvalidInputException;
import dev.hone.adapter.frame.HeaderText;
import dev.hone.adapter.prose.FieldHints;
import dev.hone.adapter.tool.CallFields;
import dev.hone.adapter.tool.SectionLayout;
import dev.hone.adapter.tool.ToolList;
import dev.hone.json.Json;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.MessagePart;
import dev.hone.prompt.Demo;
import dev.hone.prompt.Prompt;
import dev.hone.prompt.Trajectory;
import dev.hone.text.Excerpt;
import dev.hone.text.Plural;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * The turns of a conversation: demos with missing outputs, whole demos, then the input. What asks
 * for the answer stands in the turn that is to be answered, not in those that have one.
 */
public final class Turns {
  /** What stands for an output that a demo lacks. */
  public static final String NOT_GIVEN = "(not given in this example)";

  private static final int SHOWN_CHARS = 120;

  private final Prompt prompt;
  private final SectionLayout layout;
  private final String system;
  private final String ask;
  private final CallFields fields;
  private final TrajectoryTurns trajectories;
  private final HistoryTurns histories;

  private Turns(Prompt prompt, SectionLayout layout, String system, String ask) {
    this.prompt = prompt;
    this.layout = layout;
    this.system = system;
    this.ask = ask;
    this.fields = PromptText.of(prompt.signature()).calls();
    this.trajectories = new TrajectoryTurns(fields, layout);
    this.histories = new HistoryTurns(fields, layout);
  }

  /**
   * The turns of a prompt.
   *
   * @param system the system message up to the tools and the task
   * @param ask what ends the turn that is to be answered
   */
  public static Turns of(Prompt prompt, SectionLayout layout, String system, String ask) {
    return new Turns(prompt, layout, system, ask);
  }

  /** Whether the tools go into the request, and calls and results are parts of messages. */
  public boolean isNative(Capabilities capabilities) {
    return capabilities.toolCalls() && fields.only() && !prompt.tools().isEmpty();
  }

  /** A request with all messages, and the tools if the model takes them. */
  public LmRequest.Builder request(LmOptions options, Capabilities capabilities) {
    boolean parts = isNative(capabilities);
    trajectories.showImages(capabilities.images());
    List<LmMessage> messages = messages(parts);
    requireTaken(messages, capabilities);
    LmRequest.Builder request = LmRequest.builder().options(options).messages(messages);
    return parts
        ? request.tools(prompt.tools()).requiredTool(prompt.requiredTool().orElse(null))
        : request;
  }

  private static void requireTaken(List<LmMessage> messages, Capabilities capabilities) {
    for (LmMessage message : messages) {
      for (MessagePart part : message.parts()) {
        if (part instanceof MessagePart.Image && !capabilities.images()) {
          throw InvalidInputException.of(
              "The prompt has an image, and the model takes none",
              "use a model that takes images, or say that this one does by its capabilities");
        } else if (part instanceof MessagePart.File file && !capabilities.takes(file.mediaType())) {
          throw InvalidInputException.of(
              "The prompt has a file of %s, and the model takes %s"
                  .formatted(
                      file.mediaType(),
                      capabilities.files().isEmpty()
                          ? "no files"
                          : "files of " + capabilities.files()),
              "use a model that takes it, or say that this one does by its capabilities");
        }
      }
    }
  }

  private List<LmMessage> messages(boolean parts) {
    List<LmMessage> messages = new ArrayList<>(2 * prompt.demos().size() + 2);
    messages.add(LmMessage.system(system(parts)));
    List<LmMessage> whole = new ArrayList<>(2 * prompt.demos().size());
    for (Demo demo : prompt.demos()) {
      boolean complete = given(prompt, demo) == prompt.signature().outputFields().size();
      demo(complete ? whole : messages, demo, parts);
    }
    messages.addAll(whole);
    toAnswer(messages, parts);
    return messages;
  }

  private String system(boolean parts) {
    String tools =
        parts || prompt.tools().isEmpty()
            ? ""
            : "\n\n" + ToolList.of(prompt.tools(), layout).stripTrailing();
    return (parts ? nativeSystem() : system) + tools + PromptText.TASK + prompt.instructions();
  }

  /** What a system message says where answers are calls: the inputs and their layout only. */
  private String nativeSystem() {
    StringBuilder text =
        new StringBuilder("Do the task below by calling tools.\n\nInput fields:\n");
    fields.shown().forEach(field -> text.append(FieldHints.bullet(field)));
    text.append("\nThe input has this layout:\n\n");
    fields
        .shown()
        .forEach(
            field ->
                text.append(layout.open(field.name()))
                    .append(FieldHints.inputPlaceholder(field))
                    .append(layout.close(field.name())));
    return text.toString().stripTrailing();
  }

  private String ask(boolean parts) {
    return parts ? askForCall(prompt) : prompt.requiredTool().map(Turns::call).orElse("") + ask;
  }

  private static String askForCall(Prompt prompt) {
    return prompt.requiredTool().map(Turns::call).orElse("Call a tool.").strip();
  }

  private static String call(String tool) {
    return "Call the tool `" + tool + "` now. ";
  }

  /** What asks once more for a call that could not be read. */
  public static LmMessage callAgain(Prompt prompt, String problem) {
    return LmMessage.user(
        "That reply could not be read. "
            + HeaderText.disguise(problem)
            + "\n\n"
            + askForCall(prompt));
  }

  private String advice() {
    return prompt.advice().isEmpty()
        ? ""
        : "Advice for this try: "
            + layout.value(StringNode.valueOf(prompt.advice()), new FieldType.Text())
            + "\n\n";
  }

  private void demo(List<LmMessage> messages, Demo demo, boolean parts) {
    Trajectory done = trajectory(demo.inputs()).withoutThinking();
    UserTurn question = question(messages, new Asked("demo", demo.inputs(), done), parts);
    question.endOr(ask(parts));
    messages.add(question.message());
    addTurns(messages, done, "", parts);
    if (parts) {
      trajectories.addExample(messages, demo.outputs());
    } else {
      messages.add(
          LmMessage.assistant(
              layout.answer(
                  prompt.signature().outputFields(), trajectories.worded(demo.outputs()))));
    }
  }

  /** The question that is to be answered, and what was done about it so far. */
  private void toAnswer(List<LmMessage> messages, boolean parts) {
    Trajectory done = trajectory(prompt.input());
    UserTurn question = question(messages, new Asked("input", prompt.input(), done), parts);
    String asking = ask(parts);
    if (parts || done.turns().isEmpty()) {
      question.text(advice() + asking);
    } else {
      question.endOr(asking);
    }
    messages.add(question.message());
    addTurns(messages, done, parts ? asking : advice() + asking, parts);
  }

  /** What is asked: the values of the input fields, named for errors, and what was done so far. */
  private record Asked(String where, ObjectNode values, Trajectory done) {}

  /** The question under way, after the earlier exchanges of its history. */
  private UserTurn question(List<LmMessage> messages, Asked asked, boolean parts) {
    histories.add(messages, asked.values(), ask(parts), parts);
    UserTurn question = question(asked.values(), asked.where());
    int leftOut = asked.done().leftOut();
    if (leftOut > 0) {
      question.text("(%s left out here.)\n\n".formatted(Plural.of(leftOut, "earlier turn")));
    }
    return question;
  }

  private void addTurns(List<LmMessage> messages, Trajectory done, String ask, boolean parts) {
    if (parts) {
      trajectories.addParts(messages, done.turns(), ask);
    } else {
      trajectories.addWords(messages, done.turns(), ask);
    }
  }

  private Trajectory trajectory(ObjectNode values) {
    Field field = fields.trajectory();
    return field == null || !values.has(field.name())
        ? Trajectory.empty()
        : Trajectory.ofJson(values.path(field.name()));
  }

  private static int given(Prompt prompt, Demo demo) {
    List<Field> outputs = prompt.signature().outputFields();
    int given = 0;
    for (Field field : outputs) {
      given += isGiven(field, demo.outputs()) ? 1 : 0;
    }
    if (given == 0) {
      throw InvalidInputException.of(
          "A demo has a value for none of the output fields %s, its outputs are %s"
              .formatted(names(outputs), shortened(demo.outputs())),
          "give it an output, or leave the demo out");
    }
    return given;
  }

  /** Whether an object has a value for a field; an absent optional is a value. */
  public static boolean isGiven(Field field, ObjectNode values) {
    JsonNode value = values.get(field.name());
    return value != null && (!value.isNull() || mayBeNull(field.type()));
  }

  private static boolean mayBeNull(FieldType type) {
    return type instanceof FieldType.OptionalOf || type instanceof FieldType.Any;
  }

  private UserTurn question(ObjectNode values, String where) {
    UserTurn turn = new UserTurn(layout);
    for (Field field : fields.shown()) {
      if (!isGiven(field, values)) {
        throw InvalidInputException.of(
            "The %s has no value for \"%s\", expected %s; it is %s"
                .formatted(where, field.name(), field.type().label(), shortened(values)),
            "give it all of " + names(fields.shown()));
      }
      turn.section(field.name(), field.type(), values.get(field.name()));
    }
    return turn;
  }

  /** Writes one section with its value. */
  public static void section(
      StringBuilder text, Field field, ObjectNode values, SectionLayout layout) {
    text.append(
        isGiven(field, values)
            ? layout.section(field.name(), values.get(field.name()), field.type())
            : layout.open(field.name()) + NOT_GIVEN + layout.close(field.name()));
  }

  /** A value as it stands in a section: texts and scalars bare, everything else as JSON. */
  public static String text(JsonNode value, FieldType type) {
    if (value.isString() && !(type instanceof FieldType.Any)) {
      return HeaderText.disguise(value.stringValue());
    }
    if (value.isNull()) {
      return "null";
    }
    return value.isNumber() || value.isBoolean()
        ? value.asString()
        : HeaderText.disguiseJson(Json.write(value));
  }

  private static String shortened(ObjectNode values) {
    return Excerpt.of(Json.write(values), SHOWN_CHARS);
  }

  private static List<String> names(List<Field> fields) {
    return fields.stream().map(Field::name).toList();
  }
}
