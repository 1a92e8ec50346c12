package dev.hone.langchain4j.message;

import dev.hone.lm.LmException;
import dev.hone.lm.MessagePart;
import dev.hone.lm.bridge.SentFiles;
import dev.langchain4j.data.audio.Audio;
import dev.langchain4j.data.message.AudioContent;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.PdfFileContent;
import dev.langchain4j.data.message.VideoContent;
import dev.langchain4j.data.pdf.PdfFile;
import dev.langchain4j.data.video.Video;
import java.util.Base64;

/** Files as LangChain4j knows them: recordings, videos and PDFs. */
final class FileContents {
  private FileContents() {}

  /**
   * A file as a content.
   *
   * @throws LmException.InvalidRequest if it is of a kind that LangChain4j does not pass on
   */
  static Content of(MessagePart.File file) {
    String type = SentFiles.mediaType(file, "LangChain4j");
    if (SentFiles.isAudio(type)) {
      return AudioContent.from(audio(file, type));
    }
    return SentFiles.isVideo(type)
        ? VideoContent.from(video(file))
        : PdfFileContent.from(pdf(file));
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
