/** What the demo's service has stored, for the places that run it. */
@NullMarked
package dev.databasetraffic.rehearsal.plants;

import org.jspecify.annotations.NullMarked;
