package dev.hone.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles sources in this process, and loads their classes. */
public final class CompiledSource {
  private CompiledSource() {}

  /** The class of that name, compiled into a folder from its source alone. */
  public static Class<?> load(String className, String source, Path folder) {
    StringWriter problems = new StringWriter();
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    boolean compiled =
        ToolProvider.getSystemJavaCompiler()
            .getTask(
                problems,
                null,
                null,
                List.of("-proc:none", "-parameters", "-d", folder.toString(), "-cp", classPath),
                null,
                List.of(file(className, source)))
            .call();
    assertThat(compiled).as("%s%n%s", problems, source).isTrue();
    try {
      URL[] urls = {folder.toUri().toURL()};
      return new URLClassLoader(urls, CompiledSource.class.getClassLoader()).loadClass(className);
    } catch (ClassNotFoundException e) {
      throw new LinkageError(e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JavaFileObject file(String className, String source) {
    URI uri = URI.create("string:///" + className.replace('.', '/') + ".java");
    return new SimpleJavaFileObject(uri, JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return source;
      }
    };
  }
}
