package dev.hone.langchain4j.message;

import dev.hone.lm.LmException;
import dev.hone.lm.MessagePart;
import dev.langchain4j.data.audio.Audio;
import dev.langchain4j.data.message.AudioContent;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.PdfFileContent;
import dev.langchain4j.data.message.VideoContent;
import dev.langchain4j.data.pdf.PdfFile;
import dev.langchain4j.data.video.Video;
import java.util.Base64;
import java.util.Map;

/** Files as LangChain4j knows them: recordings, videos and PDFs. */
final class FileContents {
  /** The names that providers know recordings by, where there is another one. */
  private static final Map<String, String> AUDIO =
      Map.of(
          "audio/mpeg", "audio/mp3",
          "audio/x-wav", "audio/wav",
          "audio/wave", "audio/wav",
          "audio/vnd.wave", "audio/wav");

  private FileContents() {}

  /**
   * A file as a content.
   *
   * @throws LmException.InvalidRequest if it is of a kind that LangChain4j does not pass on
   */
  static Content of(MessagePart.File file) {
    String type = file.mediaType();
    if (type.startsWith("audio/")) {
      return AudioContent.from(audio(file, AUDIO.getOrDefault(type, type)));
    } else if (type.startsWith("video/")) {
      return VideoContent.from(video(file));
    } else if (type.equals(PdfFile.DEFAULT_MIME_TYPE)) {
      return PdfFileContent.from(pdf(file));
    }
    throw new LmException.InvalidRequest(
        ("A message has a file of %s, and LangChain4j passes on audio, video and application/pdf."
                + " Maybe give its contents as a text.")
            .formatted(type),
        null);
  }

  private static Audio audio(MessagePart.File file, String type) {
    Audio.Builder audio = Audio.builder().mimeType(type);
    return file.url().map(audio::url).orElseGet(() -> audio.base64Data(base64(file))).build();
  }

  private static Video video(MessagePart.File file) {
    Video.Builder video = Video.builder().mimeType(file.mediaType());
    return file.url().map(video::url).orElseGet(() -> video.base64Data(base64(file))).build();
  }

  private static PdfFile pdf(MessagePart.File file) {
    PdfFile.Builder pdf = PdfFile.builder().mimeType(file.mediaType());
    return file.url().map(pdf::url).orElseGet(() -> pdf.base64Data(base64(file))).build();
  }

  private static String base64(MessagePart.File file) {
    return Base64.getEncoder().encodeToString(file.data());
  }
}
