package dev.hone.benchmarks.realserver;

import dev.hone.json.Json;
import dev.hone.langchain4j.LangChain4jModel;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmMessage.Role;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmResponse.StopReason;
import dev.hone.lm.MessagePart;
import dev.hone.lm.MessagePart.ToolCall;
import dev.hone.lm.ResponseFormat;
import dev.hone.lm.ToolSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** What is asked of a model call by call: requests, and what must be in the replies. */
final class WireChecks {
  private static final int SHORT = 5;
  private static final int AT_ONCE = 8;
  private static final List<String> PLACES =
      List.of("Paris", "Rome", "Oslo", "Lima", "Cairo", "Quito", "Delhi", "Tokyo");

  private static final ObjectNode WEATHER =
      (ObjectNode)
          Json.parse(
              """
              {"type": "object", "properties": {
                 "city": {"type": "string", "maxLength": 30},
                 "sky": {"type": "string", "enum": ["CLEAR", "CLOUDY", "RAIN"]},
                 "degrees": {"type": "integer", "minimum": -40, "maximum": 60},
                 "winds": {"type": "array", "items": {"type": "string", "enum": ["NORTH", "SOUTH"]},
                           "maxItems": 2}},
               "required": ["city", "sky", "degrees", "winds"], "additionalProperties": false}\
              """);
  private static final ObjectNode CITY =
      (ObjectNode)
          Json.parse(
              """
              {"type": "object", "properties": {"city": {"type": "string"}},
               "required": ["city"], "additionalProperties": false}\
              """);

  private final LanguageModel model;

  /** What {@link #requiredTool} saw. */
  private Optional<ToolCall> required = Optional.empty();

  WireChecks(LanguageModel model) {
    this.model = model;
  }

  List<Supplier<Check>> all() {
    List<Supplier<Check>> checks = new ArrayList<>();
    checks.add(Check.later("a reply, with its usage", this::usage));
    checks.add(Check.later("a limit of 5 tokens cuts off, and says so", this::limit));
    checks.add(Check.later("temperature 0 twice gives the same reply", this::greedy));
    checks.add(Check.later("every option: temperature, top p, stop, limit", this::options));
    checks.add(Check.later("a JSON schema binds the reply", this::schema));
    checks.add(Check.later("a prompt that is too long is its typed error", this::tooLong));
    checks.add(Check.later(AT_ONCE + " calls at once all end", this::atOnce));
    return checks;
  }

  /** Of a server that calls tools natively with this model. */
  List<Supplier<Check>> tools() {
    return List.of(
        Check.later("a required tool is called natively", this::requiredTool),
        Check.later("a tool's result goes back natively", this::toolResult));
  }

  static LmRequest.Builder asking(String text, int maxTokens) {
    return LmRequest.of(LmMessage.user(text)).toBuilder()
        .options(LmOptions.builder().temperature(0).maxTokens(maxTokens).build());
  }

  private Check usage(String what) {
    LmResponse reply = model.call(asking("What is the capital of France?", 30).build());
    boolean counted = reply.usage().promptTokens() > SHORT && reply.usage().completionTokens() > 0;
    boolean named = !reply.modelId().isBlank() && !reply.text().isBlank();
    return new Check(
        what,
        counted && named,
        "\"%s\", %s, by %s".formatted(reply.text(), reply.usage(), reply.modelId()));
  }

  private Check limit(String what) {
    LmResponse reply = model.call(asking("Tell me a long story.", SHORT).build());
    boolean held =
        reply.stopReason() == StopReason.LENGTH && reply.usage().completionTokens() == SHORT;
    return new Check(what, held, reply.stopReason() + ", " + reply.usage());
  }

  private Check greedy(String what) {
    LmRequest request = asking("Name three animals.", 20).build();
    String first = model.call(request).text();
    String second = model.call(request).text();
    return new Check(what, first.equals(second) && !first.isBlank(), first);
  }

  private Check options(String what) {
    LmOptions options =
        LmOptions.builder().temperature(0.7).topP(0.9).stop("five").maxTokens(60).build();
    LmResponse reply =
        model.call(
            asking("Count in words: one, two, three, and so on.", 60).options(options).build());
    boolean held = !reply.text().contains("five");
    return new Check(what, held, reply.stopReason() + ", \"" + reply.text() + "\"");
  }

  private Check schema(String what) {
    int fitting = 0;
    String last = "";
    for (String place : PLACES.subList(0, SHORT)) {
      LmRequest request =
          asking("Make up a weather report of " + place + ".", 200)
              .format(ResponseFormat.jsonSchema("weather", WEATHER))
              .build();
      last = model.call(request).text();
      fitting += SchemaFit.fits(last, WEATHER) ? 1 : 0;
    }
    String seen = "%d of %d replies fit, such as %s".formatted(fitting, SHORT, last);
    return new Check(what, fitting == SHORT, seen);
  }

  private LmRequest.Builder askingForATool() {
    return asking("What is the weather in Paris? Use the tool.", 200)
        .tools(List.of(ToolSpec.of("weather", "Tells the weather of a city.", CITY)));
  }

  private Optional<ToolCall> called() {
    return model.call(askingForATool().requiredTool("weather").build()).parts().stream()
        .filter(ToolCall.class::isInstance)
        .map(ToolCall.class::cast)
        .findFirst();
  }

  private Check requiredTool(String what) {
    Optional<ToolCall> call = called();
    required = call;
    boolean held =
        call.filter(made -> made.name().equals("weather"))
            .filter(made -> SchemaFit.fits(made.arguments(), CITY))
            .isPresent();
    return new Check(what, held, call.map(Object::toString).orElse("no call"));
  }

  /** Of the call of the check before, since a model this small does not make two alike. */
  private Check toolResult(String what) {
    ToolCall call = required.orElseThrow(() -> new IllegalStateException("no call before"));
    List<LmMessage> messages = new ArrayList<>(askingForATool().build().messages());
    messages.add(LmMessage.of(Role.ASSISTANT, List.of(call)));
    messages.add(
        LmMessage.tool(
            MessagePart.toolResult(call.id(), call.name(), "Sunny, 31 degrees.", false)));
    LmResponse reply = model.call(askingForATool().messages(messages).build());
    boolean knows = reply.text().contains("31") || reply.text().contains("unny");
    return new Check(what, knows, reply.text());
  }

  private Check tooLong(String what) {
    try {
      LmResponse reply = model.call(asking("word ".repeat(20_000), SHORT).build());
      return new Check(what, false, "answered: " + reply.text());
    } catch (LmException e) {
      boolean held = e instanceof LmException.ContextWindowExceeded;
      return new Check(what, held, e.getClass().getSimpleName() + ": " + e.getMessage());
    }
  }

  private Check atOnce(String what) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<LmResponse>> replies = new ArrayList<>();
      for (String place : PLACES) {
        LmRequest request = asking("In which country is " + place + "?", 20).build();
        replies.add(threads.submit(() -> model.call(request)));
      }
      int said = 0;
      for (Future<LmResponse> reply : replies) {
        said += reply.get().text().isBlank() ? 0 : 1;
      }
      return new Check(what, said == AT_ONCE, said + " replies with text");
    } finally {
      threads.shutdown();
    }
  }

  /** What a model is found to offer by asking it; a server of today binds replies to schemas. */
  static Check probed(LangChain4jModel model) {
    return Check.of(
        "`probed()` finds what is offered",
        what -> {
          var found = model.probed().capabilities();
          return new Check(what, found.jsonSchema(), found.toString());
        });
  }
}
