package dev.hone.lm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/**
 * Plays the next version of Hone: the sources of today with one more kind of part, and with one
 * more option, compiled. Users' code that was compiled against today's classes runs with them
 * unchanged.
 */
class GrowthTest {
  private static final String USER =
      """
      package user;

      import dev.hone.lm.LmMessage;
      import dev.hone.lm.LmOptions;
      import dev.hone.lm.LmRequest;
      import dev.hone.lm.MessagePart;

      public final class UserCode {
        public static String describe(MessagePart part) {
          return part.accept(
              new MessagePart.Visitor<String>() {
                @Override
                public String otherwise(MessagePart other) {
                  return "something else: " + other;
                }

                @Override
                public String visit(MessagePart.Text text) {
                  return "text: " + text.text();
                }
              });
        }

        public static String prompt() {
          LmOptions own = LmOptions.builder().temperature(0.5).maxTokens(7).build();
          LmRequest request =
              LmRequest.builder().message(LmMessage.user("hi")).options(own.withMaxTokens(8)).build();
          return request.toText();
        }
      }
      """;

  @TempDir private Path folder;

  @Test
  void aPartOfANewKindIsSomethingElseToUsersThatWereCompiledBefore() throws Exception {
    Path user = compiled("user", "user/UserCode.java", USER);
    String next =
        Change.of(MessagePart.class)
            .before(
                "    /** The result for an image.",
                """
                    /** The result for a sound. */
                    default R visit(Audio audio) {
                      return otherwise(audio);
                    }

                """)
            .before(
                "  /** A text. */",
                """
                  /** A sound. */
                  public static Audio audio(String url) {
                    return new Audio(url);
                  }

                  /** A sound. */
                  public static final class Audio extends MessagePart {
                    private Audio(String url) {
                      super(url);
                    }
                  }

                """)
            .before(
                "    if (this instanceof Text text) {",
                """
                    if (this instanceof Audio audio) {
                      return visitor.visit(audio);
                    }
                """)
            .source();
    Path changed = compiled("next", "dev/hone/lm/MessagePart.java", next);

    try (URLClassLoader later = loader(changed, user)) {
      Class<?> part = later.loadClass(MessagePart.class.getName());
      Object audio = part.getMethod("audio", String.class).invoke(null, "https://h/a.mp3");
      Object text = part.getMethod("text", String.class).invoke(null, "hi");

      assertThat(describe(later, part, audio)).isEqualTo("something else: [Audio]");
      assertThat(describe(later, part, text)).isEqualTo("text: hi");
    }
  }

  private static Object describe(ClassLoader later, Class<?> part, Object value) throws Exception {
    return later.loadClass("user.UserCode").getMethod("describe", part).invoke(null, value);
  }

  @Test
  void aNewOptionStaysUnsetForUsersThatWereCompiledBefore() throws Exception {
    Path user = compiled("user", "user/UserCode.java", USER);
    String next =
        Change.of(LmOptions.class)
            .before("  private final long rolloutId;", "  private final @Nullable Long seed;\n")
            .before("    rolloutId = builder.rolloutId;", "    seed = builder.seed;\n")
            .before("    builder.rolloutId = rolloutId;", "    builder.seed = seed;\n")
            .before(
                "  /** A copy with some changes",
                """
                  /** The seed; null if it is left to the model. */
                  public @Nullable Long seed() {
                    return seed;
                  }

                """)
            .before(
                "    private Builder() {}",
                """
                    private @Nullable Long seed;

                    /** Sets the seed. */
                    public Builder seed(@Nullable Long value) {
                      seed = value;
                      return this;
                    }

                """)
            .source();
    Path changed = compiled("next", "dev/hone/lm/LmOptions.java", next);

    try (URLClassLoader later = loader(changed, user)) {
      Class<?> options = later.loadClass(LmOptions.class.getName());
      Object defaults = options.getMethod("defaults").invoke(null);

      assertThat(options.getMethod("seed").invoke(defaults)).isNull();
      assertThat(later.loadClass("user.UserCode").getMethod("prompt").invoke(null))
          .isEqualTo("--- user ---\nhi\n\n--- options ---\ntemperature: 0.5\nmaxTokens: 8");
    }
  }

  /** The source of a class of today, with texts put in. */
  private record Change(String source) {
    static Change of(Class<?> type) throws IOException {
      String path = type.getName().replace('.', '/') + ".java";
      return new Change(Files.readString(Path.of("src/main/java", path)));
    }

    Change before(String anchor, String text) {
      assertThat(source).contains(anchor);
      return new Change(source.replace(anchor, text + anchor));
    }
  }

  /** Compiles one source against today's classes; gives the folder of its classes. */
  private Path compiled(String name, String path, String source) throws Exception {
    Path classes = Files.createDirectories(folder.resolve(name));
    Path file = folder.resolve("sources-" + name).resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, source);
    String classPath =
        Stream.of(MessagePart.class, ObjectNode.class, Nullable.class)
            .map(type -> String.valueOf(Path.of(placeOf(type))))
            .collect(Collectors.joining(System.getProperty("path.separator")));

    int problems =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-Xlint:none",
                "-cp",
                classPath,
                "-d",
                classes.toString(),
                file.toString());

    assertThat(problems).isZero();
    return classes;
  }

  /** Loads from these folders, then from today's classes, and never those that are loaded here. */
  private static URLClassLoader loader(Path... folders) throws IOException {
    List<URL> urls = new ArrayList<>();
    for (Path folder : folders) {
      urls.add(folder.toUri().toURL());
    }
    urls.add(placeOf(MessagePart.class).toURL());
    ClassLoader others =
        new ClassLoader(GrowthTest.class.getClassLoader()) {
          @Override
          protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("dev.hone.")) {
              throw new ClassNotFoundException(name);
            }
            return super.loadClass(name, resolve);
          }
        };
    return new URLClassLoader(urls.toArray(new URL[0]), others);
  }

  private static URI placeOf(Class<?> type) {
    try {
      return type.getProtectionDomain().getCodeSource().getLocation().toURI();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
