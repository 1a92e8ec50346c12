package dev.hone.project.strategy;

import dev.hone.project.strategy.StrategySpec.Kind;
import dev.hone.project.yaml.Problems;
import dev.hone.project.yaml.YamlMap;
import dev.hone.project.yaml.YamlNode;
import dev.hone.text.FoldedName;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a strategy: a word, or {@code react} with its tools. */
public final class StrategyReader {
  /** The words of strategies. */
  public static final List<String> WORDS = Arrays.stream(Kind.values()).map(Kind::word).toList();

  /** The keys of an agent. */
  public static final List<String> AGENT_KEYS = List.of("tools", "max turns");

  /** The keys of a server of tools. */
  public static final List<String> SERVER_KEYS =
      List.of("command", "url", "environment", "headers", "only", "prefix");

  private final Problems problems;

  /** A reader that adds what is wrong to some problems. */
  public StrategyReader(Problems problems) {
    this.problems = problems;
  }

  /** The strategy of a value. */
  public StrategySpec read(YamlNode node, String path) {
    if (node.isScalar()) {
      return ofWord(node, path);
    }
    YamlMap map = YamlMap.of(node, path, problems, WORDS);
    Optional<YamlNode> agent = map.get("react");
    if (agent.isPresent()) {
      return agent(YamlMap.of(agent.get(), map.path("react"), problems, AGENT_KEYS));
    }
    return WORDS.stream()
        .filter(map::has)
        .findFirst()
        .flatMap(StrategyReader::kind)
        .map(StrategyReader::plain)
        .orElse(StrategySpec.PREDICT);
  }

  private static StrategySpec plain(Kind kind) {
    return new StrategySpec(kind, List.of(), java.util.OptionalInt.empty());
  }

  private static Optional<Kind> kind(String word) {
    String folded = FoldedName.of(word);
    return Arrays.stream(Kind.values())
        .filter(kind -> FoldedName.of(kind.word()).equals(folded))
        .findFirst();
  }

  private StrategySpec ofWord(YamlNode node, String path) {
    Optional<Kind> kind = kind(node.text());
    if (kind.isEmpty()) {
      problems.addUnknown(node, path, node.text().strip(), WORDS);
      return StrategySpec.PREDICT;
    }
    if (kind.get() == Kind.REACT) {
      problems.add(
          node,
          path,
          "react without tools",
          "the tools of an MCP server",
          "write react: { tools: { command: [npx, -y, SERVER] } }");
      return StrategySpec.PREDICT;
    }
    return plain(kind.get());
  }

  private StrategySpec agent(YamlMap map) {
    List<ToolServer> servers = new ArrayList<>();
    Optional<YamlNode> tools = map.get("tools");
    if (tools.isEmpty()) {
      problems.add(
          map.node(),
          map.path(),
          "no tools",
          "the key tools",
          "write tools: { url: https://HOST/mcp }");
    } else {
      List<YamlNode> nodes = tools.get().isList() ? tools.get().items() : List.of(tools.get());
      nodes.forEach(one -> server(one, map.path("tools")).ifPresent(servers::add));
    }
    return new StrategySpec(Kind.REACT, servers, map.count("max turns", 1));
  }

  private Optional<ToolServer> server(YamlNode node, String path) {
    YamlMap map = YamlMap.of(node, path, problems, SERVER_KEYS);
    if (!node.isMap()) {
      return Optional.empty();
    }
    if (map.has("command") == map.has("url")) {
      problems.add(
          node,
          path,
          map.has("url") ? "both command and url" : "neither command nor url",
          "one of them",
          "write command: [npx, -y, SERVER]");
      return Optional.empty();
    }
    Map<String, String> variables = variables(map);
    Optional<URI> url = map.text("url").flatMap(text -> url(map, text));
    List<String> command = map.texts("command");
    return url.isPresent() || !command.isEmpty()
        ? Optional.of(
            new ToolServer(
                command, url, variables, map.texts("only"), map.text("prefix").orElse("")))
        : Optional.empty();
  }

  /** Names of variables only: a value in a file is a credential that leaks. */
  private Map<String, String> variables(YamlMap map) {
    Map<String, String> variables = new LinkedHashMap<>();
    for (String key : List.of("environment", "headers")) {
      Optional<YamlNode> node = map.get(key);
      if (node.isEmpty()) {
        continue;
      }
      if (node.get().isList()) {
        map.texts(key).forEach(name -> variables.put(name, name));
      } else if (node.get().isMap()) {
        node.get()
            .entries()
            .forEach(
                entry ->
                    YamlMap.text(entry.value(), map.path(key), problems)
                        .ifPresent(variable -> variables.put(entry.key(), variable)));
      } else {
        map.problem(key, "names of environment variables", "write [SERVER_TOKEN]");
      }
    }
    for (Map.Entry<String, String> entry : variables.entrySet()) {
      if (!entry.getValue().matches("[A-Za-z_][A-Za-z0-9_]*")) {
        problems.add(
            map.node(),
            map.path(),
            "a value for " + entry.getKey(),
            "the name of an environment variable that holds it",
            "write %s: SERVER_TOKEN, and set SERVER_TOKEN".formatted(entry.getKey()));
      }
    }
    return variables;
  }

  private static Optional<URI> url(YamlMap map, String text) {
    try {
      URI url = URI.create(text);
      if (url.getHost() != null && List.of("http", "https").contains(url.getScheme())) {
        return Optional.of(url);
      }
    } catch (IllegalArgumentException e) {
      // said below, as for any other text
    }
    map.problem("url", "an address that begins with http:// or https://", "write https://HOST/mcp");
    return Optional.empty();
  }
}
