/** The emulator for JUnit tests: one per test run, as a child process or in a container. */
@NullMarked
package dev.databasetraffic.databases.firestore.junit;

import org.jspecify.annotations.NullMarked;
