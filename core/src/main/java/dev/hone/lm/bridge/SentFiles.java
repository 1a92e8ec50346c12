package dev.hone.lm.bridge;

import dev.hone.lm.LmException;
import dev.hone.lm.MessagePart;
import java.util.List;
import java.util.Map;

/** The files that libraries of providers' clients pass on: recordings, videos and PDFs. */
public final class SentFiles {
  private static final String PDF = "application/pdf";

  /** What is passed on, as {@link dev.hone.lm.Capabilities#files} says it. */
  public static final List<String> ALL = List.of("audio/*", "video/*", PDF);

  /** The names that providers know recordings by, where there is another one. */
  private static final Map<String, String> AUDIO =
      Map.of(
          "audio/mpeg", "audio/mp3",
          "audio/x-wav", "audio/wav",
          "audio/wave", "audio/wav",
          "audio/vnd.wave", "audio/wav");

  private SentFiles() {}

  /**
   * The media type by which providers know a file.
   *
   * @param library who passes the file on, such as {@code Spring AI}
   * @throws LmException.InvalidRequest if it is of a kind that is not passed on, or is sent as
   *     something else
   */
  public static String mediaType(MessagePart.File file, String library) {
    String type = file.mediaType();
    if (isAudio(type)) {
      return knownAs(type);
    } else if (isVideo(type) || isPdf(type)) {
      return type;
    }
    throw new LmException.InvalidRequest(
        ("A message has a file of %s, and %s passes on audio, video and %s."
                + " Maybe give its contents as a text.")
            .formatted(type, library, PDF),
        null);
  }

  /** The name by which providers know a media type. */
  public static String knownAs(String mediaType) {
    return AUDIO.getOrDefault(mediaType, mediaType);
  }

  /** Whether it is a recording. */
  public static boolean isAudio(String mediaType) {
    return mediaType.startsWith("audio/");
  }

  /** Whether it is a video. */
  public static boolean isVideo(String mediaType) {
    return mediaType.startsWith("video/");
  }

  private static boolean isPdf(String mediaType) {
    return mediaType.equals(PDF);
  }
}
