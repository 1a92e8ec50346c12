package dev.hone.cli.house;

import dev.hone.cli.frame.OutputOptions;
import dev.hone.cli.frame.Terminal;
import dev.hone.cli.frame.TextLines;
import dev.hone.json.Json;
import dev.hone.lm.ModelProvider;
import dev.hone.price.PriceTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The command {@code hone models}. Makes no call. */
@Command(
    name = "models",
    description = "Shows which models can be used here, and what the others need.",
    footer = {
      "%nExamples:",
      "  hone models",
      "  hone models --prices",
      "  hone models openai:gpt-4o-mini"
    },
    mixinStandardHelpOptions = true)
public final class ModelsCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "MODEL",
      description = "Shows what this model offers and costs, as far as that is known.")
  private @Nullable String model;

  @Option(names = "--prices", description = "Lists the models whose prices are known.")
  private boolean prices;

  @Mixin private OutputOptions output = new OutputOptions();

  private final Map<String, String> environment;

  /** For picocli: with the environment of the process. */
  public ModelsCommand() {
    this(System.getenv());
  }

  ModelsCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    if (model != null) {
      ModelFacts facts = ModelFacts.of(model, environment);
      output.result(facts::text, facts::json);
      output.next("hone demo --model " + model, "hone optimize PROJECT --model " + model);
      return ExitCode.OK;
    }
    List<ModelProvider> providers =
        ModelProvider.installed().stream()
            .sorted(Comparator.comparing((ModelProvider each) -> !each.isInProcess()))
            .toList();
    output.result(() -> text(providers), () -> json(providers));
    output.next("hone demo --model MODEL", "hone optimize PROJECT --model MODEL");
    return ExitCode.OK;
  }

  private String text(List<ModelProvider> providers) {
    List<String> lines = new ArrayList<>();
    Map<String, String> absent = ModelProvider.notInstalled();
    int width =
        Stream.concat(providers.stream().map(ModelProvider::form), absent.keySet().stream())
            .mapToInt(String::length)
            .max()
            .orElse(0);
    String form = "  %-" + width + "s  ";
    for (ModelProvider each : providers) {
      lines.add(form.formatted(each.form()) + state(each));
      String more = each.description() + ". " + (isReady(each) ? "" : fix(each));
      lines.addAll(TextLines.wrapped(form.formatted(""), more.strip(), Terminal.outputColumns()));
    }
    absent.forEach(
        (name, module) ->
            lines.add(form.formatted(name) + "in " + module + ", which is not on the class path"));
    PriceTable table = PriceTable.shipped();
    lines.add("");
    lines.add(
        "Prices of %d models are known, as of %s%s"
            .formatted(
                table.byModel().size(), table.date(), prices ? ":" : "; --prices lists them."));
    if (prices) {
      new TreeMap<>(table.byModel())
          .forEach((model, price) -> lines.add("  " + model + "  " + ModelFacts.words(price)));
    }
    return String.join(System.lineSeparator(), lines);
  }

  private boolean isReady(ModelProvider provider) {
    return provider.unsetVariables(environment).isEmpty();
  }

  private static String fix(ModelProvider provider) {
    return "Maybe " + provider.howToGet() + ".";
  }

  private String state(ModelProvider provider) {
    if (provider.isInProcess()) {
      return "ready; runs in this process, no key, no network";
    } else if (!isReady(provider)) {
      return "needs " + names(provider.unsetVariables(environment));
    }
    List<ModelProvider.Variable> set =
        provider.variables().stream().filter(each -> each.isSet(environment)).toList();
    String ready = ModelFacts.ready(provider);
    return set.isEmpty() ? ready : ready + "; set: " + names(set);
  }

  private static String names(List<ModelProvider.Variable> variables) {
    return variables.stream().map(ModelProvider.Variable::name).collect(Collectors.joining(", "));
  }

  private ObjectNode json(List<ModelProvider> providers) {
    ObjectNode json = Json.object();
    ArrayNode models = json.putArray("models");
    for (ModelProvider each : providers) {
      ObjectNode model = models.addObject();
      model.put("name", each.name());
      model.put("form", each.form());
      model.put("inProcess", each.isInProcess());
      model.put("description", each.description());
      model.put("ready", isReady(each));
      ArrayNode variables = model.putArray("variables");
      for (ModelProvider.Variable variable : each.variables()) {
        variables
            .addObject()
            .put("name", variable.name())
            .put("meaning", variable.meaning())
            .put("required", variable.isRequired())
            .put("set", variable.isSet(environment));
      }
    }
    ObjectNode absent = json.putObject("notInstalled");
    ModelProvider.notInstalled().forEach(absent::put);
    PriceTable table = PriceTable.shipped();
    json.put("pricesAsOf", table.date());
    if (prices) {
      ObjectNode known = json.putObject("prices");
      table.byModel().forEach((model, price) -> known.put(model, ModelFacts.words(price)));
    }
    return json;
  }
}
