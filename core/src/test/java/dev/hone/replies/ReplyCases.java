package dev.hone.replies;

import dev.hone.adapter.Adapter;
import dev.hone.json.Json;
import dev.hone.lm.LmResponse.StopReason;
import dev.hone.prompt.Demo;
import dev.hone.prompt.Prompt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Reads the corpus of replies; the README beside the files says how they are written. */
final class ReplyCases {
  static final Path FOLDER = Path.of("src/test/resources/replies");
  private static final String CASE = "%%";
  private static final String REPLY = ">>>";
  private static final String REASONING = ">>> reasoning";
  private static final String EXPECTED = "<<<";
  private static final Pattern INVISIBLE = Pattern.compile("⟨U\\+([0-9A-F]{4,6})⟩");

  private final String file;
  private final List<String> lines;
  private final List<String> defaults = new ArrayList<>();
  private int at;

  private ReplyCases(Path file) throws IOException {
    this.file = String.valueOf(file.getFileName());
    this.lines = Files.readAllLines(file);
  }

  /** All cases of all files, in the order of the files' names. */
  static List<ReplyCase> all() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<ReplyCase> cases = new ArrayList<>();
      for (Path file : files.filter(f -> f.toString().endsWith(".txt")).sorted().toList()) {
        cases.addAll(new ReplyCases(file).cases());
      }
      return cases;
    } catch (IOException e) {
      throw new IllegalStateException("the corpus cannot be read", e);
    }
  }

  private List<ReplyCase> cases() {
    defaults.addAll(headers());
    List<ReplyCase> cases = new ArrayList<>();
    while (at < lines.size()) {
      cases.add(next());
    }
    return cases;
  }

  /** The lines up to the next case or reply, without comments and blank ones. */
  private List<String> headers() {
    List<String> found = new ArrayList<>();
    while (at < lines.size()
        && !lines.get(at).startsWith(CASE)
        && !lines.get(at).startsWith(REPLY)) {
      String line = lines.get(at++);
      if (!line.isBlank() && !line.startsWith("#")) {
        found.add(line);
      }
    }
    return found;
  }

  private ReplyCase next() {
    String place = file + ":" + (at + 1);
    String[] name = lines.get(at++).substring(CASE.length()).strip().split(" ", 2);
    List<String> headers = new ArrayList<>(defaults);
    headers.addAll(headers());
    String reasoning = null;
    if (at < lines.size() && lines.get(at).equals(REASONING)) {
      reasoning = block(place, REPLY);
      at--;
    }
    String reply = block(place, EXPECTED);
    Draft draft = new Draft(place, headers);
    List<ObjectNode> expected = new ArrayList<>();
    boolean refusable = false;
    for (; at < lines.size() && !lines.get(at).startsWith(CASE); at++) {
      String line = lines.get(at);
      if (line.equals("REFUSED")) {
        refusable = true;
      } else if (!line.isBlank() && !line.startsWith("#")) {
        expected.add((ObjectNode) Json.parse(line));
      }
    }
    if (name.length < 2 || expected.isEmpty() && !refusable) {
      throw new IllegalStateException(place + " lacks a title or what is expected");
    }
    return new ReplyCase(
        place,
        name[0],
        name[1],
        draft.source,
        draft.adapters,
        draft.prompt(),
        reply,
        reasoning,
        draft.stop,
        expected,
        refusable);
  }

  /** The text between the line at hand and an end line, which is passed over too. */
  private String block(String place, String end) {
    List<String> text = new ArrayList<>();
    at++;
    while (at < lines.size() && !lines.get(at).equals(end)) {
      text.add(lines.get(at++));
    }
    if (at++ >= lines.size()) {
      throw new IllegalStateException(place + " has no line " + end);
    }
    return visible(String.join("\n", text));
  }

  private static String visible(String text) {
    return INVISIBLE
        .matcher(text)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(Character.toString(Integer.parseInt(found.group(1), 16))));
  }

  /** The header lines of a case, later ones before earlier ones. */
  private static final class Draft {
    private final CaseSignature signature = new CaseSignature();
    private final AgentPrompt agent = new AgentPrompt();
    private final List<Demo> demos = new ArrayList<>();
    private List<Adapter> adapters = List.of();
    private String source = "";
    private StopReason stop = StopReason.STOP;
    private @Nullable ObjectNode input;

    Draft(String place, List<String> headers) {
      for (String header : headers) {
        int colon = header.indexOf(':');
        String value = header.substring(colon + 1).strip();
        switch (header.substring(0, Math.max(colon, 0))) {
          case "signature" -> signature.text(value);
          case "record" -> signature.record(value);
          case "describe" -> signature.describe(value);
          case "limit" -> signature.limit(value);
          case "adapter" -> adapters = adapters(value);
          case "source" -> source = value;
          case "stop" -> stop = StopReason.valueOf(value);
          case "input" -> input = (ObjectNode) Json.parse(visible(value));
          case "tools" -> agent.tools(value);
          case "turn" -> agent.turn((ObjectNode) Json.parse(visible(value)));
          case "native" -> agent.callsByParts(Boolean.parseBoolean(value));
          case "demo" -> demos.add(demo((ObjectNode) Json.parse(visible(value))));
          default -> throw new IllegalStateException(place + " has the header " + header);
        }
      }
    }

    private static List<Adapter> adapters(String value) {
      return switch (value) {
        case "chat" -> List.of(Adapter.chat());
        case "json" -> List.of(Adapter.json());
        case "both" -> List.of(Adapter.chat(), Adapter.json());
        default -> throw new IllegalStateException("no adapter " + value);
      };
    }

    private static Demo demo(ObjectNode node) {
      return new Demo(
          (ObjectNode) node.get("inputs"),
          (ObjectNode) node.get("outputs"),
          Demo.Origin.LABELED,
          "");
    }

    Prompt prompt() {
      if (agent.hasTools()) {
        return agent.prompt(demos, input == null ? Json.object() : input);
      }
      return Prompt.of(
          signature.signature(), "Answer carefully.", demos, input == null ? Json.object() : input);
    }
  }
}
