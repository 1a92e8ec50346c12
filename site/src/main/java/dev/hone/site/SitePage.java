package dev.hone.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.commonmark.node.Node;

/**
 * A page: its source in the checkout, and what it is made of.
 *
 * @param source the file it is made of, from the checkout's folder
 * @param title what it is called
 * @param document what stands in it
 * @param headings the headings in it, the title included
 * @param links the links in it that lead to files of the checkout
 */
record SitePage(
    Path source, String title, Node document, List<SiteHeading> headings, List<SiteLink> links) {

  /** Reads a file: Markdown, or any other text, which is shown as it is. */
  static SitePage read(Path checkout, Path source) {
    try {
      if (Files.isDirectory(checkout.resolve(source))) {
        return ofMarkdown(source, listing(checkout, source));
      }
      String text = Files.readString(checkout.resolve(source));
      return source.toString().endsWith(".md")
          ? ofMarkdown(source, text)
          : ofMarkdown(source, Markdown.asIs(source, text));
    } catch (CharacterCodingException e) {
      return ofMarkdown(source, "# " + source.getFileName() + "\n\nThis file is no text.\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A folder, as a page: the files in it. */
  private static String listing(Path checkout, Path folder) throws IOException {
    try (Stream<Path> files = Files.list(checkout.resolve(folder))) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> String.valueOf(file.getFileName()))
          .sorted()
          .map(name -> "- [%s](%s/%s)".formatted(name, folder.getFileName(), name))
          .collect(Collectors.joining("\n", "# %s\n\n".formatted(folder), "\n"));
    }
  }

  static SitePage ofMarkdown(Path source, String text) {
    Node document = Markdown.parse(text);
    List<SiteHeading> headings = Markdown.headings(document);
    List<SiteLink> links =
        Markdown.destinations(document).stream()
            .map(destination -> SiteLink.of(source, destination))
            .flatMap(Optional::stream)
            .toList();
    String title =
        headings.isEmpty() ? String.valueOf(source.getFileName()) : headings.get(0).text();
    return new SitePage(source, title, document, headings, links);
  }

  Path target() {
    return SiteLink.target(source);
  }

  /** The links whose heading is on no page, in words. */
  List<String> faults(Map<Path, SitePage> pages) {
    List<String> faults = new ArrayList<>();
    for (SiteLink link : links) {
      SitePage page = pages.get(link.file());
      boolean found =
          page == null
              || link.anchor().isEmpty()
              || page.headings().stream().anyMatch(each -> each.id().equals(link.anchor()));
      if (!found) {
        faults.add(
            "%s: there is no heading #%s in %s".formatted(source, link.anchor(), link.file()));
      }
    }
    return faults;
  }
}
