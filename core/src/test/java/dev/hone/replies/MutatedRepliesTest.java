package dev.hone.replies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.adapter.Adapter;
import dev.hone.adapter.ReplyFormatException;
import dev.hone.adapter.TwoStepView;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmResponse.StopReason;
import dev.hone.prompt.Prompt;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Right replies that are damaged are read into values of their types or refused; what a strict
 * parser reads comes out unchanged. {@code -Dhone.reading.replies=3000000} runs more of them, and
 * {@code -Dhone.reading.seed=1} others.
 */
@Tag("once")
class MutatedRepliesTest {
  private static final int COUNT = Integer.getInteger("hone.reading.replies", 30_000);
  private static final long SEED = Long.getLong("hone.reading.seed", 0);
  private static final int BY_TASK = 20;

  /** Texts that say that there is nothing, where a text may be absent. */
  private static final Set<String> NOTHING =
      Set.of("", "-", "–", "—", "n/a", "na", "none", "null", "nil", "undefined", "not available");

  private static final Pattern CONTROL_BEFORE_LETTER = Pattern.compile("[\\f\\x08]\\p{L}");

  private static final JsonMapper STRICT =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private final Tally tally = new Tally();

  @Test
  void damagedRepliesAreReadIntoTheirTypesOrRefusedAndNeverChangeWhatIsStrict() {
    run(Adapter.chat(), Adapter.json());
  }

  @Test
  void damagedRepliesInTagsAreReadIntoTheirTypesOrRefused() {
    run(Adapter.xml(), Adapter.xml());
  }

  @Test
  void damagedRepliesOfTheExtractorOfTwoStepAreReadIntoTheirTypesOrRefused() {
    run(new TwoStepView(Adapter.chat()), new TwoStepView(Adapter.json()));
  }

  private void run(Adapter one, Adapter other) {
    Integer hung = ManyReplies.each(COUNT / BY_TASK, index -> task(index, one, other));

    System.out.println(tally);
    assertThat(hung).as("task that does not end, seed %d", SEED).isNull();
    assertThat(tally.of("broke")).as("exceptions of other types").isZero();
    assertThat(tally.of("outside")).as("values outside of their type or limits").isZero();
    assertThat(tally.of("changed")).as("values unlike a strict parse").isZero();
    assertThat(tally.of("strict but refused")).isLessThanOrEqualTo(tally.total() / 1000);
    assertThat(tally.of("read") + tally.of("strict")).isGreaterThan(COUNT / 5);
  }

  private void task(int index, Adapter one, Adapter other) {
    SplittableRandom random = new SplittableRandom(SEED * 1_000_000_007L + index);
    RandomTask task = new RandomTask(random.nextLong(), false);
    Adapter adapter = random.nextBoolean() ? one : other;
    String right = task.reply(adapter, task.values());
    Prompt prompt = Prompt.of(task.signature(), "Do it.", List.of(), task.input());
    for (int i = 0; i < BY_TASK; i++) {
      Mutation mutation = new Mutation(random, task.outputs());
      String reply = around(random, mutation.of(right));
      StopReason stop = random.nextInt(10) == 0 ? StopReason.LENGTH : StopReason.STOP;
      read(adapter, prompt, reply, stop, "task %d, reply %d: %s".formatted(index, i, reply));
    }
  }

  private static String around(SplittableRandom random, String reply) {
    return switch (random.nextInt(12)) {
      case 0 -> "Here it is:\n\n" + reply;
      case 1 -> "```json\n" + reply + "\n```";
      case 2 -> "<think>It may be {\"score\": 1}.</think>\n" + reply;
      case 3 -> reply + "\n\nTell me if [this] helps {you}.";
      case 4 -> "{\"result\": " + reply + "}";
      default -> reply;
    };
  }

  private void read(Adapter adapter, Prompt prompt, String reply, StopReason stop, String words) {
    List<Field> fields = prompt.signature().outputFields();
    ObjectNode strict =
        adapter == Adapter.json() && stop == StopReason.STOP ? strict(fields, reply) : null;
    try {
      ObjectNode read =
          adapter.parse(prompt, LmResponse.builder().text(reply).stopReason(stop).build());
      if (!TypeCheck.fits(fields, read)) {
        tally.show(adapter.id(), "outside", read + " of " + words);
      } else if (strict == null) {
        tally.add(adapter.id(), "read");
      } else if (same(fields, strict, read)) {
        tally.add(adapter.id(), "strict");
      } else {
        tally.show(adapter.id(), "changed", read + " of " + words);
      }
    } catch (ReplyFormatException refused) {
      if (strict == null || CONTROL_BEFORE_LETTER.matcher(texts(strict)).find()) {
        tally.add(adapter.id(), "refused");
      } else {
        tally.show(adapter.id(), "strict but refused", refused.getMessage() + " of " + words);
      }
    } catch (RuntimeException | StackOverflowError e) {
      tally.show(adapter.id(), "broke", e + " of " + words);
    }
  }

  /** The values that a strict parser reads, if it is all of them in their types and limits. */
  private static @Nullable ObjectNode strict(List<Field> fields, String reply) {
    try {
      if (!(STRICT.readTree(reply) instanceof ObjectNode object)) {
        return null;
      }
      for (Field field : fields) {
        if (!object.has(field.name()) && field.type() instanceof FieldType.OptionalOf) {
          object.putNull(field.name());
        }
      }
      return TypeCheck.fits(fields, object) ? object : null;
    } catch (JacksonException e) {
      return null;
    }
  }

  /** All texts of the values, as they are. */
  private static String texts(JsonNode node) {
    StringBuilder texts = new StringBuilder();
    if (node.isString()) {
      texts.append(node.stringValue()).append('\n');
    }
    node.propertyStream().forEach(entry -> texts.append(entry.getKey()).append('\n'));
    node.forEach(child -> texts.append(texts(child)));
    return texts.toString();
  }

  private static boolean same(List<Field> fields, ObjectNode strict, ObjectNode read) {
    ObjectNode expected = strict.deepCopy();
    for (Field field : fields) {
      JsonNode value = strict.get(field.name());
      expected.set(field.name(), withNothing(field.type(), value, read.path(field.name())));
    }
    return SameValue.of(fields, expected, read);
  }

  /**
   * A value in which the words for nothing are null, where a value may be absent and was read so.
   */
  private static JsonNode withNothing(FieldType type, JsonNode value, JsonNode read) {
    if (type instanceof FieldType.OptionalOf optional) {
      boolean nothing =
          value.isString()
              && read.isNull()
              && NOTHING.contains(value.stringValue().strip().toLowerCase(Locale.ROOT));
      return nothing ? read : withNothing(optional.type(), value, read);
    }
    if (type instanceof FieldType.ListOf list && value.isArray() && value.size() == read.size()) {
      ArrayNode items = JsonNodeFactory.instance.arrayNode();
      for (int i = 0; i < value.size(); i++) {
        items.add(withNothing(list.item(), value.get(i), read.get(i)));
      }
      return items;
    }
    if (type instanceof FieldType.MapOf map && value instanceof ObjectNode object) {
      ObjectNode values = JsonNodeFactory.instance.objectNode();
      for (var entry : object.properties()) {
        JsonNode inner = read.path(entry.getKey());
        values.set(entry.getKey(), withNothing(map.value(), entry.getValue(), inner));
      }
      return values;
    }
    return value;
  }
}
