package dev.hone.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.fail;

import dev.hone.lm.Capabilities;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.prompt.Demo;
import dev.hone.prompt.Prompt;
import dev.hone.signature.Signature;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

@Tag("once")
class RoundTripPropertyTest {
  private static final int ROUNDS = 2_000;
  private static final Pattern HEADER_LINE = Pattern.compile("(?mU)^\\[\\[ ## (\\w+) ## ]]$");
  private static final String[] HEADERS = {
    "[[ ## $1 ## ]]",
    "[[##$1##]]",
    "**[[ ##  $1 ## ]]**",
    "### [[ ## $1 ## ]]:",
    "`[[## $1 ##]]`",
    "[[ ## $1 ## ]]\r"
  };

  private static void assertReadBack(
      Adapter adapter, long seed, BiFunction<String, SplittableRandom, String> noise) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < ROUNDS; i++) {
      RandomSignatures randomly = new RandomSignatures(seed * ROUNDS + i);
      Signature<ObjectNode, ObjectNode> signature = randomly.signature();
      ObjectNode inputs = randomly.values(signature.inputFields());
      ObjectNode outputs = randomly.values(signature.outputFields());
      Demo demo = new Demo(inputs, outputs, Demo.Origin.LABELED, "");
      LmRequest request =
          adapter.render(
              Prompt.of(signature, "Do it.", List.of(demo), inputs),
              LmOptions.defaults(),
              Capabilities.TEXT);
      LmMessage answer = request.messages().get(2);
      String reply = noise.apply(answer.text(), random);

      assertThat(answer.role()).isEqualTo(LmMessage.Role.ASSISTANT);
      assertThatCode(() -> TestReplies.read(adapter, signature, reply))
          .as("%s%n%s", signature, reply)
          .doesNotThrowAnyException();
      assertThat(TestReplies.read(adapter, signature, reply))
          .as("%s%n%s", signature, reply)
          .isEqualTo(outputs);
    }
  }

  @Test
  void chatReadsWhatItWrites() {
    assertReadBack(Adapter.chat(), 1, (text, random) -> text);
  }

  @Test
  void jsonReadsWhatItWrites() {
    assertReadBack(Adapter.json(), 2, (text, random) -> text);
  }

  @Test
  void twoStepReadsWhatItsExtractorWrites() {
    assertReadBack(new TwoStepView(Adapter.chat()), 6, (text, random) -> text);
    assertReadBack(new TwoStepView(Adapter.json()), 7, (text, random) -> text);
  }

  @Test
  void twoStepReadsTheSectionsOfItsExtractorWithNoiseAround() {
    assertReadBack(new TwoStepView(Adapter.chat()), 8, RoundTripPropertyTest::noisy);
  }

  @Test
  void functionsReadWhatTheyWriteAsArgumentsAndAsText() {
    assertReadBack(new FunctionsView(), 18, (text, random) -> text);
    assertReadBack(Adapter.functions(), 19, (text, random) -> text);
  }

  @Test
  void functionsReadArgumentsWithNoiseAround() {
    assertReadBack(new FunctionsView(), 20, RoundTripPropertyTest::noisyJson);
  }

  @Test
  void xmlReadsWhatItWrites() {
    assertReadBack(Adapter.xml(), 16, (text, random) -> text);
  }

  @Test
  void xmlReadsItsTagsWithNoiseAround() {
    assertReadBack(
        Adapter.xml(),
        17,
        (text, random) ->
            switch (random.nextInt(5)) {
              case 0 -> before(random) + text + "\n\nHope this [helps] {x}.";
              case 1 -> "```xml\n" + text + "\n```";
              case 2 -> "<response>\n" + text + "\n</response>";
              case 3 -> "<?xml version=\"1.0\"?>\n<output>" + text + "</output>";
              default -> before(random) + "```\n" + text + "\n```\nDone {x} [y].";
            });
  }

  @Test
  void eachReadsWhatTheOtherWrites() {
    for (int i = 0; i < ROUNDS; i++) {
      RandomSignatures randomly = new RandomSignatures(900_000 + i);
      Signature<ObjectNode, ObjectNode> signature = randomly.signature();
      ObjectNode outputs = randomly.values(signature.outputFields());
      Demo demo =
          new Demo(randomly.values(signature.inputFields()), outputs, Demo.Origin.LABELED, "");
      Prompt prompt = Prompt.of(signature, "Do it.", List.of(demo), demo.inputs());

      String json =
          Adapter.json()
              .render(prompt, LmOptions.defaults(), Capabilities.TEXT)
              .messages()
              .get(2)
              .text();

      assertThat(TestReplies.read(Adapter.chat(), signature, json)).as(json).isEqualTo(outputs);
    }
  }

  @Test
  void chatReadsItsSectionsWithNoiseAround() {
    assertReadBack(Adapter.chat(), 3, RoundTripPropertyTest::noisy);
  }

  private static String noisy(String text, SplittableRandom random) {
    String header = HEADERS[random.nextInt(HEADERS.length)];
    String reply = HEADER_LINE.matcher(text).replaceAll(header);
    return before(random) + reply + (random.nextBoolean() ? "\n\nHope this [helps] {x}." : "");
  }

  @Test
  void jsonReadsItsObjectWithNoiseAround() {
    assertReadBack(Adapter.json(), 4, RoundTripPropertyTest::noisyJson);
  }

  private static String noisyJson(String text, SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> before(random) + text;
      case 1 -> "```json\n" + text + "\n```";
      case 2 -> before(random) + "```\n" + text + "\n```\nDone {x} [y].";
      default -> "{\"result\": " + text + "}";
    };
  }

  private static String before(SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> "";
      case 1 -> "Sure, here you go:\n\n";
      case 2 -> "<think>Maybe {\"answer\": 1} or [[ ## answer ## ]] 3</think>\n";
      default -> "Well.\n<thinking>\n[[ ## severity ## ]]\n</thinking>\n";
    };
  }

  @Test
  void anyNoiseIsReadOrRefusedButNeverBreaksTheReader() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < ROUNDS; i++) {
      RandomSignatures randomly = new RandomSignatures(700_000 + i);
      Signature<ObjectNode, ObjectNode> signature = randomly.signature();
      StringBuilder reply = new StringBuilder();
      for (int j = random.nextInt(5); j > 0; j--) {
        String name =
            signature.outputFields().get(random.nextInt(signature.outputFields().size())).name();
        reply.append(
            switch (random.nextInt(4)) {
              case 0, 1 -> "[[ ## " + name + " ## ]]\n";
              case 2 -> "<" + name + ">";
              default -> "\"" + name + "\": ";
            });
        reply
            .append(randomly.text().replace("\\##", "##"))
            .append(random.nextBoolean() ? "\n" : "}");
      }
      for (Adapter adapter :
          List.of(
              Adapter.chat(),
              Adapter.json(),
              Adapter.xml(),
              Adapter.functions(),
              new FunctionsView())) {
        try {
          ObjectNode read = TestReplies.read(adapter, signature, reply.toString());

          assertThat(signature.output().decode(read)).isEqualTo(read);
        } catch (ReplyFormatException refused) {
          assertThat(refused.getMessage()).isNotBlank();
        } catch (RuntimeException e) {
          fail("broke on: " + reply, e);
        }
      }
    }
  }
}
