package dev.hone.springai.message;

import dev.hone.json.Json;
import dev.hone.lm.bridge.Causes;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.node.ObjectNode;

/**
 * The HTTP status that an exception of a provider's client has. Spring AI hands on the exceptions
 * of each provider's own library, which share no class: they are told by their methods, as {@code
 * statusCode()}, so that none of those libraries is needed here.
 *
 * @param status such as 429
 * @param body what the provider said, as JSON
 */
record ForeignStatus(int status, String body, @Nullable Object headers) {
  private static final List<String> STATUS = List.of("statusCode", "getStatusCode", "code");
  private static final List<String> HEADERS =
      List.of("headers", "getResponseHeaders", "getHeaders");
  private static final List<String> BODY = List.of("getResponseBodyAsString", "body");
  private static final List<String> VALUES = List.of("values", "getFirst");
  private static final Pattern IN_WORDS =
      Pattern.compile("(?s)(?:HTTP )?([1-5][0-9]{2})(?: -|:) ?(.*)");

  /** The first of an exception and its causes that has a status. */
  static Optional<ForeignStatus> of(Throwable error) {
    return Causes.find(error, one -> number(one) > 0).map(ForeignStatus::read);
  }

  private static ForeignStatus read(Throwable error) {
    String words = String.valueOf(error.getMessage());
    Matcher matcher = IN_WORDS.matcher(words);
    Object body = first(error, BODY);
    String said = body instanceof String text && !text.isBlank() ? text : words;
    if (said.equals(words) && matcher.matches()) {
      said = matcher.group(2);
    }
    if (!said.strip().startsWith("{") && body != null) {
      said = both(said, body);
    }
    return new ForeignStatus(number(error), said, first(error, HEADERS));
  }

  /** The words for people, and beside them the whole body, which may tell more of what it is. */
  private static String both(String words, Object body) {
    ObjectNode error = Json.object();
    error.putObject("error").put("message", words).put("type", body.toString());
    return Json.write(error);
  }

  private static int number(Throwable error) {
    Object found = first(error, STATUS);
    Object number = found == null || found instanceof Number ? found : call(found, "value");
    int status = number instanceof Integer value ? value : 0;
    if (status < 100 || status > 599) {
      Matcher matcher = IN_WORDS.matcher(String.valueOf(error.getMessage()));
      boolean named = error.getClass().getSimpleName().endsWith("TransientAiException");
      return named && matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    }
    return status;
  }

  /** The first value of a header. */
  Optional<String> header(String name) {
    if (headers == null) {
      return Optional.empty();
    }
    for (String method : VALUES) {
      Object found = call(headers, method, name);
      Object value = found instanceof List<?> list && !list.isEmpty() ? list.get(0) : found;
      if (value instanceof String text) {
        return Optional.of(text);
      }
    }
    return Optional.empty();
  }

  private static @Nullable Object first(Object owner, List<String> methods) {
    for (String method : methods) {
      Object found = call(owner, method);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /**
   * What a public method returns; null without such a method. The owner's class may be hidden, as
   * Spring's is for a status without a name: then it is looked for in its interfaces and above.
   */
  private static @Nullable Object call(Object owner, String name, String... arguments) {
    Class<?>[] types = arguments.length == 0 ? new Class<?>[0] : new Class<?>[] {String.class};
    Class<?> type = owner.getClass();
    try {
      Method method = type.getMethod(name, types);
      return ClassUtils.getPubliclyAccessibleMethodIfPossible(method, type)
          .invoke(owner, (Object[]) arguments);
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      return null;
    }
  }
}
