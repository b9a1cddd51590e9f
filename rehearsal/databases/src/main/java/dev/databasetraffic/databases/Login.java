package dev.databasetraffic.databases;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * What a client shows to a database. The password is a secret: it is in no log, message or report.
 *
 * @param database the name of what the client connects to, where one server holds several databases
 */
public record Login(String user, String password, String database) {

    private static final int RANDOM_BYTES = 16;

    /** One with a new password. */
    public static Login generate(String user, String database) {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new Login(user, HexFormat.of().formatHex(bytes), database);
    }

    @Override
    public String toString() {
        return user + "@" + database;
    }
}
