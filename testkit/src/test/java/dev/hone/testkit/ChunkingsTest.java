package dev.hone.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.adapter.Adapter;
import dev.hone.context.Context;
import dev.hone.json.Json;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmMessage.Role;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmResponse.StopReason;
import dev.hone.lm.LmUsage;
import dev.hone.lm.MessagePart;
import dev.hone.lm.ReplyListener;
import dev.hone.pipeline.LmPipeline;
import dev.hone.program.ChainOfThought;
import dev.hone.program.Predict;
import dev.hone.program.Program;
import dev.hone.prompt.Demo;
import dev.hone.prompt.Prompt;
import dev.hone.signature.Signature;
import dev.hone.stream.ProgramStream;
import dev.hone.stream.StreamPart;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Random replies in random pieces, for every adapter: what is streamed is what is read without
 * streaming. Two thousand in the build; {@code -Dhone.stream.chunkings=100000} in all.
 */
class ChunkingsTest {
  private static final int RUNS = Integer.getInteger("hone.stream.chunkings", 2_000);
  private static final int RUNS_OF_ONE = RUNS / Frame.values().length;

  record Question(String question) {}

  enum Mood {
    CALM,
    ANGRY
  }

  record Answer(String answer) {}

  record Ticket(String summary, Mood mood, List<String> topics, int urgency, String reply) {}

  record Note(Optional<String> remark, Map<String, Integer> counts, String end) {}

  /** The adapters, as a model answers them. */
  enum Frame {
    CHAT(Adapter.chat(), false),
    JSON(Adapter.json(), false),
    XML(Adapter.xml(), false),
    FUNCTIONS(Adapter.functions(), true),
    TWO_STEP(null, false);

    private final Adapter adapter;
    private final boolean calls;

    Frame(Adapter adapter, boolean calls) {
      this.adapter = adapter;
      this.calls = calls;
    }
  }

  /** What surrounds a reply, or is wrong with it. */
  enum Kind {
    GOOD,
    FENCED,
    THOUGHTS,
    PROSE,
    TWICE,
    CORRECTED,
    DAMAGED,
    CUT_OFF,
    NOISE
  }

  private record Task<O>(Program<Question, O> program, Signature<Question, ?> signature) {
    static <O> Task<O> predict(Class<O> output) {
      Signature<Question, O> signature = Signature.of(Question.class, output, "Answer.");
      return new Task<>(Predict.of(signature), signature);
    }
  }

  private static final List<Task<?>> TASKS =
      List.of(
          Task.predict(Answer.class),
          Task.predict(Ticket.class),
          Task.predict(Note.class),
          thinking(ChainOfThought.of(Question.class, Ticket.class, "Answer.")));

  private static <O> Task<O> thinking(ChainOfThought<Question, O> program) {
    return new Task<>(program, program.predict().signature());
  }

  private static final List<String> WORDS =
      List.of(
          "Paris",
          "the ",
          " river ",
          "\n",
          "\n\n",
          "- a",
          "# Title",
          "## Title",
          "[",
          "]",
          "[[",
          "]]",
          "{",
          "}",
          "<b>",
          "</b>",
          "<",
          ">",
          " < 5 ",
          "&",
          "&amp;",
          "\\",
          "\\n",
          "\"",
          "'",
          "`code`",
          "```\n",
          "null",
          "N/A",
          "😀",
          "é",
          "##",
          "[[ \\## answer ## ]]",
          "**bold**",
          "* ",
          "1. ",
          "|",
          "…",
          "\t",
          " end.",
          "<|x",
          "[link](url)",
          "a_b",
          "--",
          "~",
          ":",
          "<\\/answer>");

  private static String text(SplittableRandom random, boolean calm) {
    int length = 1 + random.nextInt(random.nextInt(4) == 0 ? 60 : 8);
    StringBuilder text = new StringBuilder("So ");
    for (int i = 0; i < length; i++) {
      text.append(calm ? "word " : WORDS.get(random.nextInt(WORDS.size())));
    }
    return text.toString().strip();
  }

  /** Values of the outputs. */
  private static ObjectNode outputs(Task<?> task, SplittableRandom random, boolean calm) {
    ObjectNode values = Json.object();
    for (var field : task.signature().outputFields()) {
      switch (field.name()) {
        case "mood" -> values.put("mood", random.nextBoolean() ? "CALM" : "ANGRY");
        case "topics" -> {
          var topics = values.putArray("topics");
          for (int i = random.nextInt(3); i > 0; i--) {
            topics.add(text(random, calm));
          }
        }
        case "urgency" -> values.put("urgency", random.nextInt(100));
        case "counts" -> values.putObject("counts").put("a", random.nextInt(9)).put("b", 2);
        case "remark" -> {
          if (random.nextBoolean()) {
            values.put("remark", text(random, calm));
          } else {
            values.putNull("remark");
          }
        }
        default -> values.put(field.name(), text(random, calm));
      }
    }
    return values;
  }

  /** An answer as the adapter shows it in a demo. */
  private static String written(Adapter adapter, Task<?> task, ObjectNode outputs) {
    ObjectNode input = Json.object().put("question", "Which one?");
    Prompt prompt =
        Prompt.of(
            task.signature(),
            "Answer.",
            List.of(new Demo(input, outputs, Demo.Origin.LABELED, "")),
            input);
    return adapter.render(prompt, LmOptions.defaults(), Capabilities.TEXT).messages().stream()
        .filter(message -> message.role() == Role.ASSISTANT)
        .findFirst()
        .orElseThrow()
        .text();
  }

  private static String reply(Adapter adapter, Task<?> task, Kind kind, SplittableRandom random) {
    boolean calm = kind == Kind.GOOD && random.nextBoolean();
    ObjectNode outputs = outputs(task, random, calm);
    String answer = written(adapter, task, outputs);
    return switch (kind) {
      case GOOD -> answer;
      case FENCED -> "Here it is:\n```\n" + answer + "\n```";
      case THOUGHTS ->
          "<think>First "
              + written(adapter, task, outputs(task, random, true))
              + "</think>\n"
              + answer;
      case PROSE -> "Sure, here is my answer.\n\n" + answer + "\n\nLet me know.";
      case TWICE -> answer + "\n\n" + answer;
      case CORRECTED ->
          written(adapter, task, outputs(task, random, true))
              + "\n\nWait, that is wrong. The corrected answer:\n\n"
              + answer;
      case DAMAGED -> damaged(answer, random);
      case CUT_OFF -> answer.substring(0, random.nextInt(answer.length()));
      case NOISE -> text(random, false);
    };
  }

  private static String damaged(String answer, SplittableRandom random) {
    StringBuilder text = new StringBuilder(answer);
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(3)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.insert(at, WORDS.get(random.nextInt(WORDS.size())));
        default -> text.setCharAt(at, "\"[]{}<>#\\\n".charAt(random.nextInt(10)));
      }
    }
    return text.toString();
  }

  /** A model that answers by the seed, the same for a plain and a streamed run. */
  private static LanguageModel model(Frame frame, Task<?> task, Kind kind, long seed) {
    int[] calls = {0};
    return ScriptedModel.replying(
            request -> {
              int call = calls[0]++;
              SplittableRandom random = new SplittableRandom(seed * 31 + call);
              Kind now = call == 0 ? kind : call % 2 == 1 ? Kind.GOOD : kind;
              Adapter adapter = frame.adapter == null ? Adapter.chat() : frame.adapter;
              String text = reply(adapter, task, now, random);
              StopReason end = now == Kind.CUT_OFF ? StopReason.LENGTH : StopReason.STOP;
              boolean called = request.requiredTool().isPresent() && now != Kind.PROSE;
              MessagePart part =
                  called ? MessagePart.toolCall("1", "answer", text) : MessagePart.text(text);
              return LmResponse.builder()
                  .parts(List.of(part))
                  .stopReason(end)
                  .usage(LmUsage.of(1, 1))
                  .build();
            })
        .withCapabilities(Capabilities.builder().toolCalls(frame.calls).build());
  }

  private static Context context(Frame frame, LanguageModel model) {
    LmPipeline pipeline = LmPipeline.builder(model).noCache().build();
    Adapter adapter = frame.adapter == null ? Adapter.twoStep(pipeline) : frame.adapter;
    return Context.builder().lm(pipeline).adapter(adapter).build();
  }

  private static Object outcome(java.util.concurrent.Callable<?> run) {
    try {
      return run.call();
    } catch (Exception e) {
      return e.getClass() + ": " + e.getMessage();
    }
  }

  /** What the parts come to, checked on the way. */
  private static final class Shown {
    private final Map<String, StringBuilder> texts = new LinkedHashMap<>();
    private final Map<String, JsonNode> values = new LinkedHashMap<>();
    private final List<StreamPart> parts = new ArrayList<>();
    private int withdrawn;
    private int answered;

    void accept(StreamPart part) {
      parts.add(part);
      if (part instanceof StreamPart.FieldText text) {
        assertThat(values).doesNotContainKey(text.field());
        texts.computeIfAbsent(text.field(), key -> new StringBuilder()).append(text.delta());
      } else if (part instanceof StreamPart.FieldValue value) {
        assertThat(texts).doesNotContainKey(value.field());
        assertThat(values.put(value.field(), value.json())).isNull();
      } else if (part instanceof StreamPart.Withdrawn gone) {
        withdrawn++;
        for (String field : gone.fields()) {
          assertThat(texts.remove(field) != null | values.remove(field) != null).isTrue();
        }
      } else if (part instanceof StreamPart.Answered answer) {
        answered++;
        ObjectNode shown = Json.object();
        for (String name : answer.outputs().propertyNames()) {
          if (texts.containsKey(name)) {
            shown.put(name, texts.get(name).toString());
          } else {
            shown.set(name, values.get(name));
          }
        }
        assertThat(shown).isEqualTo(answer.outputs());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Frame.class)
  void whatIsStreamedIsWhatIsReadWithoutStreaming(Frame frame) {
    Map<Kind, Integer> withdrawn = new LinkedHashMap<>();
    int outputs = 0;
    for (int run = 0; run < RUNS_OF_ONE; run++) {
      Kind kind = Kind.values()[run % Kind.values().length];
      Task<?> task = TASKS.get(run / Kind.values().length % TASKS.size());
      Shown shown = check(frame, task, kind, run);
      withdrawn.merge(kind, Math.min(1, shown.withdrawn), Integer::sum);
      outputs += shown.answered;
    }

    System.out.printf(
        "%s: %d runs, %d answered, withdrawn %s%n", frame, RUNS_OF_ONE, outputs, withdrawn);
    assertThat(outputs).isGreaterThan(RUNS_OF_ONE / 3);
  }

  private static <O> Shown check(Frame frame, Task<O> task, Kind kind, int run) {
    Question question = new Question("Which one?");
    Object plain =
        outcome(
            () ->
                context(frame, model(frame, task, kind, run))
                    .call(() -> task.program().run(question)));
    StreamedModel streamed =
        StreamedModel.inRandomPieces(run * 7L + 1, model(frame, task, kind, run));
    Shown shown = new Shown();
    Object result =
        outcome(
            () ->
                context(frame, streamed)
                    .call(() -> ProgramStream.of(task.program()).run(question, shown::accept)));

    assertThat(result).as("%s %s, run %d", frame, kind, run).isEqualTo(plain);
    boolean repaired = streamed.streams() > 1;
    if (kind == Kind.GOOD && !repaired) {
      assertThat(shown.withdrawn).as("withdrawn, %s, run %d", frame, run).isZero();
    }
    return shown;
  }

  @ParameterizedTest
  @EnumSource(Frame.class)
  void showsTheFirstFieldBeforeTheReplyEnds(Frame frame) {
    for (int run = 0; run < 60; run++) {
      Task<?> task = TASKS.get(run % TASKS.size());
      SplittableRandom random = new SplittableRandom(run);
      Adapter adapter = frame.adapter == null ? Adapter.chat() : frame.adapter;
      String text = written(adapter, task, outputs(task, random, true));
      int[] fed = {0};
      List<Integer> shownAt = new ArrayList<>();
      LanguageModel model = fed(frame, text, random, fed);

      context(frame, model)
          .run(
              () ->
                  ProgramStream.of(task.program())
                      .run(new Question("Which one?"), part -> shownAt.add(fed[0])));

      assertThat(shownAt.get(0)).as("first part of %s", text).isLessThan(text.length() - 1);
    }
  }

  /** A model that counts the characters it has told. */
  private static LanguageModel fed(Frame frame, String text, SplittableRandom random, int[] fed) {
    return new LanguageModel() {
      @Override
      public LmResponse call(LmRequest request) {
        MessagePart part =
            request.requiredTool().isPresent()
                ? MessagePart.toolCall("1", "answer", text)
                : MessagePart.text(text);
        return LmResponse.builder().parts(List.of(part)).usage(LmUsage.of(1, 1)).build();
      }

      @Override
      public LmResponse call(LmRequest request, ReplyListener listener) {
        fed[0] = 0;
        while (fed[0] < text.length()) {
          int end = Math.min(text.length(), fed[0] + 1 + random.nextInt(9));
          String piece = text.substring(fed[0], end);
          if (request.requiredTool().isPresent()) {
            listener.onToolCall(0, "answer", piece);
          } else {
            listener.onText(piece);
          }
          fed[0] = end;
        }
        return call(request);
      }

      @Override
      public Capabilities capabilities() {
        return Capabilities.builder().toolCalls(frame.calls).build();
      }

      @Override
      public String id() {
        return "fed";
      }
    };
  }

  @Test
  void tellsWhenAnAnswerIsTypedAndWhole() {
    String text =
        "[[ ## summary ## ]]\nIt is\nlate.\n\n[[ ## mood ## ]]\nangry\n\n[[ ## topics ## ]]\n[\"a\"]\n\n"
            + "[[ ## urgency ## ]]\n7\n\n[[ ## reply ## ]]\nSorry!\n\n[[ ## completed ## ]]";
    LanguageModel model = StreamedModel.inPieces(1, ScriptedModel.answering(asked -> text));
    List<Object> told = new ArrayList<>();

    Ticket ticket =
        context(Frame.CHAT, model)
            .call(
                () ->
                    ProgramStream.of(Predict.of(Question.class, Ticket.class, "Answer."))
                        .run(
                            new Question("?"),
                            part -> {
                              if (part instanceof StreamPart.FieldValue value) {
                                told.add(value.value());
                              } else if (!(part instanceof StreamPart.FieldText)) {
                                told.add(part.getClass().getSimpleName());
                              }
                            }));

    assertThat(told).containsExactly(Mood.ANGRY, List.of("a"), 7, "Answered", "Finished");
    assertThat(ticket).isEqualTo(new Ticket("It is\nlate.", Mood.ANGRY, List.of("a"), 7, "Sorry!"));
  }
}
