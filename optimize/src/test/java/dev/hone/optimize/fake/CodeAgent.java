package dev.hone.optimize.fake;

import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.json.Json;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import dev.hone.lm.MessagePart;
import dev.hone.lm.MessagePart.ToolCall;
import dev.hone.lm.ToolSpec;
import dev.hone.metric.Metric;
import dev.hone.program.Predict;
import dev.hone.program.Program;
import dev.hone.prompt.Trajectory;
import dev.hone.signature.Codec;
import dev.hone.signature.Signature;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import dev.hone.type.MessageKind;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An agent that looks up the code of a name by a tool, which knows names in capital letters only.
 * Its description does not say so.
 */
public record CodeAgent(Predict<ObjectNode, ObjectNode> step)
    implements Program<CodeAgent.Ask, CodeAgent.Told> {
  /** What the tool says of a name that it knows. */
  public static final String KNOWN = "the code of ";

  private static final int MOST_TURNS = 3;

  /** What is asked. */
  public record Ask(String name) {}

  /** What is told. */
  public record Told(String code) {}

  /** The agent as it is given. */
  public static CodeAgent create() {
    ObjectNode query = schema("query");
    return new CodeAgent(
        Predict.of(signature())
            .withTools(
                List.of(
                    ToolSpec.of("lookup", "Looks something up.", query),
                    ToolSpec.of("submit", "Gives the answer.", schema("code")))));
  }

  private static ObjectNode schema(String argument) {
    ObjectNode schema = Json.object().put("type", "object");
    schema.putObject("properties").putObject(argument).put("type", "string");
    return schema;
  }

  private static Signature<ObjectNode, ObjectNode> signature() {
    return Signature.of(
        Codec.ofJson(
            List.of(
                Field.of("name", new FieldType.Text()),
                Field.of("trajectory", new FieldType.Message(MessageKind.TRAJECTORY)))),
        Codec.ofJson(
            List.of(
                Field.of("thought", new FieldType.Text(true)),
                Field.of("calls", new FieldType.Message(MessageKind.TOOL_CALLS)))),
        "Find the code of the name.");
  }

  @Override
  public Told run(Ask ask) {
    Trajectory turns = Trajectory.empty();
    for (int i = 0; i < MOST_TURNS; i++) {
      ObjectNode input = Json.object().put("name", ask.name());
      input.set("trajectory", turns.toJson());
      ObjectNode said = step.run(input);
      ToolCall call = Trajectory.call(said.path("calls").path(0));
      JsonNode arguments = Json.parse(call.arguments());
      if (call.name().equals("submit")) {
        return new Told(arguments.path("code").asString());
      }
      turns =
          turns.plus(
              new Trajectory.Turn(
                  said.path("thought").asString(),
                  List.of(call),
                  List.of(lookup(call, arguments.path("query").asString()))));
    }
    return new Told("none");
  }

  private static MessagePart.ToolResult lookup(ToolCall call, String query) {
    boolean known = query.equals(query.toUpperCase(Locale.ROOT));
    String text = known ? KNOWN + query + " is " + code(query) : "nothing known of " + query;
    return MessagePart.toolResult(call.id(), call.name(), text, !known);
  }

  private static String code(String name) {
    return "c-" + Math.abs(name.toUpperCase(Locale.ROOT).hashCode() % 100_000);
  }

  /** Names with their codes. */
  public static Dataset<Ask, Told> data(int from, int to) {
    return Dataset.of(
        IntStream.range(from, to)
            .mapToObj(i -> "name-" + i)
            .map(name -> Example.of(new Ask(name), new Told(code(name))))
            .toList());
  }

  /** Whether the code is right. */
  public static Metric<Ask, Told> metric() {
    return Metric.exact(Told::code);
  }

  /**
   * A model that looks up names in capital letters if the tool's description says so, else one name
   * in three by luck; and that writes descriptions by a function.
   */
  public static final class Model implements LanguageModel {
    private static final Pattern NAME = Pattern.compile("(?m)^name-(\\d+)$");

    private final Function<SeenPrompt, String> describe;
    private final Queue<LmRequest> requests = new ConcurrentLinkedQueue<>();

    /** A model that describes the lookup by a function of the prompt. */
    public Model(Function<SeenPrompt, String> describe) {
      this.describe = describe;
    }

    /** All requests so far. */
    public List<LmRequest> requests() {
      return List.copyOf(requests);
    }

    /** The prompts so far that ask for descriptions of tools. */
    public List<SeenPrompt> describing() {
      return requests().stream().filter(Model::asksForDescriptions).map(SeenPrompt::of).toList();
    }

    private static boolean asksForDescriptions(LmRequest request) {
      return request.messages().get(0).text().contains("`descriptions`");
    }

    @Override
    public String id() {
      return "code-agent";
    }

    @Override
    public LmResponse call(LmRequest request) {
      requests.add(request);
      return LmResponse.of(reply(request), LmUsage.of(10, 5), id());
    }

    private String reply(LmRequest request) {
      if (request.messages().get(0).text().contains("`calls`")) {
        return act(request);
      }
      SeenPrompt prompt = SeenPrompt.of(request);
      if (asksForDescriptions(request)) {
        ObjectNode said = Json.object();
        said.put("lookup", describe.apply(prompt)).put("submit", "Gives the answer.");
        return "[[ ## descriptions ## ]]\n" + Json.write(said) + "\n\n[[ ## completed ## ]]";
      }
      StringBuilder reply = new StringBuilder();
      ProposerRules.echo(prompt)
          .forEach((f, v) -> reply.append("[[ ## %s ## ]]\n%s\n\n".formatted(f, v)));
      return reply.append("[[ ## completed ## ]]").toString();
    }

    private static String act(LmRequest request) {
      List<LmMessage> messages = request.messages();
      String last = messages.get(messages.size() - 1).text();
      Matcher known = Pattern.compile(KNOWN + "\\S+ is (c-\\d+)").matcher(last);
      if (known.find()) {
        return calls("submit", "code", known.group(1));
      }
      if (last.contains("nothing known of")) {
        return calls("submit", "code", "unknown");
      }
      Matcher name = NAME.matcher(last);
      if (!name.find()) {
        throw new IllegalStateException("No name in " + request.toText());
      }
      boolean told = messages.get(0).text().contains("capital letters");
      boolean lucky = Integer.parseInt(name.group(1)) % 3 == 0;
      String query = told || lucky ? name.group().toUpperCase(Locale.ROOT) : name.group();
      return calls("lookup", "query", query);
    }

    private static String calls(String tool, String argument, String value) {
      return """
          [[ ## thought ## ]]
          Next.

          [[ ## calls ## ]]
          [{"tool": "%s", "arguments": {"%s": "%s"}}]

          [[ ## completed ## ]]"""
          .formatted(tool, argument, value);
    }
  }
}
