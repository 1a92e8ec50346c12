package dev.hone.compiled;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Programs that were saved load in a Hone whose prompts describe types in other words. It is Hone
 * as it is, loaded a second time, with the words in the class files of {@code FieldType} replaced.
 */
class RewordedTypesTest {
  private static final Map<String, String> OTHER_WORDS =
      Map.of(
          "text", "a string",
          "whole number", "integer",
          "number", "decimal number",
          "true or false", "yes or no",
          "any JSON value", "JSON",
          "date (YYYY-MM-DD)", "day (YYYY-MM-DD)",
          "one of \u0001", "exactly one of \u0001",
          "list of \u0001", "sequence of \u0001",
          "set of \u0001", "distinct \u0001",
          "object {", "record {");

  /** What runs in the reworded Hone. */
  public static final class Reworded {
    private Reworded() {}

    /** Loads every artifact of a format, and gives the system messages that they render. */
    public static String systemMessages(String version) {
      StringBuilder all = new StringBuilder();
      for (String name : SavedPrograms.NAMES) {
        Compiled<?, ?> loaded = SavedPrograms.load(version, name);
        all.append(
            SavedPrograms.rendered(
                loaded, SavedPrograms.resource("v1/" + name + ".requests.json")));
      }
      return all.toString();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v2"})
  void loadsWhatWasSavedAfterTheWordsForTypesHaveChanged(String version) throws Exception {
    String usual = Reworded.systemMessages(version);
    String reworded = reworded(version);

    assertThat(usual)
        .contains("(whole number)", "(one of RED | GREEN | BLUE)", "(list of (text, or null))");
    assertThat(reworded)
        .contains("(integer)", "(exactly one of RED", "(sequence of (a string, or null))")
        .doesNotContain("(whole number)", "(one of RED", "(list of", "(text)", "(object {");
  }

  private static String reworded(String version) throws Exception {
    Class<?> type =
        new RewordingLoader(RewordedTypesTest.class.getClassLoader())
            .loadClass(Reworded.class.getName());
    return (String) type.getMethod("systemMessages", String.class).invoke(null, version);
  }

  @Test
  void hasAnotherClassForEachTypeInTheRewordedHone() throws Exception {
    Class<?> type =
        new RewordingLoader(RewordedTypesTest.class.getClassLoader())
            .loadClass("dev.hone.type.FieldType");

    assertThat(type).isNotSameAs(dev.hone.type.FieldType.class);
  }

  /** Loads all of Hone anew, and replaces words in the classes of the room of types. */
  private static final class RewordingLoader extends ClassLoader {
    RewordingLoader(ClassLoader parent) {
      super(parent);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith("dev.hone.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? define(name) : loaded;
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (file == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] bytes =
            name.startsWith("dev.hone.type.FieldType") ? withOtherWords(file) : file.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }

    /** Copies a class file with some of the texts of its constant pool replaced. */
    private static byte[] withOtherWords(InputStream file) throws IOException {
      DataInputStream in = new DataInputStream(file);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeLong(in.readLong());
      int constants = in.readUnsignedShort();
      out.writeShort(constants);
      for (int i = 1; i < constants; i++) {
        int tag = in.readUnsignedByte();
        out.writeByte(tag);
        if (tag == 1) {
          String text = in.readUTF();
          out.writeUTF(OTHER_WORDS.getOrDefault(text, text));
        } else {
          out.write(in.readNBytes(sizeOf(tag)));
          i += tag == 5 || tag == 6 ? 1 : 0;
        }
      }
      in.transferTo(out);
      return bytes.toByteArray();
    }

    /** The bytes of a constant after its tag; JVM specification, section 4.4. */
    private static int sizeOf(int tag) {
      return switch (tag) {
        case 7, 8, 16, 19, 20 -> 2;
        case 15 -> 3;
        case 5, 6 -> 8;
        default -> 4;
      };
    }
  }
}
