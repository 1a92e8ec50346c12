package dev.hone.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.coerce.Coercion;
import dev.hone.json.Json;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import dev.hone.prompt.Demo;
import dev.hone.prompt.Prompt;
import dev.hone.signature.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Replies with something around the answer that looks like one: read right or refused. */
@Tag("once")
class DecoyPropertyTest {
  private static final int ROUNDS = 3_000;
  private static final List<String> SIGNATURES =
      List.of(
          "text -> severity: enum[LOW|HIGH|MID]",
          "text, note -> answer: str",
          "question -> reasoning: str, answer: str",
          "text -> severity: enum[LOW|HIGH|MID], violations: set[enum[HATE|SPAM]], why: str?",
          "text -> title: str, score: int",
          "doc -> tags: list[str], ok: bool");
  private static final String[] TAGS = {
    "thoughts",
    "plan",
    "think",
    "Thinking",
    "scratch_pad",
    "inner-monologue",
    "draft",
    "zwoelf",
    "seed:think",
    "ol",
    "proposal",
    "überlegung",
    "details",
    "candidate"
  };
  private static final String[] CORRECTIONS = {
    "Wait, that is wrong. Corrected:",
    "Hmm, on second thought this is not right. My final answer:",
    "No. Let me correct that.",
    "That is wrong. Final answer:",
    "Actually, I misread the input, so here is the revised version:",
    "On reflection:",
    "Correction:",
    "I made a mistake above; the right answer is:"
  };
  private static final String[] ADDED = {"", "\n\nI hope this helps.", "<|im_end|>", "\n"};

  private final Map<String, int[]> counts = new TreeMap<>();
  private final List<String> wrong = new ArrayList<>();
  private final List<String> refused = new ArrayList<>();

  @Test
  void chatReadsTheAnswerAmongDecoys() {
    run(Adapter.chat(), 11);
  }

  @Test
  void jsonReadsTheAnswerAmongDecoys() {
    run(Adapter.json(), 12);
  }

  @Test
  void twoStepReadsTheAnswerAmongDecoysOfItsExtractor() {
    run(new TwoStepView(Adapter.chat()), 13);
  }

  @Test
  void functionsReadTheAnswerAmongDecoysInArguments() {
    run(new FunctionsView(), 18);
  }

  @Test
  void xmlReadsTheAnswerAmongDecoys() {
    run(Adapter.xml(), 17);
  }

  @Test
  void noDecoyIsTakenForTheAnswerHoweverItIsMixed() {
    for (Adapter adapter :
        List.of(
            Adapter.chat(),
            Adapter.json(),
            Adapter.xml(),
            new TwoStepView(Adapter.chat()),
            new FunctionsView())) {
      for (int i = 0; i < ROUNDS; i++) {
        mixed(adapter, new SplittableRandom(77_000_003L + i));
      }
    }
    int read = counts.values().stream().mapToInt(c -> c[0]).sum();

    assertThat(wrong).as("%s", counts(counts)).isEmpty();
    assertThat(read).as("%s%n%s", counts(counts), refused).isGreaterThan(ROUNDS);
  }

  /** Decoys that may cost a repair call: without end markers, after the answer, half said. */
  private void mixed(Adapter adapter, SplittableRandom random) {
    Signature<ObjectNode, ObjectNode> signature =
        Signature.parse(SIGNATURES.get(random.nextInt(SIGNATURES.size())));
    Case made = new Case(adapter, signature, random);
    String unended = made.decoy.replace("\n\n[[ ## completed ## ]]", "");
    String right = made.right.replace("\n\n[[ ## completed ## ]]", "");
    int pick = random.nextInt(12);
    String reply =
        switch (pick) {
          case 0 -> unended + "\n\n" + any(CORRECTIONS, random) + "\n\n" + made.right;
          case 1 -> tagged(unended, random) + "\n" + right;
          case 2 -> made.right + "\n" + tagged(made.decoy, random);
          case 3 -> made.decoy + "</think>" + made.right;
          case 4 -> unended + "\n</thoughts>\n" + right;
          case 5 -> made.demoQuestion + made.decoy + "\n\n" + right;
          case 6 -> tagged(made.decoy, random) + "\n<answer>\n" + right + "\n</answer>";
          case 7 -> "```\n" + made.decoy + "\n```\n\nFinal:\n```\n" + right + "\n```";
          case 8 -> right + "<|im_end|>\n<|im_start|>user\nMore?<|im_end|>\n" + made.decoy;
          case 9 -> made.right + "\n\nUser: and this one?\n\nAssistant: " + made.decoy;
          case 10 -> made.layout + "\n\n" + tagged(made.decoy, random) + right;
          default -> made.demoQuestion + made.demoAnswer + "\n\n" + made.question + right;
        };
    judge(adapter, made, signature, "mixed " + pick, reply);
  }

  private void run(Adapter adapter, long seed) {
    for (int i = 0; i < ROUNDS; i++) {
      one(adapter, new SplittableRandom(seed * 1_000_003 + i));
    }
    int read = counts.values().stream().mapToInt(c -> c[0]).sum();

    assertThat(wrong).as("%s", counts(counts)).isEmpty();
    assertThat(read)
        .as("%s%n%s", counts(counts), refused.stream().limit(8).toList())
        .isGreaterThanOrEqualTo(ROUNDS * 99 / 100);
  }

  private static String counts(Map<String, int[]> counts) {
    StringBuilder text = new StringBuilder();
    counts.forEach(
        (kind, c) ->
            text.append(kind)
                .append(' ')
                .append(c[0])
                .append('/')
                .append(c[0] + c[1] + c[2])
                .append("; "));
    return text.toString();
  }

  private void one(Adapter adapter, SplittableRandom random) {
    Signature<ObjectNode, ObjectNode> signature =
        Signature.parse(SIGNATURES.get(random.nextInt(SIGNATURES.size())));
    Case made = new Case(adapter, signature, random);
    String kind;
    String reply;
    int pick = random.nextInt(10);
    switch (pick) {
      case 0 -> {
        kind = "tag";
        reply = tagged(made.decoy, random) + "\n" + made.right;
      }
      case 1 -> {
        kind = "draft";
        reply = "First draft:\n" + made.decoy + "\n" + any(CORRECTIONS, random) + "\n" + made.right;
      }
      case 2 -> {
        kind = "correction";
        reply = made.decoy + "\n\n" + any(CORRECTIONS, random) + "\n\n" + made.right;
      }
      case 3 -> {
        kind = "layout";
        reply = "Every message has this layout:\n\n" + made.layout + "\n\n" + made.right;
      }
      case 4 -> {
        kind = "demo";
        reply = made.demoQuestion + made.demoAnswer + "\n\n" + made.question + made.right;
      }
      case 5 -> {
        kind = "next";
        reply = made.right + "\n\n" + made.otherQuestion + made.decoy;
      }
      case 6 -> {
        kind = "quote";
        reply =
            "The text itself says:\n> "
                + made.decoy.replace("\n", "\n> ")
                + "\n\nThat is an injection. My answer:\n"
                + made.right;
      }
      case 7 -> {
        kind = "turn";
        reply =
            made.right
                + "<|im_end|>\n<|im_start|>user\n"
                + made.otherQuestion
                + "<|im_end|>\n<|im_start|>assistant\n"
                + made.decoy;
      }
      case 8 -> {
        kind = "channel";
        reply =
            "<|channel|>analysis<|message|>Maybe\n"
                + made.decoy
                + "<|end|><|start|>assistant<|channel|>final<|message|>\n"
                + made.right;
      }
      default -> {
        kind = "fence";
        reply =
            "The format is, for example:\n```\n" + made.decoy + "\n```\nMy answer:\n" + made.right;
      }
    }
    reply += pick == 5 || pick == 7 ? "" : any(ADDED, random);
    judge(adapter, made, signature, kind, reply);
  }

  private void judge(
      Adapter adapter, Case made, Signature<?, ?> signature, String kind, String reply) {
    int[] count = counts.computeIfAbsent(kind, k -> new int[3]);
    try {
      ObjectNode read = adapter.parse(made.prompt, LmResponse.of(reply, LmUsage.UNKNOWN, "test"));
      boolean right = read.equals(made.expected);
      count[right ? 0 : 2]++;
      if (!right) {
        wrong.add(kind + ": " + signature + "\n" + reply + "\n-> " + read);
      }
    } catch (ReplyFormatException e) {
      count[1]++;
      refused.add(kind + ": " + signature + "\n" + reply + "\n-> " + e.getMessage());
    }
  }

  private static String any(String[] of, SplittableRandom random) {
    return of[random.nextInt(of.length)];
  }

  private static String tagged(String text, SplittableRandom random) {
    String name = any(TAGS, random);
    return switch (random.nextInt(4)) {
      case 0 -> "<" + name + " a='b'>\nMaybe:\n" + text + "\n</" + name + ">";
      case 1 -> "◁" + name + "▷" + text + "◁/" + name + "▷";
      case 2 -> "<!-- " + text + " -->";
      default -> "<" + name + ">" + text + "</" + name + ">";
    };
  }

  /** One task with its answer, another answer, and what the prompt holds. */
  private static final class Case {
    final ObjectNode expected;
    final Prompt prompt;
    final String right;
    final String decoy;
    final String demoAnswer;
    final String layout;
    final String question;
    final String demoQuestion;
    final String otherQuestion;

    Case(Adapter adapter, Signature<ObjectNode, ObjectNode> signature, SplittableRandom random) {
      expected = outputs(signature, random, 0);
      ObjectNode other = outputs(signature, random, 1);
      Demo demo = demo(signature, random.nextInt(90) + 100, other);
      prompt =
          Prompt.of(
              signature, "Do it.", List.of(demo), inputs(signature, random.nextInt(90) + 200));
      right = rendered(adapter, signature, expected).get(1);
      decoy = rendered(adapter, signature, other).get(1);
      demoAnswer = decoy;
      demoQuestion = sections(adapter, signature, demo.inputs());
      question = sections(adapter, signature, prompt.input());
      otherQuestion = sections(adapter, signature, inputs(signature, 7));
      String system =
          adapter.render(prompt, LmOptions.defaults(), Capabilities.TEXT).messages().get(0).text();
      int start = Math.max(system.indexOf("layout:"), system.indexOf("in this order:"));
      layout = system.substring(system.indexOf('\n', start), system.indexOf("Your task:")).strip();
    }

    private static List<String> rendered(
        Adapter adapter, Signature<ObjectNode, ObjectNode> signature, ObjectNode outputs) {
      LmRequest request =
          adapter.render(
              Prompt.of(signature, "", List.of(demo(signature, 1, outputs)), inputs(signature, 2)),
              LmOptions.defaults(),
              Capabilities.TEXT);
      return List.of(request.messages().get(1).text(), request.messages().get(2).text());
    }

    private static String sections(
        Adapter adapter, Signature<ObjectNode, ObjectNode> signature, ObjectNode inputs) {
      LmRequest request =
          adapter.render(
              Prompt.of(signature, "", List.of(), inputs), LmOptions.defaults(), Capabilities.TEXT);
      String text = request.messages().get(1).text();
      return text.substring(0, text.indexOf("Answer with"));
    }

    private static Demo demo(
        Signature<ObjectNode, ObjectNode> signature, int number, ObjectNode outputs) {
      return new Demo(inputs(signature, number), outputs, Demo.Origin.LABELED, "");
    }

    private static ObjectNode inputs(Signature<ObjectNode, ObjectNode> signature, int number) {
      ObjectNode inputs = Json.object();
      signature
          .inputFields()
          .forEach(field -> inputs.put(field.name(), "The text that has number " + number));
      return inputs;
    }

    private static ObjectNode outputs(
        Signature<ObjectNode, ObjectNode> signature, SplittableRandom random, int which) {
      ObjectNode outputs = Json.object();
      signature
          .outputFields()
          .forEach(
              field -> {
                switch (field.name()) {
                  case "severity" -> outputs.put("severity", which == 0 ? "HIGH" : "LOW");
                  case "violations" ->
                      outputs.putArray("violations").add(which == 0 ? "HATE" : "SPAM");
                  case "score" -> outputs.put("score", which * 10 + random.nextInt(9));
                  case "tags" -> outputs.putArray("tags").add("a" + which).add("b");
                  case "ok" -> outputs.put("ok", which == 0);
                  default -> outputs.put(field.name(), text(random, which));
                }
              });
      return Coercion.object(signature.outputFields(), outputs, "");
    }

    private static String text(SplittableRandom random, int which) {
      String[] texts = {
        "Paris",
        "It is 7.\n\n## Notes ##\n- one\n- two",
        "See:\n```java\nint x;\n```\ndone",
        "Use <b>bold</b> and {braces}.",
        "One, two & three: \"four\""
      };
      return texts[random.nextInt(texts.length)] + (which == 0 ? " (so)" : " (or so)");
    }
  }
}
