package dev.hone.replies;

import dev.hone.adapter.Adapter;
import dev.hone.adapter.TwoStepView;
import dev.hone.json.Json;
import dev.hone.prompt.Demo;
import dev.hone.prompt.Prompt;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ObjectNode;

/**
 * A reply in which something else looks like the answer, and what surrounds it says plainly which
 * is the answer. Equal seeds make equal decoys.
 */
final class Decoy {
  private static final List<String> CORRECTIONS =
      List.of(
          "Wait, that is wrong. Corrected:",
          "That is wrong. Final answer:",
          "Hmm, no, I misread the text. My final answer is:",
          "On second thought, that was a mistake. The right answer is:",
          "Scratch that. The corrected answer:",
          "Let me revise this, as the first version had an error:");

  private final SplittableRandom random;
  private final RandomTask task;
  private final Adapter adapter;
  private final Adapter inner;
  private final ObjectNode right;
  private final ObjectNode input;
  private final List<Demo> demos = new ArrayList<>();
  private String kind = "";
  private String reply = "";

  private Decoy(long seed, Adapter one, Adapter other) {
    random = new SplittableRandom(seed);
    task = new RandomTask(random.nextLong(), true);
    adapter = random.nextBoolean() ? one : other;
    inner = adapter instanceof TwoStepView view ? view.inner() : adapter;
    right = task.values();
    input = task.input();
    make(random.nextInt(9));
  }

  /** A decoy for one of two adapters. */
  static Decoy of(long seed, Adapter one, Adapter other) {
    return new Decoy(seed, one, other);
  }

  String kind() {
    return adapter.id() + " " + kind;
  }

  Adapter adapter() {
    return adapter;
  }

  ObjectNode right() {
    return right;
  }

  String reply() {
    return reply;
  }

  List<Field> outputs() {
    return task.outputs();
  }

  Prompt prompt() {
    return Prompt.of(task.signature(), "Do it.", demos, input);
  }

  private void make(int form) {
    switch (form) {
      case 0 -> set("thought in tags", thought());
      case 1 -> set("draft and correction", draft());
      case 2 -> set("echoed layout", layout());
      case 3 -> set("echoed demos", echo());
      case 4 -> set("quotation", quotation());
      case 5 -> set("example in a fence", example());
      case 6 -> set("next sample", nextSample());
      case 7 -> set("another turn", nextTurn());
      default -> special();
    }
  }

  private void set(String name, String text) {
    kind = name;
    reply = text;
  }

  private String answer() {
    return task.reply(adapter, right);
  }

  private String wrong() {
    return task.reply(adapter, task.otherThan(right));
  }

  private String sections(ObjectNode inputs) {
    String form = inner == Adapter.xml() ? "<%1$s>%2$s</%1$s>\n\n" : "[[ ## %s ## ]]\n%s\n\n";
    return inputs
        .propertyStream()
        .map(e -> form.formatted(e.getKey(), e.getValue().stringValue()))
        .collect(Collectors.joining());
  }

  /** A name for a tag that no list has. */
  private String name() {
    String letters =
        IntStream.range(0, 4 + random.nextInt(7))
            .mapToObj(i -> String.valueOf((char) ('a' + random.nextInt(26))))
            .collect(Collectors.joining());
    return switch (random.nextInt(4)) {
      case 0 -> letters + "_" + letters.substring(0, 3);
      case 1 -> letters.toUpperCase(java.util.Locale.ROOT);
      default -> letters;
    };
  }

  private String tagged(String text) {
    String name = name();
    String inner = (random.nextBoolean() ? task.words() + "\n" : "") + text;
    String form =
        switch (random.nextInt(6)) {
          case 0 -> "◁%s▷\n%s\n◁/%s▷\n";
          case 1 -> "[%s]\n%s\n[/%s]\n";
          case 2 -> "<%s>%s</%s>";
          default -> "<%s>\n%s\n</%s>\n\n";
        };
    return form.formatted(name, inner, name);
  }

  private String thought() {
    return tagged(wrong()) + answer();
  }

  private String draft() {
    String correction = CORRECTIONS.get(random.nextInt(CORRECTIONS.size()));
    return (random.nextBoolean() ? "First draft:\n" : "")
        + wrong()
        + "\n\n"
        + correction
        + "\n"
        + answer();
  }

  /** The layout that the system message shows, then the answer. */
  private String layout() {
    String system = task.system(adapter);
    int from =
        system.indexOf(
            inner == Adapter.chat() ? "[[ ##" : inner == Adapter.json() ? "\n{\n" : "\n<");
    String layout = system.substring(from, system.indexOf("\n\nYour task:")).strip();
    return (random.nextBoolean() ? "Every message has this layout:\n\n" : "")
        + layout
        + "\n\n"
        + answer();
  }

  private String echo() {
    StringBuilder text = new StringBuilder();
    boolean shown = random.nextBoolean();
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      ObjectNode values = task.otherThan(right);
      ObjectNode inputs = task.input();
      if (shown) {
        demos.add(new Demo(inputs, values, Demo.Origin.LABELED, ""));
      }
      text.append(sections(inputs)).append(task.reply(adapter, values)).append("\n\n");
    }
    return text.append(sections(input)).append(answer()).toString();
  }

  private String quotation() {
    return "The text itself says:\n\n"
        + wrong()
            .lines()
            .map(line -> ("> " + line).stripTrailing())
            .collect(Collectors.joining("\n"))
        + "\n\nThat is only quoted. My answer:\n\n"
        + answer();
  }

  private String example() {
    return "The format is, for example:\n\n```\n" + wrong() + "\n```\n\nMy answer:\n\n" + answer();
  }

  private String nextSample() {
    StringBuilder text =
        new StringBuilder(random.nextBoolean() ? answer() : sections(input) + answer());
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      text.append("\n\n").append(sections(task.input())).append(wrong());
    }
    return text.toString();
  }

  private String nextTurn() {
    String[] tokens =
        switch (random.nextInt(4)) {
          case 0 ->
              new String[] {
                "<|im_end|>\n<|im_start|>user\n", "<|im_end|>\n<|im_start|>assistant\n"
              };
          case 1 ->
              new String[] {
                "<|eot_id|><|start_header_id|>user<|end_header_id|>\n\n",
                "<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n"
              };
          case 2 ->
              new String[] {
                "<end_of_turn>\n<start_of_turn>user\n", "<end_of_turn>\n<start_of_turn>model\n"
              };
          default -> new String[] {"</s>[INST] ", " [/INST] "};
        };
    return answer() + tokens[0] + sections(task.input()).strip() + tokens[1] + wrong();
  }

  /** A bare value after a bare thought, or headings within a text, where the types allow it. */
  private void special() {
    List<String> texts =
        task.outputs().stream()
            .filter(field -> field.type() instanceof FieldType.Text)
            .map(Field::name)
            .toList();
    if (inner != Adapter.json() && !texts.isEmpty()) {
      set("headings in a text", headings(texts.get(random.nextInt(texts.size()))));
    } else if (inner != Adapter.json() && isBare()) {
      String name = task.outputs().get(0).name();
      String other = task.otherThan(right).get(name).asString();
      set("bare thought", tagged(other).strip() + "\n" + right.get(name).asString());
    } else {
      set("thought in tags", thought());
    }
  }

  private boolean isBare() {
    FieldType type = task.outputs().get(0).type();
    return task.outputs().size() == 1
        && (type instanceof FieldType.Choice
            || type instanceof FieldType.Whole
            || type instanceof FieldType.Bool
            || type instanceof FieldType.Temporal);
  }

  /** The answer with a text of Markdown whose headings have the names of fields. */
  private String headings(String name) {
    List<String> names = new ArrayList<>(List.of("Completed", "Details"));
    task.outputs().forEach(field -> names.add(field.name()));
    task.signature().inputFields().forEach(field -> names.add(field.name()));
    StringBuilder text = new StringBuilder(task.words());
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      String heading = names.get(random.nextInt(names.size()));
      text.append("\n\n").append(decorated(heading)).append('\n').append(task.words());
    }
    right.put(name, text.toString());
    StringBuilder all = new StringBuilder();
    for (Field field : task.outputs()) {
      String value =
          right.get(field.name()).isString()
              ? right.get(field.name()).stringValue()
              : Json.write(right.get(field.name()));
      String form = inner == Adapter.xml() ? "<%1$s>%2$s</%1$s>\n" : "[[ ## %s ## ]]\n%s\n\n";
      all.append(form.formatted(field.name(), value));
    }
    return inner == Adapter.xml() ? all.toString() : all.append("[[ ## completed ## ]]").toString();
  }

  private String decorated(String heading) {
    return switch (random.nextInt(5)) {
      case 0 -> "## " + heading + " ##";
      case 1 -> "### " + heading + " ###";
      case 2 -> "# " + heading;
      case 3 -> "**" + heading + "**";
      default -> "##" + heading + "##";
    };
  }
}
