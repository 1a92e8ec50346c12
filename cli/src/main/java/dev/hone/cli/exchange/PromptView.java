package dev.hone.cli.exchange;

import dev.hone.compiled.Compiled;
import dev.hone.compiled.CompiledDiff;
import dev.hone.exchange.PortablePredictor;
import dev.hone.json.Json;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.ResponseFormat;
import dev.hone.text.Excerpt;
import dev.hone.text.Plural;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** A program as people read it: its prompts, and what was learnt. */
final class PromptView {
  private static final int LONGEST_ORIGIN = 300;

  private final Screen screen;
  private final List<String> lines = new ArrayList<>();

  PromptView(Screen screen) {
    this.screen = screen;
  }

  /** What it is: its predictors, and where what it says comes from. */
  void title(GivenProgram given) {
    int demos =
        given.portable().predictors().stream().mapToInt(p -> p.state().demos().size()).sum();
    String parts =
        Plural.of(given.portable().predictors().size(), "predictor")
            + ", "
            + Plural.of(demos, "demo");
    String from =
        given
            .artifact()
            .map(file -> ", " + madeBy(given) + "from " + file)
            .orElse(", nothing learnt yet");
    titled(given.name(), ": " + parts + from);
  }

  private static String madeBy(GivenProgram given) {
    return given
        .compiled()
        .map(Compiled::provenance)
        .filter(made -> !made.optimizer().equals("none"))
        .map(made -> "by " + made.optimizer() + ", ")
        .orElse("");
  }

  /** The request of a predictor, message by message. */
  void prompt(PortablePredictor predictor, LmRequest request) {
    blank();
    titled(predictor.name(), ": " + predictor.signature());
    List<LmMessage> messages = request.messages();
    for (int i = 0; i < messages.size(); i++) {
      blank();
      lines.add(screen.faint("--- " + role(messages, i) + " ---"));
      lines.addAll(screen.lines(said(messages.get(i)), ""));
    }
    if (request.format() instanceof ResponseFormat.JsonSchema schema) {
      blank();
      lines.add(screen.faint("--- schema of the answer ---"));
      lines.addAll(screen.lines(Json.pretty(schema.schema()), ""));
    }
  }

  private static String said(LmMessage message) {
    if (message.isPlainText()) {
      return message.text();
    }
    String text = LmRequest.of(message).toText();
    return text.substring(text.indexOf('\n') + 1);
  }

  private static String role(List<LmMessage> messages, int index) {
    String role = messages.get(index).role().name().toLowerCase(Locale.ROOT);
    boolean demo = index > 0 && index < messages.size() - 1;
    return demo ? role + " (demo " + ((index + 1) / 2) + ")" : role;
  }

  /** What differs from before: the prompts. */
  void diff(CompiledDiff diff) {
    diff.byPredictor().forEach(this::diff);
  }

  /** Where two saved programs come from, as far as that differs. */
  void origins(CompiledDiff diff) {
    diff.provenance().forEach(line -> add(Excerpt.ofLine(line, LONGEST_ORIGIN), "  "));
  }

  private void diff(String name, CompiledDiff.PredictorDiff diff) {
    blank();
    if (diff.isEmpty()) {
      titled(name, ": the same instructions, " + Plural.of(diff.demosKept(), "demo"));
      return;
    }
    titled(
        name,
        ": instructions %s; demos: %d added, %d removed, %d kept"
            .formatted(
                diff.instructions().isEmpty() ? "the same" : "changed",
                diff.demosAdded().size(),
                diff.demosRemoved().size(),
                diff.demosKept()));
    diff.signature().forEach(change -> add(change, "  "));
    diff.instructions().forEach(this::change);
    diff.demosRemoved().forEach(demo -> change("- " + demo));
    diff.demosAdded().forEach(demo -> change("+ " + demo));
  }

  private void change(String line) {
    String sign = line.length() > 1 ? line.substring(0, 2) : "  ";
    boolean first = true;
    for (String part : screen.lines(line.substring(sign.length()), "    ")) {
      String shown = first ? "  " + sign + part.substring(Math.min(4, part.length())) : part;
      lines.add(screen.change(sign).equals(sign) ? shown : coloured(sign, shown));
      first = false;
    }
  }

  private String coloured(String sign, String shown) {
    String colour = screen.change(sign);
    return colour.substring(0, colour.indexOf(sign)) + shown + "\u001b[0m";
  }

  /** The demos of a predictor. */
  void demos(PortablePredictor predictor) {
    blank();
    titled(predictor.name(), ": " + Plural.of(predictor.state().demos().size(), "demo"));
    lines.addAll(DemoTable.of(predictor, screen.columns()));
  }

  /** A line that begins with a heading, in lines that fit; colours come last. */
  private void titled(String heading, String rest) {
    List<String> fitting = new ArrayList<>(screen.lines(heading + rest, ""));
    String first = fitting.get(0);
    if (first.startsWith(heading)) {
      fitting.set(0, screen.heading(heading) + first.substring(heading.length()));
    }
    lines.addAll(fitting);
  }

  private void add(String text, String indent) {
    lines.addAll(screen.lines(text, indent));
  }

  private void blank() {
    if (!lines.isEmpty()) {
      lines.add("");
    }
  }

  /** All of it. */
  String text() {
    return String.join(System.lineSeparator(), lines);
  }

  /** The state of a predictor as JSON, with its request. */
  static ObjectNode json(PortablePredictor predictor, ObjectNode messages) {
    ObjectNode node = Json.object();
    node.put("signature", predictor.signature().toString());
    node.setAll(predictor.state().toJson());
    node.setAll(messages);
    return node;
  }

  /** What differs as JSON. */
  static ObjectNode json(CompiledDiff diff) {
    ObjectNode node = Json.object();
    diff.provenance().forEach(node.putArray("provenance")::add);
    ObjectNode predictors = node.putObject("predictors");
    diff.byPredictor()
        .forEach(
            (name, one) -> {
              ObjectNode part = predictors.putObject(name);
              one.instructions().forEach(part.putArray("instructions")::add);
              one.demosAdded()
                  .forEach(demo -> part.withArrayProperty("demosAdded").add(Json.parse(demo)));
              one.demosRemoved()
                  .forEach(demo -> part.withArrayProperty("demosRemoved").add(Json.parse(demo)));
              part.put("demosKept", one.demosKept());
              one.signature().forEach(part.withArrayProperty("changes")::add);
            });
    return node;
  }
}
