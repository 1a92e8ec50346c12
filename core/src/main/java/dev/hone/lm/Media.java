package dev.hone.lm;

import dev.hone.InvalidInputException;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a message has beside texts: an image, or a file such as a recording or a PDF; by its bytes,
 * or by the URL at which the provider loads it. Immutable.
 */
public abstract class Media extends MessagePart {
  private static final String IMAGE = "image/";

  private final byte[] data;
  private final String mediaType;
  private final @Nullable URI url;

  /** The bytes are taken over, the values checked. */
  Media(byte[] data, String mediaType, @Nullable URI url) {
    super(data, mediaType, url);
    this.data = data;
    this.mediaType = mediaType;
    this.url = url;
  }

  /** A copy of the bytes; none if it has a URL. */
  public final byte[] data() {
    return data.clone();
  }

  /** How many bytes there are; 0 if it has a URL. */
  public final int size() {
    return data.length;
  }

  /** What the bytes are, such as {@code image/png}; empty for an image that has a URL. */
  public final String mediaType() {
    return mediaType;
  }

  /** Where the provider loads it from, if it is not given by its bytes. */
  public final Optional<URI> url() {
    return Optional.ofNullable(url);
  }

  /** As people read it: what it is, and where, or how many bytes. */
  final String described(String kind) {
    String type = mediaType.isEmpty() ? kind : kind + " " + mediaType;
    return url == null
        ? "[%s, %d bytes]".formatted(type, data.length)
        : "[%s %s]".formatted(type, url);
  }

  /** Some bytes of an image, copied. */
  static byte[] imageBytes(byte[] data, String mediaType) {
    if (data.length == 0 || !mediaType.matches("image/[\\w.+-]+")) {
      throw InvalidInputException.of(
          "An image has %d bytes of media type (%s), expected some bytes of image/TYPE"
              .formatted(data.length, mediaType),
          "check the file that it comes from, or use image/png or image/jpeg");
    }
    return data.clone();
  }

  /** Some bytes of a file, copied. */
  static byte[] fileBytes(byte[] data, String mediaType) {
    fileType(mediaType);
    if (data.length == 0) {
      throw InvalidInputException.of(
          "A file of %s has 0 bytes, expected some".formatted(mediaType),
          "check the file that it comes from");
    }
    return data.clone();
  }

  /** The media type of a file, which is not one of an image. */
  static String fileType(String mediaType) {
    if (mediaType.startsWith(IMAGE)) {
      throw InvalidInputException.of(
          "A file has the media type (%s), which is one of an image".formatted(mediaType),
          "use MessagePart.image");
    } else if (!mediaType.matches("[a-z]+/[\\w.+-]+")) {
      throw InvalidInputException.of(
          "A file has the media type (%s), expected TYPE/SUBTYPE".formatted(mediaType),
          "use audio/wav, audio/mpeg or application/pdf");
    }
    return mediaType;
  }

  /** The URL of an image or a file, which a provider can load. */
  static URI loadable(URI url, String what) {
    if (!String.valueOf(url.getScheme()).matches("https?")) {
      throw InvalidInputException.of(
          "The URL of %s begins with (%s), expected http or https".formatted(what, url.getScheme()),
          "read the file and pass its bytes");
    }
    return url;
  }
}
