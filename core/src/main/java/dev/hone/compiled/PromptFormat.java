package dev.hone.compiled;

import dev.hone.context.Context;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The version of the prompt format that a program was tuned with.
 *
 * @param id the adapter's id, such as {@code chat/2}; null where the file does not name it
 * @param notes what a user should know about a program that was loaded
 */
record PromptFormat(@Nullable String id, List<String> notes) {
  private static final Logger LOG = LoggerFactory.getLogger(PromptFormat.class);

  PromptFormat {
    notes = List.copyOf(notes);
  }

  /** The format of the current context, in which a program is tuned. */
  static PromptFormat current() {
    return new PromptFormat(present(), List.of());
  }

  /** The format that a file names; logs it and keeps a note where the current context differs. */
  static PromptFormat saved(@Nullable String id, String source) {
    if (id == null || id.equals(present())) {
      return new PromptFormat(id, List.of());
    }
    String note = difference(id, present());
    LOG.warn("{}: {}", source, note);
    return new PromptFormat(id, List.of(note));
  }

  /** A copy with more to know. */
  PromptFormat noting(List<String> more) {
    List<String> all = new ArrayList<>(notes);
    all.addAll(more);
    return new PromptFormat(id, all);
  }

  private static String present() {
    return Context.current().adapter().id();
  }

  private static String difference(String saved, String present) {
    return family(saved).equals(family(present))
        ? ("it was tuned with the prompt format %s, and this version of Hone has %s, so its scores"
                + " may differ. Maybe evaluate it, and compile it again if it is worse.")
            .formatted(saved, present)
        : ("it was tuned with the prompt format %s, and the current context has %s, so its scores"
                + " may differ. Maybe load and run it in a context with the adapter it was tuned"
                + " with.")
            .formatted(saved, present);
  }

  private static String family(String id) {
    return id.substring(0, Math.max(0, id.lastIndexOf('/')));
  }
}
