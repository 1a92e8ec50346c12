package dev.hone.cli.house;

import dev.hone.cli.frame.OutputOptions;
import dev.hone.json.Json;
import dev.hone.lm.ModelProvider;
import dev.hone.price.PriceTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The command {@code hone models}. Makes no call. */
@Command(
    name = "models",
    description = "Shows which models can be used here, and what the others need.",
    footer = {"%nExamples:", "  hone models", "  hone models --prices"},
    mixinStandardHelpOptions = true)
public final class ModelsCommand implements Callable<Integer> {
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
    List<ModelProvider> providers =
        ServiceLoader.load(ModelProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .sorted(
                Comparator.comparing((ModelProvider each) -> !each.isInProcess())
                    .thenComparing(ModelProvider::name))
            .toList();
    output.result(() -> text(providers), () -> json(providers));
    output.next("hone demo --model MODEL", "hone optimize PROJECT --model MODEL");
    return ExitCode.OK;
  }

  private String text(List<ModelProvider> providers) {
    List<String> lines = new ArrayList<>();
    int width = providers.stream().mapToInt(each -> each.form().length()).max().orElse(0);
    for (ModelProvider each : providers) {
      lines.add(("  %-" + width + "s  %s").formatted(each.form(), state(each)));
    }
    PriceTable table = PriceTable.shipped();
    lines.add("");
    lines.add(
        "Prices of %d models are known, as of %s%s"
            .formatted(
                table.byModel().size(), table.date(), prices ? ":" : "; --prices lists them."));
    if (prices) {
      new TreeSet<>(table.byModel().keySet())
          .forEach(model -> lines.add("  " + model + "  " + table.byModel().get(model)));
    }
    return String.join(System.lineSeparator(), lines);
  }

  private boolean isMissingKey(ModelProvider provider) {
    return provider
        .credentialVariable()
        .filter(variable -> environment.getOrDefault(variable, "").isBlank())
        .isPresent();
  }

  /** A server of one's own may need no key. */
  private static boolean hasAddress(ModelProvider provider) {
    return provider.form().contains("@URL");
  }

  private String state(ModelProvider provider) {
    if (provider.isInProcess()) {
      return "ready; runs in this process, no key, no network";
    }
    String variable = provider.credentialVariable().orElse("");
    if (!isMissingKey(provider)) {
      return variable.isEmpty() ? "ready" : "ready; " + variable + " is set";
    }
    return hasAddress(provider)
        ? "ready for servers without a key; for others set " + variable
        : "needs a key: export " + variable + "=…";
  }

  private ObjectNode json(List<ModelProvider> providers) {
    ObjectNode json = Json.object();
    ArrayNode models = json.putArray("models");
    for (ModelProvider each : providers) {
      ObjectNode model = models.addObject();
      model.put("name", each.name());
      model.put("form", each.form());
      model.put("inProcess", each.isInProcess());
      each.credentialVariable().ifPresent(variable -> model.put("credentialVariable", variable));
      model.put("ready", !isMissingKey(each) || hasAddress(each));
    }
    PriceTable table = PriceTable.shipped();
    json.put("pricesAsOf", table.date());
    if (prices) {
      ObjectNode known = json.putObject("prices");
      table.byModel().forEach((model, price) -> known.put(model, price.toString()));
    }
    return json;
  }
}
