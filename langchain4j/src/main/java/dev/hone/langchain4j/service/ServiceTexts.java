package dev.hone.langchain4j.service;

import dev.hone.InvalidInputException;
import dev.langchain4j.service.MemoryId;
import dev.langchain4j.service.SystemMessage;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The texts of a method of an AI service, as LangChain4j reads them, and the names that they know
 * its parameters by: that of {@code @V}; {@code it} for the only one; else its own, where the class
 * file has it.
 */
final class ServiceTexts {
  private static final String ONLY = "it";

  private final Method method;
  private final List<String> texts;

  private ServiceTexts(Method method, List<String> texts) {
    this.method = method;
    this.texts = texts;
  }

  static ServiceTexts of(Method method) {
    List<String> texts = new ArrayList<>();
    SystemMessage system = method.getAnnotation(SystemMessage.class);
    if (system == null) {
      system = method.getDeclaringClass().getAnnotation(SystemMessage.class);
    }
    if (system != null) {
      add(method, system.fromResource(), system.value(), system.delimiter(), texts);
    }
    UserMessage user = method.getAnnotation(UserMessage.class);
    if (user != null) {
      add(method, user.fromResource(), user.value(), user.delimiter(), texts);
    }
    for (Parameter parameter : method.getParameters()) {
      if (parameter.isAnnotationPresent(MemoryId.class)) {
        throw InvalidInputException.of(
            "The method %s keeps a conversation (@MemoryId), and a program is one call"
                .formatted(method.getName()),
            "optimize a method without a memory, or pass the conversation as a text");
      }
    }
    return new ServiceTexts(method, List.copyOf(texts));
  }

  private static void add(
      Method method, String resource, String[] value, String delimiter, List<String> texts) {
    String text =
        resource.isBlank() ? String.join(delimiter, value) : resource(method, resource.strip());
    if (!text.isBlank()) {
      texts.add(text);
    }
  }

  /** Looked for where LangChain4j looks: beside the class, then at the root of the class path. */
  private static String resource(Method method, String name) {
    Class<?> owner = method.getDeclaringClass();
    try (InputStream beside = owner.getResourceAsStream(name);
        InputStream root = owner.getResourceAsStream("/" + name)) {
      InputStream found = beside == null ? root : beside;
      if (found == null) {
        throw InvalidInputException.of(
            "The resource %s of %s.%s is not on the class path"
                .formatted(name, owner.getSimpleName(), method.getName()),
            "check its name and folder");
      }
      return new String(found.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The system message, then the user's; none for a method that has neither. */
  List<String> inOrder() {
    return texts;
  }

  /** The name by which the texts know a parameter. */
  String variable(Parameter parameter) {
    V named = parameter.getAnnotation(V.class);
    if (named != null && !named.value().isBlank()) {
      return named.value();
    }
    boolean only = method.getParameterCount() == 1;
    if (only && texts.stream().anyMatch(text -> text.matches("(?s).*\\{\\{\\s*it\\s*}}.*"))) {
      return ONLY;
    }
    if (parameter.isNamePresent()) {
      return parameter.getName();
    }
    if (only) {
      return ONLY;
    }
    if (parameter.isAnnotationPresent(UserMessage.class)) {
      return "message";
    }
    throw InvalidInputException.of(
        "The class file does not have the names of the parameters of %s, such as that of its %s"
            .formatted(method.getName(), parameter.getType().getSimpleName()),
        "name each by @V(\"...\"), or compile it with -parameters; there are "
            + Arrays.toString(method.getParameterTypes()));
  }
}
