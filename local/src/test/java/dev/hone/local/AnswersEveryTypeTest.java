package dev.hone.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.adapter.Adapter;
import dev.hone.lm.LmOptions;
import dev.hone.program.Predict;
import dev.hone.signature.Desc;
import dev.hone.signature.Limits;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Every type of a field gets an answer that the first reply's reading accepts. */
class AnswersEveryTypeTest {
  private static final String ADAPTERS = "dev.hone.local.Asking#adapters";

  enum Animal {
    DOG,
    CAT,
    @Desc("swims in water, has gills")
    FISH
  }

  record Note(String note) {}

  record Choices(Animal animal, Set<Animal> several, List<Animal> list, Optional<Animal> perhaps) {}

  record Scalars(
      boolean flag,
      int whole,
      long big,
      double fraction,
      BigDecimal exact,
      Optional<Integer> maybe) {}

  record Times(
      LocalDate date,
      LocalTime time,
      LocalDateTime dateTime,
      Instant moment,
      OffsetDateTime offset,
      Duration duration,
      Optional<LocalDate> maybe) {}

  record Texts(
      String text,
      List<String> words,
      Set<String> distinct,
      Optional<String> maybe,
      JsonNode any) {}

  record Pet(String name, Animal animal, @Desc("in years") @Limits(min = 1, max = 30) int age) {}

  record Nested(
      Pet pet,
      List<Pet> pets,
      Map<String, Integer> counts,
      Map<Animal, Pet> byAnimal,
      Optional<Pet> maybe) {}

  record Limited(
      @Limits(min = 10, max = 20) int whole,
      @Limits(min = 0.5) double fraction,
      @Limits(maxSize = 12) String brief,
      @Limits(minSize = 200) String lengthy,
      @Limits(minSize = 2) Set<Animal> pair,
      @Limits(maxSize = 1) Set<Animal> single,
      @Limits(minSize = 2) List<Pet> pets) {}

  private static <O> O ask(Adapter adapter, Class<O> output, String note) {
    Predict<Note, O> predict = Predict.of(Note.class, output, "Read the note.");
    return Asking.ask(adapter, LmOptions.defaults(), predict, new Note(note));
  }

  @ParameterizedTest
  @MethodSource(ADAPTERS)
  void choices(Adapter adapter) {
    Choices choices = ask(adapter, Choices.class, "My dog barks and wags its tail.");

    assertThat(choices.animal()).isEqualTo(Animal.DOG);
    assertThat(choices.several()).containsExactly(Animal.DOG);
    assertThat(choices.list()).containsExactly(Animal.DOG);
    assertThat(choices.perhaps()).contains(Animal.DOG);
  }

  @ParameterizedTest
  @MethodSource(ADAPTERS)
  void noneOfTheChoices(Adapter adapter) {
    Choices choices = ask(adapter, Choices.class, "The quarterly budget was approved on Tuesday.");

    assertThat(choices.animal()).isNotNull();
    assertThat(choices.several()).isEmpty();
    assertThat(choices.list()).isEmpty();
    assertThat(choices.perhaps()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource(ADAPTERS)
  void scalarsAreCopiedFromTheInput(Adapter adapter) {
    Scalars scalars = ask(adapter, Scalars.class, "It costs 12.50 for 3 people.");

    assertThat(scalars.flag()).isFalse();
    assertThat(scalars.whole()).isEqualTo(3);
    assertThat(scalars.big()).isEqualTo(3);
    assertThat(scalars.fraction()).isEqualTo(12.5);
    assertThat(scalars.exact()).isEqualByComparingTo("12.50");
    assertThat(scalars.maybe()).contains(3);
  }

  @ParameterizedTest
  @MethodSource(ADAPTERS)
  void scalarsThatTheInputDoesNotHave(Adapter adapter) {
    Scalars scalars = ask(adapter, Scalars.class, "Nothing to see here.");

    assertThat(scalars.whole()).isZero();
    assertThat(scalars.fraction()).isZero();
    assertThat(scalars.maybe()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource(ADAPTERS)
  void timesAreCopiedFromTheInput(Adapter adapter) {
    Times times =
        ask(
            adapter,
            Times.class,
            "Not 2026-02-31. From 2026-11-21T18:30:00Z, local 2026-11-21T19:30:00+01:00, for PT15M");

    assertThat(times.date()).isEqualTo("2026-11-21");
    assertThat(times.time()).isEqualTo("18:30:00");
    assertThat(times.dateTime()).isEqualTo("2026-11-21T18:30:00");
    assertThat(times.moment()).isEqualTo("2026-11-21T18:30:00Z");
    assertThat(times.offset()).isEqualTo("2026-11-21T18:30:00Z");
    assertThat(times.duration()).isEqualTo(Duration.ofMinutes(15));
    assertThat(times.maybe()).contains(LocalDate.parse("2026-11-21"));
  }

  @ParameterizedTest
  @MethodSource(ADAPTERS)
  void timesThatTheInputDoesNotHave(Adapter adapter) {
    Times times = ask(adapter, Times.class, "Some day.");

    assertThat(times.date()).isEqualTo("1970-01-01");
    assertThat(times.duration()).isZero();
    assertThat(times.maybe()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource(ADAPTERS)
  void texts(Adapter adapter) {
    Texts texts = ask(adapter, Texts.class, "The train was late. We missed the concert.");

    assertThat(texts.text()).contains("The train was late.");
    assertThat(texts.words()).containsExactly("train", "late", "missed", "concert");
    assertThat(texts.distinct()).containsExactlyInAnyOrder("train", "late", "missed", "concert");
    assertThat(texts.maybe()).isEmpty();
    assertThat(texts.any()).isNotNull();
  }

  @ParameterizedTest
  @MethodSource(ADAPTERS)
  void nestedObjects(Adapter adapter) {
    Nested nested = ask(adapter, Nested.class, "A cat of 45 kg called Tom, 7 years old.");

    assertThat(nested.pet().animal()).isEqualTo(Animal.CAT);
    assertThat(nested.pet().age()).isEqualTo(7);
    assertThat(nested.pet().name()).contains("Tom");
    assertThat(nested.pets()).isEmpty();
    assertThat(nested.counts()).isEmpty();
    assertThat(nested.byAnimal()).isEmpty();
    assertThat(nested.maybe().orElseThrow().animal()).isEqualTo(Animal.CAT);
  }

  @ParameterizedTest
  @MethodSource(ADAPTERS)
  void keepsToTheLimits(Adapter adapter) {
    Limited limited =
        ask(adapter, Limited.class, "Between 3 and 15 cats or dogs, 0.1 or 0.7 each.");

    assertThat(limited.whole()).isEqualTo(15);
    assertThat(limited.fraction()).isEqualTo(3);
    assertThat(limited.brief()).hasSizeLessThanOrEqualTo(12).isNotEmpty();
    assertThat(limited.lengthy()).hasSizeGreaterThanOrEqualTo(200);
    assertThat(limited.pair()).hasSize(2);
    assertThat(limited.single()).hasSizeLessThanOrEqualTo(1);
    assertThat(limited.pets()).hasSize(2);
  }

  @ParameterizedTest
  @MethodSource(ADAPTERS)
  void emptyTexts(Adapter adapter) {
    assertThat(ask(adapter, Texts.class, "").words()).isEmpty();
    assertThat(ask(adapter, Nested.class, "").pet()).isNotNull();
    assertThat(ask(adapter, Choices.class, "").several()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource(ADAPTERS)
  void fieldsNamedLikeTheMarkerOrInOtherAlphabets(Adapter adapter) {
    Predict<ObjectNode, ObjectNode> predict =
        Asking.predict("größe -> completed: enum[ja|nein], 状態: int", "Sag es.");

    ObjectNode answer =
        Asking.ask(
            adapter, LmOptions.defaults(), predict, Asking.object("{'größe': 'nein, es sind 4'}"));

    assertThat(answer.get("completed").stringValue()).isEqualTo("nein");
    assertThat(answer.get("状態").intValue()).isEqualTo(4);
  }
}
