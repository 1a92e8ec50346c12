package dev.hone.agents;

import dev.hone.adapter.Adapter;
import dev.hone.json.Json;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmResponse.StopReason;
import dev.hone.lm.LmUsage;
import dev.hone.lm.MessagePart;
import dev.hone.lm.MessagePart.ToolCall;
import dev.hone.lm.MessagePart.ToolResult;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A model that replies at random whatever models reply: good calls, several at once, unknown tools,
 * wrong and broken arguments, prose, replies cut off, answers of the wrong type, the same again and
 * again; in parts and in words; and now and then a prompt is too long for it. Checks that what it
 * is asked is a conversation that a provider takes. For one run, on one thread.
 */
final class RandomAgentModel implements LanguageModel {
  private static final int TOKENS = 10;

  private final SplittableRandom random;
  private final Adapter adapter;
  private final boolean images;
  private final boolean nativeCalls;
  private final int goodness;
  private int nonce;
  private int calls;
  private String lastReply = "";

  RandomAgentModel(SplittableRandom random, Adapter adapter) {
    this.random = random;
    this.adapter = adapter;
    this.images = random.nextBoolean();
    this.nativeCalls = random.nextBoolean();
    this.goodness = random.nextBoolean() ? random.nextInt(100) : 95;
  }

  @Override
  public String id() {
    return "random";
  }

  @Override
  public Capabilities capabilities() {
    return Capabilities.builder().toolCalls(nativeCalls).images(images).build();
  }

  /** By which it is asked, and often replies. */
  Adapter adapter() {
    return adapter;
  }

  /** How often it was asked. */
  int calls() {
    return calls;
  }

  @Override
  public LmResponse call(LmRequest request) {
    calls++;
    requirePairs(request);
    if (random.nextInt(15) == 0) {
      throw new LmException.ContextWindowExceeded("too long", null);
    }
    boolean parts = !request.tools().isEmpty() && random.nextInt(12) > 0;
    return parts ? parts() : words();
  }

  /** Every call has its result right behind it, and every result its call. */
  private void requirePairs(LmRequest request) {
    List<String> open = new ArrayList<>();
    for (LmMessage message : request.messages()) {
      List<String> results = new ArrayList<>();
      for (MessagePart part : message.parts()) {
        if (part instanceof ToolResult result) {
          results.add(result.callId());
        }
        requireText(part);
      }
      if (!results.equals(open)) {
        throw new AssertionError("Calls %s have the results %s".formatted(open, results));
      }
      open.clear();
      for (MessagePart part : message.parts()) {
        if (part instanceof ToolCall call) {
          open.add(call.id());
          if (!call.name().matches("[A-Za-z0-9_-]{1,64}")) {
            throw new AssertionError("A call of the tool " + call.name());
          }
        }
      }
    }
    if (!open.isEmpty()) {
      throw new AssertionError("Calls without results: " + open);
    }
  }

  private void requireText(MessagePart part) {
    boolean image =
        part instanceof MessagePart.Image
            || (part instanceof ToolResult result && !result.images().isEmpty());
    if (image && !images) {
      throw new AssertionError("An image to a model that takes none");
    }
  }

  private LmResponse parts() {
    List<MessagePart> parts = new ArrayList<>();
    if (random.nextBoolean()) {
      parts.add(MessagePart.text(random.nextBoolean() ? "I think." : prose()));
    }
    int count = random.nextInt(10) == 0 ? 0 : 1 + random.nextInt(random.nextInt(1, 5));
    for (int i = 0; i < count; i++) {
      String id =
          switch (random.nextInt(4)) {
            case 0 -> "";
            case 1 -> "same";
            default -> "id" + random.nextInt(1_000_000);
          };
      ToolCall call = MessagePart.toolCall(id, tool(), arguments());
      parts.add(call);
      if (random.nextInt(15) == 0) {
        parts.add(call);
      }
    }
    return reply(parts.isEmpty() ? List.of(MessagePart.text("")) : parts);
  }

  private LmResponse words() {
    String text = random.nextInt(6) == 0 && !lastReply.isEmpty() ? lastReply : text();
    lastReply = text;
    return reply(List.of(MessagePart.text(text)));
  }

  private LmResponse reply(List<? extends MessagePart> parts) {
    return LmResponse.builder()
        .parts(parts)
        .usage(LmUsage.of(TOKENS / 2, TOKENS / 2))
        .stopReason(random.nextInt(20) == 0 ? StopReason.LENGTH : StopReason.STOP)
        .modelId("random")
        .build();
  }

  private String text() {
    String calls = array();
    String whole =
        switch (random.nextInt(4) == 0 ? random.nextInt(3) : layout()) {
          case 0 -> "{\"thought\": \"so\", \"calls\": %s}".formatted(calls);
          case 1 -> "<thought>so</thought>\n<calls>%s</calls>".formatted(calls);
          default ->
              "[[ ## thought ## ]]\nso\n\n[[ ## calls ## ]]\n%s\n\n[[ ## completed ## ]]"
                  .formatted(calls);
        };
    return switch (random.nextInt(good() ? 40 : 8)) {
      case 0 -> prose();
      case 1 -> whole.substring(0, random.nextInt(whole.length()));
      case 2 -> whole.replace('"', '\'');
      case 3 -> "```json\n" + whole + "\n```";
      case 4 -> whole + "\n\n" + whole;
      case 5 -> "";
      default -> whole;
    };
  }

  /** That of the adapter. */
  private int layout() {
    String id = adapter.toString();
    return id.contains("xml") ? 1 : id.contains("json") || id.contains("functions") ? 0 : 2;
  }

  private String array() {
    List<String> items = new ArrayList<>();
    int count = random.nextInt(good() ? 1 : 0, 4);
    for (int i = 0; i < count; i++) {
      items.add("{\"tool\": \"%s\", \"arguments\": %s}".formatted(tool(), arguments()));
    }
    return "[" + String.join(", ", items) + "]";
  }

  private boolean good() {
    return random.nextInt(100) < goodness;
  }

  private String tool() {
    return switch (random.nextInt(good() ? 9 : 12)) {
      case 0, 1, 2 -> "echo";
      case 3 -> "fails";
      case 4 -> random.nextBoolean() ? "long" : "looks";
      case 5, 6, 7 -> "submit";
      case 8 -> "rare";
      case 9 -> "ech0";
      case 10 -> "";
      default -> prose();
    };
  }

  /** Arguments that fit any of the tools, some of them, or none. */
  private String arguments() {
    String n = random.nextInt(10) == 0 ? "\"x\"" : String.valueOf(nonce++);
    String whole =
        "{\"n\": %s, \"answer\": %s, \"score\": %s}"
            .formatted(n, Json.write(Json.object().put("a", prose()).path("a")), score());
    return switch (random.nextInt(good() ? 60 : 9)) {
      case 0 -> "{}";
      case 1 -> whole.substring(0, random.nextInt(whole.length()));
      case 2 -> "[1, 2]";
      case 3 -> "null";
      case 4 -> "{\"n\": 1, \"n\": 2}";
      default -> whole;
    };
  }

  private String score() {
    return good() ? "5" : random.nextBoolean() ? "\"much\"" : "99";
  }

  private String prose() {
    return switch (random.nextInt(5)) {
      case 0 -> "It is Joyce.";
      case 1 -> "[[ ## calls ## ]] are \"quoted\" {here}";
      case 2 -> "submit(answer)";
      case 3 -> "\u0000\uD83D\uDE00 \uD83D";
      default -> "word ".repeat(random.nextInt(30)).strip();
    };
  }
}
