package dev.hone.site;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The sections that the pages are in, in the order in which they are offered. */
enum SiteSection {
  START("Start", "README.md"),
  TUTORIALS("Tutorials", "docs/tutorials/"),
  GUIDES("Guides", "docs/guides/"),
  COOKBOOK("Cookbook", "docs/cookbook"),
  REFERENCE("Reference", "docs/reference/"),
  ALGORITHMS("How it works", "docs/algorithms/"),
  ABOUT("About Hone", "docs/", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE"),
  DECISIONS("Decisions", "docs/decisions/"),
  MEASUREMENTS("Measurements", "benchmarks/");

  private final String title;

  @SuppressWarnings("ImmutableEnumChecker") // it is a copy
  private final List<String> prefixes;

  SiteSection(String title, String... prefixes) {
    this.title = title;
    this.prefixes = List.of(prefixes);
  }

  String title() {
    return title;
  }

  /** The section of a page, by the longest part of its path; empty for files of code. */
  static Optional<SiteSection> of(SitePage page) {
    String path = page.source().toString().replace('\\', '/');
    if (!path.endsWith(".md") && !path.equals("LICENSE")) {
      return Optional.empty();
    }
    return Arrays.stream(values())
        .filter(section -> section.fit(path) > 0)
        .max((a, b) -> Integer.compare(a.fit(path), b.fit(path)));
  }

  private int fit(String path) {
    return prefixes.stream().filter(path::startsWith).mapToInt(String::length).max().orElse(0);
  }
}
