package dev.hone.examples.service;

import dev.hone.context.Interceptor;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes a line for each call before it is made: who asked, for which request, and how much. No
 * text of the prompt is in it, since a prompt may hold anything; and no credential, since those are
 * in no request. Thread-safe if where it writes is.
 */
final class AuditLog implements Interceptor {
  private final Consumer<String> lines;

  AuditLog(Consumer<String> lines) {
    this.lines = lines;
  }

  @Override
  public void beforeCall(LmRequest request, Map<String, String> metadata) {
    int characters = 0;
    for (LmMessage message : request.messages()) {
      characters += message.text().length();
    }
    lines.accept(
        "tenant=%s request=%s messages=%d characters=%d"
            .formatted(
                metadata.get(TenantDesk.TENANT),
                metadata.get(TenantDesk.REQUEST),
                request.messages().size(),
                characters));
  }
}
