package dev.hone.springboot;

import dev.hone.InvalidInputException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * What Boot shows of a value that Hone cannot use at the start: what is wrong, in which bean, and
 * what may repair it, in the place of a stack trace.
 */
final class InvalidInputFailureAnalyzer extends AbstractFailureAnalyzer<InvalidInputException> {
  private static final String FIX = "Maybe ";

  InvalidInputFailureAnalyzer() {}

  @Override
  protected FailureAnalysis analyze(Throwable root, InvalidInputException cause) {
    String message = String.valueOf(cause.getMessage());
    int fix = message.lastIndexOf(FIX);
    String description = (fix < 0 ? message : message.substring(0, fix)).strip();
    String bean = innermostBean(root);
    return new FailureAnalysis(
        bean == null ? description : description + "\n\nThe bean that needs it: " + bean,
        fix < 0 ? null : capitalized(message.substring(fix + FIX.length())),
        cause);
  }

  private static @Nullable String innermostBean(Throwable root) {
    String name = null;
    for (Throwable each = root; each != null; each = each.getCause()) {
      if (each instanceof BeanCreationException creation && creation.getBeanName() != null) {
        name = creation.getBeanName();
      }
    }
    return name;
  }

  private static String capitalized(String text) {
    return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
