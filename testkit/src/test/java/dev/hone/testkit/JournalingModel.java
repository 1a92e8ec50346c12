package dev.hone.testkit;

import dev.hone.lm.ForwardingLanguageModel;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A journal of one's own: writes down every attempt, and replays those of an earlier run first. */
final class JournalingModel extends ForwardingLanguageModel {
  /** One attempt, with its reply or its error. */
  record Entry(LmRequest request, LmResponse reply, LmException error) {}

  private final Deque<Entry> recorded;
  private final List<Entry> entries = new ArrayList<>();

  JournalingModel(LanguageModel provider, List<Entry> recorded) {
    super(provider);
    this.recorded = new ArrayDeque<>(recorded);
  }

  @Override
  public synchronized LmResponse call(LmRequest request) {
    Entry next = recorded.peek();
    Entry entry =
        next != null && next.request().equals(request) ? recorded.remove() : attempt(request);
    entries.add(entry);
    if (entry.error() != null) {
      throw entry.error();
    }
    return entry.reply();
  }

  private Entry attempt(LmRequest request) {
    try {
      return new Entry(request, super.call(request), null);
    } catch (LmException e) {
      return new Entry(request, null, e);
    }
  }

  synchronized List<Entry> entries() {
    return List.copyOf(entries);
  }
}
