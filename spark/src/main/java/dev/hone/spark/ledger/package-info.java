/** What was paid for, row by row, in files. Engine room: may change at any time. */
@NullMarked
package dev.hone.spark.ledger;

import org.jspecify.annotations.NullMarked;
