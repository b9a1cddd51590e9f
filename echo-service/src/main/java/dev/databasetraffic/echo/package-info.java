/** A TCP server in the database's place: it echoes, keeps silent, resets or drips, and keeps books on who came. */
@NullMarked
package dev.databasetraffic.echo;

import org.jspecify.annotations.NullMarked;
