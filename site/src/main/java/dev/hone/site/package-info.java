/**
 * The documentation as web pages that need no network: README, {@code docs}, what they link to, and
 * the reference of commands made from the commands themselves. {@link dev.hone.site.Site} writes
 * them.
 */
@NullMarked
package dev.hone.site;

import org.jspecify.annotations.NullMarked;
