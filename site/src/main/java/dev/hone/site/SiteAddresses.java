package dev.hone.site;

import java.util.Map;
import java.util.Optional;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.renderer.html.AttributeProvider;

/** Turns what a page's links name in the checkout into addresses of the site. */
final class SiteAddresses implements AttributeProvider {
  private final SitePage page;

  SiteAddresses(SitePage page) {
    this.page = page;
  }

  @Override
  public void setAttributes(Node node, String tag, Map<String, String> attributes) {
    if (node instanceof Link link) {
      address(link.getDestination()).ifPresent(address -> attributes.put("href", address));
    } else if (node instanceof Image image) {
      address(image.getDestination()).ifPresent(address -> attributes.put("src", address));
    }
  }

  private Optional<String> address(String destination) {
    return SiteLink.of(page.source(), destination)
        .map(
            link ->
                SiteLink.address(page.target(), SiteLink.target(link.file()))
                    + (link.anchor().isEmpty() ? "" : "#" + link.anchor()));
  }
}
