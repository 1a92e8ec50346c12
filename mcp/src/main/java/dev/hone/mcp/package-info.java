/**
 * The tools of servers that speak the Model Context Protocol.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.mcp;

import org.jspecify.annotations.NullMarked;
