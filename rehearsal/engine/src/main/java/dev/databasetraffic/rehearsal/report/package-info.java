/** What a rehearsal leaves behind: the journal, the JUnit XML, the page and its picture. */
@NullMarked
package dev.databasetraffic.rehearsal.report;

import org.jspecify.annotations.NullMarked;
