package dev.hone.optimize.search;

import dev.hone.InvalidInputException;
import java.util.List;
import java.util.ServiceLoader;

/** The searches that the class path or the module path offers. */
final class InstalledSearches {
  private static final List<Search> ALL =
      ServiceLoader.load(Search.class, Search.class.getClassLoader()).stream()
          .map(ServiceLoader.Provider::get)
          .toList();

  private InstalledSearches() {}

  static Search named(String name) {
    return ALL.stream()
        .filter(search -> search.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                InvalidInputException.of(
                    "There is no search \"%s\", only %s"
                        .formatted(name, ALL.stream().map(Search::name).toList()),
                    "use one of those names, or pass the search itself"));
  }
}
