/** Any database that a program can count in. */
@NullMarked
package dev.databasetraffic.databases.command;

import org.jspecify.annotations.NullMarked;
