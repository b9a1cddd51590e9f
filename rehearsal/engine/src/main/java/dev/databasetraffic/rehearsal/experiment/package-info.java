/** What a rehearsal is: its definition, its phases, the ledger of writes and the verdict, whatever place it runs in. */
@NullMarked
package dev.databasetraffic.rehearsal.experiment;

import org.jspecify.annotations.NullMarked;
