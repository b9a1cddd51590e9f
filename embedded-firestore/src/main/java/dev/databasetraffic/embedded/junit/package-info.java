/** The stand-in for JUnit tests. */
@NullMarked
package dev.databasetraffic.embedded.junit;

import org.jspecify.annotations.NullMarked;
