package dev.hone.site;

import dev.hone.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Finds the pages, beginning at README.md and at every Markdown file of {@code docs}, follows their
 * links through the checkout, and writes all of them.
 */
final class SiteWriter {
  private static final Path START = Path.of("README.md");
  private static final Path DOCS = Path.of("docs");
  private static final Path SCRIPT = Path.of("search.js");

  private final Path checkout;
  private final Path target;
  private final Map<Path, SitePage> pages = new LinkedHashMap<>();
  private final Set<Path> images = new TreeSet<>();
  private final List<String> faults = new ArrayList<>();

  SiteWriter(Path checkout, Path target) {
    this.checkout = checkout.normalize();
    this.target = target.normalize();
  }

  /**
   * Writes the site.
   *
   * @return the files, relative to the target
   * @throws InvalidInputException if a link leads nowhere; tells all of them
   */
  List<Path> write() {
    try {
      collect();
      pages.values().forEach(page -> faults.addAll(page.faults(pages)));
      if (!faults.isEmpty()) {
        throw InvalidInputException.of(
            "The site has %d links that lead nowhere:%n  %s"
                .formatted(faults.size(), String.join(System.lineSeparator() + "  ", faults)),
            "correct the paths, or the headings they name");
      }
      return writeAll();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void collect() throws IOException {
    Deque<Path> open = new ArrayDeque<>();
    open.add(START);
    try (Stream<Path> files = Files.walk(checkout.resolve(DOCS))) {
      files
          .filter(file -> file.toString().endsWith(".md"))
          .map(checkout::relativize)
          .sorted()
          .forEach(open::add);
    }
    add(CommandReference.page());
    add(SettingsReference.page());
    while (!open.isEmpty()) {
      Path source = open.remove();
      if (!pages.containsKey(source)) {
        SitePage page = SitePage.read(checkout, source);
        add(page);
        page.links().stream().map(SiteLink::file).forEach(file -> follow(page, file, open));
      }
    }
  }

  private void add(SitePage page) {
    pages.put(page.source(), page);
  }

  private void follow(SitePage page, Path file, Deque<Path> open) {
    Path found = checkout.resolve(file);
    if (pages.containsKey(file)) {
      return;
    } else if (!Files.exists(found)) {
      faults.add("%s: there is no file %s".formatted(page.source(), file));
    } else if (SiteLink.isImage(file)) {
      images.add(file);
    } else {
      open.add(file);
    }
  }

  private List<Path> writeAll() throws IOException {
    List<Path> written = new ArrayList<>();
    PageFrame frame = new PageFrame(List.copyOf(pages.values()));
    for (SitePage page : pages.values()) {
      written.add(write(page.target(), frame.html(page)));
    }
    for (Path image : images) {
      Path to = target.resolve(image);
      Files.createDirectories(to.getParent());
      Files.write(to, Files.readAllBytes(checkout.resolve(image)));
      written.add(image);
    }
    written.add(write(SCRIPT, SearchScript.of(pages.values())));
    return written;
  }

  private Path write(Path file, String text) throws IOException {
    Path to = target.resolve(file);
    Files.createDirectories(to.getParent());
    Files.writeString(to, text);
    return file;
  }
}
