/** The genuine Firestore emulator as a child process, behind TLS and under the production host's name. */
@NullMarked
package dev.databasetraffic.databases.firestore;

import org.jspecify.annotations.NullMarked;
