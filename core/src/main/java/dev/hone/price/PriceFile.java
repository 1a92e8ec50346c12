package dev.hone.price;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads tables of prices. */
final class PriceFile {
  private static final String FORMAT = "hone-prices/1";
  private static final String FIX = "compare it with the layout in docs/formats.md";

  private final String name;

  private PriceFile(String name) {
    this.name = name;
  }

  static PriceTable shipped() {
    try (InputStream stream = PriceFile.class.getResourceAsStream("prices.json")) {
      if (stream == null) {
        throw InvalidInputException.of(
            "The prices shipped with Hone are missing from its jar", "use the jar as it was built");
      }
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return new PriceFile("the prices shipped with Hone").read(text);
    } catch (IOException e) {
      throw new InvalidInputException("The prices shipped with Hone cannot be read.", e);
    }
  }

  static PriceTable load(Path file) {
    try {
      return new PriceFile(file.toString()).read(Files.readString(file));
    } catch (IOException e) {
      throw new InvalidInputException(
          "The prices %s cannot be read: %s. Maybe check the path.".formatted(file, e), e);
    }
  }

  private PriceTable read(String text) {
    JsonNode root;
    try {
      root = Json.parse(text);
    } catch (JacksonException e) {
      throw new InvalidInputException(
          "%s is no JSON: %s. Maybe %s.".formatted(name, Json.problem(e), FIX), e);
    }
    require("format", FORMAT, root.path("format").asString(""));
    require("currency", "USD", root.path("currency").asString("USD"));
    require("perTokens", "1000000", root.path("perTokens").asString("1000000"));
    Map<String, Price> prices = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : root.path("models").properties()) {
      prices.put(PriceTable.key(entry.getKey()), price(entry.getKey(), entry.getValue()));
    }
    return new PriceTable(
        prices,
        batchFactors(root.path("batch")),
        root.path("date").asString(""),
        root.path("source").asString(""));
  }

  private Map<String, Double> batchFactors(JsonNode node) {
    Map<String, Double> factors = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      double factor = entry.getValue().asDouble(-1);
      if (!(factor >= 0 && factor <= 1)) {
        throw InvalidInputException.of(
            "%s gives batches of %s the share %s of the price, expected a number from 0 to 1"
                .formatted(name, entry.getKey(), entry.getValue()),
            FIX);
      }
      factors.put(PriceTable.key(entry.getKey()), factor);
    }
    return factors;
  }

  private void require(String field, String expected, String found) {
    if (!expected.equals(found)) {
      throw InvalidInputException.of(
          "%s has the %s \"%s\", expected \"%s\"".formatted(name, field, found, expected), FIX);
    }
  }

  private Price price(String model, JsonNode node) {
    BigDecimal input = number(model, node, "input");
    BigDecimal output = number(model, node, "output");
    if (input == null || output == null) {
      throw InvalidInputException.of(
          "%s gives %s no price of input and output".formatted(name, model), FIX);
    }
    return Price.of(input, output, number(model, node, "cachedInput"));
  }

  private @Nullable BigDecimal number(String model, JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (value.isMissingNode()) {
      return null;
    }
    if (!value.isNumber() || value.decimalValue().signum() < 0) {
      throw InvalidInputException.of(
          "%s gives %s the %s price %s, expected a number of dollars from 0 on"
              .formatted(name, model, field, value),
          FIX);
    }
    return value.decimalValue();
  }
}
