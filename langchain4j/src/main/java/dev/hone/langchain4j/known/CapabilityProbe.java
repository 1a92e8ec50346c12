package dev.hone.langchain4j.known;

import dev.hone.json.Json;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmMessage.Role;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmResponse.StopReason;
import dev.hone.lm.MessagePart;
import dev.hone.lm.ModelIdentity;
import dev.hone.lm.ResponseFormat;
import dev.hone.lm.ToolSpec;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds out by asking what a model offers: whether it binds a reply to a JSON schema, calls a tool,
 * sees an image. What it does not find out stays as the model says. A model of a known identity is
 * asked once in a process. Thread-safe.
 *
 * <p>An image is seen if the reply names its color: a server that drops images from messages
 * answers, too.
 *
 * <p>Cost: three calls of a few tokens, one of them with an image of 64 by 64 pixels; at most 500
 * of each reply, for a model that thinks first or does not stop. A reply that was cut off there
 * before it showed anything leaves what the model says.
 */
public final class CapabilityProbe {
  private static final int MOST_MODELS = 1_000;
  private static final int MOST_TOKENS = 500;

  /** A yellow square, 64 pixels wide, as PNG. Who guesses a color says red or blue. */
  private static final byte[] SQUARE =
      Base64.getDecoder()
          .decode(
              "iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAIAAAAlC+aJAAAATElEQVR42u3PMQkAAAwDsPo33UnoPQjE"
                  + "QNLmtQgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgILAcyl+HS"
                  + "Ep61MQAAAABJRU5ErkJggg==");

  private static final String COLOR = "yellow";

  private static final ObjectNode SCHEMA =
      (ObjectNode)
          Json.parse(
              "{\"type\":\"object\",\"properties\":{\"ok\":{\"type\":\"boolean\"}},\"required\":"
                  + "[\"ok\"],\"additionalProperties\":false}");

  private static final Map<ModelIdentity, Capabilities> FOUND =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<ModelIdentity, Capabilities> eldest) {
              return size() > MOST_MODELS;
            }
          });

  private CapabilityProbe() {}

  /**
   * What a model offers.
   *
   * @throws LmException if a call fails for another reason than that it is not offered
   */
  public static Capabilities of(LanguageModel model) {
    Optional<ModelIdentity> identity = model.identity();
    Capabilities known = identity.map(FOUND::get).orElse(null);
    if (known != null) {
      return known;
    }
    Capabilities found =
        model.capabilities().toBuilder()
            .jsonSchema(bindsToSchema(model))
            .toolCalls(callsTools(model))
            .images(seesImages(model))
            .build();
    identity.ifPresent(same -> FOUND.put(same, found));
    return found;
  }

  private static Optional<LmResponse> answer(LanguageModel model, LmRequest request) {
    try {
      return Optional.of(model.call(request));
    } catch (LmException.InvalidRequest e) {
      return Optional.empty();
    }
  }

  private static LmRequest.Builder asking(LmMessage message) {
    return LmRequest.of(message).toBuilder()
        .options(LmOptions.builder().maxTokens(MOST_TOKENS).build());
  }

  /** Whether a reply shows what was asked for; if it was cut off before, whether the model says. */
  private static boolean shows(LmResponse reply, boolean shown, boolean said) {
    return shown || said && reply.stopReason() == StopReason.LENGTH;
  }

  private static boolean bindsToSchema(LanguageModel model) {
    LmRequest request =
        asking(LmMessage.user("Reply that it is true that you are there."))
            .format(ResponseFormat.jsonSchema("presence", SCHEMA))
            .build();
    boolean said = model.capabilities().jsonSchema();
    return answer(model, request)
        .filter(reply -> shows(reply, isBound(reply.text()), said))
        .isPresent();
  }

  private static boolean isBound(String text) {
    try {
      return Json.parse(text.strip()).path("ok").isBoolean();
    } catch (JacksonException e) {
      return false;
    }
  }

  private static boolean callsTools(LanguageModel model) {
    LmRequest request =
        asking(LmMessage.user("Call the tool presence with ok = true."))
            .tools(List.of(ToolSpec.of("presence", "Notes that you are there.", SCHEMA)))
            .requiredTool("presence")
            .build();
    boolean said = model.capabilities().toolCalls();
    return answer(model, request).filter(reply -> shows(reply, calls(reply), said)).isPresent();
  }

  private static boolean calls(LmResponse reply) {
    return reply.parts().stream().anyMatch(MessagePart.ToolCall.class::isInstance);
  }

  private static boolean seesImages(LanguageModel model) {
    LmMessage message =
        LmMessage.of(
            Role.USER,
            List.of(
                MessagePart.text("Which color has the square? One word."),
                MessagePart.image(SQUARE, "image/png")));
    boolean said = model.capabilities().images();
    return answer(model, asking(message).build())
        .filter(reply -> shows(reply, namesColor(reply.text()), said))
        .isPresent();
  }

  private static boolean namesColor(String text) {
    return text.toLowerCase(Locale.ROOT).contains(COLOR);
  }
}
