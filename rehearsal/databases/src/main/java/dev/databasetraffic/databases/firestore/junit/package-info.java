/** The emulator for JUnit tests: one per test run; where it does not lie ready, its stand-in. */
@NullMarked
package dev.databasetraffic.databases.firestore.junit;

import org.jspecify.annotations.NullMarked;
