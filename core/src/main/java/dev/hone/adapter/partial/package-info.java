/**
 * Fields out of a reply that is still arriving. One incremental reader for each layout shows what
 * can hardly be anything else, and holds back what could begin a header, a tag or an escape; what
 * it does not understand it leaves to the end. The reply is then read whole, as it always is: that
 * is the value, and {@link dev.hone.adapter.partial.FieldStream} withdraws what was shown
 * otherwise. Time grows with the length of the reply, whatever its pieces are.
 */
@NullMarked
package dev.hone.adapter.partial;

import org.jspecify.annotations.NullMarked;
