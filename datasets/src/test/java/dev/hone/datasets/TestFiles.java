package dev.hone.datasets;

import dev.hone.data.Source;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

/** The files of these tests. */
final class TestFiles {
  private TestFiles() {}

  static Source resource(String name) {
    return Source.ofResource(TestFiles.class, name);
  }

  static Source of(String name, String text) {
    return Source.of(name, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }
}
