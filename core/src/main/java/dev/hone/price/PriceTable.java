package dev.hone.price;

import dev.hone.InvalidInputException;
import dev.hone.SettingCheck;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmUsage;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Prices of models, by the ids that Hone knows them by, such as {@code openai:gpt-4o-mini}. A dated
 * list that came with a file: it asks no network, and knows of no discount, tier or tax. A model
 * that is not in it is counted in tokens only. Immutable; each {@code with} returns a copy.
 *
 * <pre>{@code
 * var prices = PriceTable.shipped().with(PriceTable.load(Path.of("prices.json")));
 * var context = Context.builder().lm(model).prices(prices).build();
 * }</pre>
 *
 * <p>An id is looked up as it is, without regard to case; else without a date at its end, so that
 * {@code openai:gpt-4o-mini-2024-07-18} costs what {@code openai:gpt-4o-mini} costs. The layout of
 * a file is in {@code docs/formats.md}.
 */
public final class PriceTable {
  /** The ends of ids that name one edition of a model: a date, or the latest one. */
  private static final Pattern EDITION =
      Pattern.compile("-(latest|\\d{4}-\\d{2}-\\d{2}|20\\d{6})$");

  private static final PriceTable EMPTY = new PriceTable(Map.of(), Map.of(), "", "");

  private final Map<String, Price> prices;
  private final Map<String, Double> batchFactors;
  private final String date;
  private final String source;

  PriceTable(
      Map<String, Price> prices, Map<String, Double> batchFactors, String date, String source) {
    this.prices = Collections.unmodifiableMap(new LinkedHashMap<>(prices));
    this.batchFactors = Collections.unmodifiableMap(new LinkedHashMap<>(batchFactors));
    this.date = date;
    this.source = source;
  }

  /** The table that is shipped with this version of Hone; {@link #date} says of when it is. */
  public static PriceTable shipped() {
    return Shipped.TABLE;
  }

  private static final class Shipped {
    static final PriceTable TABLE = PriceFile.shipped();
  }

  /** A table without prices: all is counted in tokens only. */
  public static PriceTable empty() {
    return EMPTY;
  }

  /**
   * The table of a file.
   *
   * @throws InvalidInputException if the file cannot be read, or is no table of prices
   */
  public static PriceTable load(Path file) {
    return PriceFile.load(SettingCheck.given("file", file));
  }

  /**
   * A copy in which a model has this price, in place of one that it has.
   *
   * @throws InvalidInputException if the id is blank
   */
  public PriceTable with(String modelId, Price price) {
    Map<String, Price> more = new LinkedHashMap<>(prices);
    more.put(key(modelId), SettingCheck.given("price", price));
    return new PriceTable(more, batchFactors, date, source);
  }

  /**
   * A copy in which a provider's batch API costs this share of its prices, in place of the one that
   * it has.
   *
   * @param kind the kind of its models, which stands before the colon of their ids, such as {@code
   *     openai}
   * @param factor from 0 to 1, such as 0.5 for half of the price
   * @throws InvalidInputException if the kind is blank, or the factor is out of its range
   */
  public PriceTable withBatchFactor(String kind, double factor) {
    SettingCheck.between("factor", factor, 0, 1, 0.5);
    Map<String, Double> more = new LinkedHashMap<>(batchFactors);
    more.put(key(kind), factor);
    return new PriceTable(prices, more, date, source);
  }

  /** A copy with the prices of another table, which win; date and source are the other's. */
  public PriceTable with(PriceTable stronger) {
    Map<String, Price> more = new LinkedHashMap<>(prices);
    more.putAll(stronger.prices);
    Map<String, Double> factors = new LinkedHashMap<>(batchFactors);
    factors.putAll(stronger.batchFactors);
    return new PriceTable(more, factors, stronger.date, stronger.source);
  }

  /** The price of a model; empty if it is not known. */
  public Optional<Price> of(String modelId) {
    String key = modelId.toLowerCase(Locale.ROOT);
    Price exact = prices.get(key);
    return Optional.ofNullable(
        exact == null ? prices.get(EDITION.matcher(key).replaceFirst("")) : exact);
  }

  /**
   * The price of a model as it is called: that of its provider's batch API, if it {@linkplain
   * LanguageModel#isBatched() answers by it}; empty if none is known.
   */
  public Optional<Price> of(LanguageModel model) {
    Optional<Price> price = of(model.id());
    return model.isBatched() ? price.map(full -> full.times(batchFactor(model.id()))) : price;
  }

  /**
   * The share of the price that a provider's batch API costs, by the id of one of its models; 1
   * where none is known.
   */
  public double batchFactor(String modelId) {
    String kind = modelId.toLowerCase(Locale.ROOT).replaceFirst(":.*$", "");
    return batchFactors.getOrDefault(kind, 1.0);
  }

  /** What tokens of a model cost, as it is called; unknown for a model without a price. */
  public Money cost(LanguageModel model, LmUsage usage) {
    return of(model).map(price -> price.of(usage)).orElse(Money.UNKNOWN);
  }

  /** What tokens of a model cost; unknown for a model without a price. */
  public Money cost(String modelId, LmUsage usage) {
    return of(modelId).map(price -> price.of(usage)).orElse(Money.UNKNOWN);
  }

  /** All prices, by the ids of models in small letters. */
  public Map<String, Price> byModel() {
    return prices;
  }

  /** The day that the prices are of, such as {@code 2026-08-05}; empty if it is not known. */
  public String date() {
    return date;
  }

  /** Where the prices are from; empty if it is not known. */
  public String source() {
    return source;
  }

  static String key(String modelId) {
    if (SettingCheck.given("modelId", modelId).isBlank()) {
      throw InvalidInputException.of(
          "The id of a model with a price is blank", "use openai:gpt-4o-mini");
    }
    return modelId.toLowerCase(Locale.ROOT);
  }

  /** One line: how many prices of when, and from where. */
  @Override
  public String toString() {
    return "PriceTable[%d models, %s, %s]".formatted(prices.size(), date, source);
  }
}
