package dev.hone.observe;

import java.time.Instant;

/**
 * Which piece of work an event belongs to, and when it happened. The start and the end of one piece
 * of work have the same id.
 *
 * @param id the piece of work, unique in this process; 0 for none
 * @param parentId the piece of work that it is a part of; 0 for none
 * @param time when it happened, by the clock of the context
 */
public record EventStamp(long id, long parentId, Instant time) {}
