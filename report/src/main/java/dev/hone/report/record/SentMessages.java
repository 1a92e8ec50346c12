package dev.hone.report.record;

import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.report.data.SentEntry;
import dev.hone.report.data.SentEntry.MessageEntry;
import dev.hone.text.Excerpt;
import dev.hone.text.Redaction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What each predictor sends for one example. Not thread-safe. */
final class SentMessages {
  private static final int MOST_MESSAGES = 200;
  private static final int MOST_CHARACTERS = 20_000;

  private final Map<String, SentEntry> byPredictor = new LinkedHashMap<>();

  void add(String predictor, LmRequest request) {
    List<MessageEntry> messages =
        request.messages().stream().limit(MOST_MESSAGES).map(SentMessages::entry).toList();
    byPredictor.put(predictor, new SentEntry(predictor, messages));
  }

  private static MessageEntry entry(LmMessage message) {
    String text =
        message.isPlainText()
            ? message.text()
            : LmRequest.of(message).toText().replaceFirst("^[^\n]*\n", "");
    return new MessageEntry(
        message.role().name().toLowerCase(Locale.ROOT),
        Excerpt.of(Redaction.of(text), MOST_CHARACTERS));
  }

  List<SentEntry> all() {
    return new ArrayList<>(byPredictor.values());
  }
}
