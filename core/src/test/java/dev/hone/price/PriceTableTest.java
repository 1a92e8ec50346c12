package dev.hone.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.lm.LmUsage;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PriceTableTest {
  @Test
  void theShippedTableIsDatedAndSaysWhereItIsFrom() {
    PriceTable table = PriceTable.shipped();

    assertThat(table.date()).matches("\\d{4}-\\d{2}-\\d{2}");
    assertThat(table.source()).isNotBlank();
    assertThat(table.of("openai:gpt-4o-mini"))
        .contains(Price.perMillionTokens(0.15, 0.6).withCachedInput(0.075));
    assertThat(table.byModel().values())
        .allSatisfy(price -> assertThat(price.cachedInput()).isLessThanOrEqualTo(price.input()));
  }

  @Test
  void readingAnthropicsCacheCostsATenth() {
    assertThat(PriceTable.shipped().of("anthropic:claude-haiku-4-5"))
        .contains(Price.perMillionTokens(1, 5).withCachedInput(0.1));
    assertThat(PriceTable.shipped().byModel())
        .allSatisfy(
            (model, price) -> {
              if (model.startsWith("anthropic:")) {
                assertThat(price.cachedInput().movePointRight(1))
                    .as(model)
                    .isEqualByComparingTo(price.input());
              }
            });
  }

  @Test
  void findsAnEditionOfAModelAndNoOtherModel() {
    PriceTable table = PriceTable.empty().with("openai:GPT-4o", Price.perMillionTokens(2.5, 10));

    assertThat(table.of("openai:gpt-4o-2024-08-06")).isPresent();
    assertThat(table.of("OpenAI:gpt-4o-latest")).isPresent();
    assertThat(table.of("openai:gpt-4o-mini")).isEmpty();
    assertThat(table.cost("openai:gpt-4o-mini", LmUsage.of(1, 1))).isEqualTo(Money.UNKNOWN);
  }

  @Test
  void countsCachedTokensAtTheirPriceAndExactly() {
    Price price = Price.perMillionTokens(0.15, 0.6).withCachedInput(0.075);
    LmUsage usage =
        LmUsage.builder().promptTokens(1_000).cachedPromptTokens(400).completionTokens(7).build();

    assertThat(price.of(usage)).isEqualTo(Money.ofUsd(new BigDecimal("0.0001242")));
    assertThat(price.of(usage.toBuilder().known(false).build())).hasToString("at least $0.000124");
  }

  @Test
  void whatIsUnknownIsNeverZero() {
    Money some = Money.ofUsd(0.02);

    assertThat(some.plus(Money.UNKNOWN)).hasToString("at least $0.02");
    assertThat(some.plus(Money.UNKNOWN).usd()).isEmpty();
    assertThat(Money.UNKNOWN).hasToString("unknown cost").isNotEqualTo(Money.NONE);
    assertThat(Money.NONE).hasToString("$0.00");
    assertThat(Money.ofUsd(1_234.567)).hasToString("$1234.57");
    assertThat(Money.ofUsd(0.5)).hasToString("$0.50");
    assertThatThrownBy(() -> Money.ofUsd(-1)).isInstanceOf(InvalidInputException.class);
  }

  @Test
  void aFileOfOnesOwnIsLaidOverTheShippedTable(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("prices.json");
    Files.writeString(
        file,
        """
        {"format": "hone-prices/1", "date": "2026-11-01", "source": "our contract",
         "models": {"openai:gpt-4o-mini": {"input": 0.1, "output": 0.5},
                    "in-house": {"input": 0, "output": 0}}}
        """);

    PriceTable mine = PriceTable.shipped().with(PriceTable.load(file));

    assertThat(mine.of("openai:gpt-4o-mini")).contains(Price.perMillionTokens(0.1, 0.5));
    assertThat(mine.of("openai:gpt-4o")).isPresent();
    assertThat(mine.cost("in-house", LmUsage.of(9, 9))).isEqualTo(Money.NONE);
    assertThat(mine.source()).isEqualTo("our contract");
  }

  @Test
  void aFileThatIsNoTableIsRefusedWithWhatIsWrong(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("prices.json");

    assertThatThrownBy(() -> PriceTable.load(file)).hasMessageContaining("Maybe check the path");
    for (String text :
        new String[] {
          "{",
          "{}",
          "{\"format\": \"hone-prices/1\", \"currency\": \"EUR\"}",
          "{\"format\": \"hone-prices/1\", \"models\": {\"a\": {\"input\": 1}}}",
          "{\"format\": \"hone-prices/1\", \"models\": {\"a\": {\"input\": -1, \"output\": 1}}}"
        }) {
      Files.writeString(file, text);
      assertThatThrownBy(() -> PriceTable.load(file))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContainingAll("prices.json", "Maybe");
    }
  }
}
