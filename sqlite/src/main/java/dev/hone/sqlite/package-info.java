/**
 * The reply cache on disk: {@link dev.hone.sqlite.SqliteCache}, one SQLite file that several
 * processes may share, with a layer in memory before it.
 *
 * <pre>{@code
 * try (SqliteCache cache = SqliteCache.open()) {
 *   var context = Context.builder().lm(LmPipeline.builder(model).cache(cache).build()).build();
 * }
 * }</pre>
 *
 * <p>The way of a reply: {@code RecentReplies} (memory), {@code ReplyStore} (statements), {@code
 * Database} (a connection); {@code CacheFile} opens the file and sets aside what is damaged, {@code
 * PaymentClaims} lets one process pay for a key while others wait.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.sqlite;

import org.jspecify.annotations.NullMarked;
