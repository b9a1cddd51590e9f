/** MariaDB, and MySQL by the same driver. */
@NullMarked
package dev.databasetraffic.databases.mariadb;

import org.jspecify.annotations.NullMarked;
