package dev.hone.cli.progress;

import dev.hone.lm.batch.BatchNotice;
import dev.hone.text.Plural;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Puts into a phrase what there is to say of a batch. */
final class BatchPhrases {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

  private BatchPhrases() {}

  static String of(BatchNotice notice) {
    return of(notice, ZoneId.systemDefault());
  }

  static String of(BatchNotice notice, ZoneId zone) {
    String name = notice.batchId().isEmpty() ? "a batch" : "batch " + notice.batchId();
    String since = TIME.format(notice.since().atZone(zone));
    String next = "next look in " + words(notice.nextLook());
    String all = Plural.of(notice.requests(), "request");
    return switch (notice.kind()) {
      case SUBMITTED -> "%s: %s handed in at %s, %s".formatted(name, all, since, next);
      case RESUMED -> "%s: %s waiting since %s, %s".formatted(name, all, since, next);
      case WAITING ->
          "%s: %d of %s answered, waiting since %s, %s"
              .formatted(name, notice.answered(), all, since, next);
      case TROUBLE -> "%s: %s; %s".formatted(name, notice.detail(), next);
      case ENDED ->
          "%s ended%s".formatted(name, notice.detail().isEmpty() ? "" : ": " + notice.detail());
    };
  }

  private static String words(Duration wait) {
    long seconds = Math.max(1, wait.toSeconds());
    return seconds < 120 ? seconds + " s" : seconds / 60 + " min";
  }
}
