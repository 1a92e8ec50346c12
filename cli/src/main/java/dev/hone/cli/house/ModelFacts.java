package dev.hone.cli.house;

import dev.hone.json.Json;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.ModelProvider;
import dev.hone.lm.ModelSpec;
import dev.hone.price.Price;
import dev.hone.price.PriceTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What is known of one model without a call: whether it is ready, what it offers, its price. */
final class ModelFacts {
  private static final int WIDTH = 8;

  private final ModelSpec spec;
  private final Map<String, String> environment;
  private final Optional<Capabilities> offers;
  private final Optional<Price> price;

  private ModelFacts(ModelSpec spec, Map<String, String> environment) {
    this.spec = spec;
    this.environment = environment;
    ModelProvider provider = spec.provider();
    Optional<LanguageModel> here =
        provider.isInProcess() ? Optional.of(spec.create()) : Optional.empty();
    this.offers = here.map(LanguageModel::capabilities).or(() -> provider.offers(spec.rest()));
    this.price = PriceTable.shipped().of(here.map(LanguageModel::id).orElseGet(this::id));
  }

  static ModelFacts of(String model, Map<String, String> environment) {
    return new ModelFacts(ModelSpec.parse(model, environment), environment);
  }

  /** That nothing is missing here; whether a server runs is not known without asking it. */
  static String ready(ModelProvider provider) {
    boolean hasKey = provider.variables().stream().anyMatch(ModelProvider.Variable::isRequired);
    return hasKey || provider.isInProcess() ? "ready" : "needs no key; its server is not asked";
  }

  /** What a price is, in words. */
  static String words(Price price) {
    return price.input().signum() == 0 && price.output().signum() == 0
        ? "free of charge"
        : price.toString();
  }

  private String id() {
    ModelProvider provider = spec.provider();
    return spec.rest().isEmpty() ? provider.name() : provider.name() + ":" + spec.rest();
  }

  private List<String> unset() {
    return spec.provider().unsetVariables(environment).stream()
        .map(ModelProvider.Variable::name)
        .toList();
  }

  /** What it offers beside texts, in the order in which capabilities have it. */
  private static Map<String, Boolean> named(Capabilities offered) {
    Map<String, Boolean> named = new LinkedHashMap<>();
    named.put("JSON schemas", offered.jsonSchema());
    named.put("tools", offered.toolCalls());
    named.put("images", offered.images());
    named.put("its thoughts", offered.reasoning());
    named.put("temperature", offered.temperature());
    named.put("log probabilities", offered.logProbabilities());
    return named;
  }

  private static String listed(Capabilities offered, boolean whether) {
    List<String> names = new ArrayList<>();
    named(offered)
        .forEach(
            (name, is) -> {
              if (is == whether) {
                names.add(name);
              }
            });
    if (whether) {
      names.addAll(offered.files());
    } else if (offered.files().isEmpty()) {
      names.add("files");
    }
    return names.isEmpty() ? "nothing" : String.join(", ", names);
  }

  String text() {
    List<String> lines = new ArrayList<>();
    String missing = String.join(", ", unset());
    lines.add(
        "%s: %s".formatted(id(), missing.isEmpty() ? ready(spec.provider()) : "needs " + missing));
    offers.ifPresentOrElse(
        offered -> {
          line(lines, "offers", "texts, " + listed(offered, true));
          line(lines, "lacks", listed(offered, false));
          line(
              lines,
              "context",
              offered.contextTokens().isPresent()
                  ? String.format(Locale.ROOT, "%,d tokens", offered.contextTokens().getAsInt())
                  : "not known");
        },
        () -> line(lines, "offers", "not known before it is tried"));
    line(lines, "price", price.map(ModelFacts::words).orElse("not known; --prices lists those"));
    return String.join(System.lineSeparator(), lines);
  }

  private static void line(List<String> lines, String name, String value) {
    lines.add(("  %-" + WIDTH + "s %s").formatted(name, value));
  }

  ObjectNode json() {
    ObjectNode json = Json.object().put("model", id()).put("ready", unset().isEmpty());
    ArrayNode missing = json.putArray("needs");
    unset().forEach(missing::add);
    offers.ifPresent(
        offered -> {
          ObjectNode node = json.putObject("offers");
          node.put("jsonSchema", offered.jsonSchema()).put("toolCalls", offered.toolCalls());
          node.put("images", offered.images()).put("reasoning", offered.reasoning());
          node.put("temperature", offered.temperature());
          node.put("logProbabilities", offered.logProbabilities());
          ArrayNode files = node.putArray("files");
          offered.files().forEach(files::add);
          offered.contextTokens().ifPresent(tokens -> node.put("contextTokens", tokens));
        });
    price.ifPresent(known -> json.put("price", words(known)));
    return json;
  }
}
