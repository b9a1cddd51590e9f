package dev.databasetraffic.databases.jdbc;

import dev.databasetraffic.databases.Counts;
import dev.databasetraffic.databases.DatabaseException;
import dev.databasetraffic.databases.Source;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A query of a key and its count, as in {@code select reference, count(*) from orders where reference like :prefix group
 * by 1}. {@code :prefix} is bound to a pattern for LIKE that every key with the prefix matches; if the same key comes in
 * several rows, their counts are added.
 */
public final class CountingQuery {

    private static final String EXAMPLE =
            "select reference, count(*) from orders where reference like :prefix group by 1";

    /** What a colon is no parameter in: text, a quoted name, a comment, a cast; then a parameter. */
    private static final Pattern TOKENS = Pattern.compile(
            "'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|`[^`]*`|--[^\n]*|/\\*.*?\\*/|(\\$\\w*\\$).*?\\1|::|:(\\w+)",
            Pattern.DOTALL);

    private static final int SPARE_SECONDS = 1;

    private final String query;
    private final String sql;
    private final int parameters;

    private CountingQuery(String query, String sql, int parameters) {
        this.query = query;
        this.sql = sql;
        this.parameters = parameters;
    }

    /**
     * Reads a query.
     *
     * @throws DatabaseException if it has no {@code :prefix}, or another parameter
     */
    public static CountingQuery parse(String query) throws DatabaseException {
        StringBuilder sql = new StringBuilder();
        int parameters = 0;
        Matcher tokens = TOKENS.matcher(query);
        while (tokens.find()) {
            String name = tokens.group(2);
            if (name != null && !name.equals("prefix")) {
                throw new DatabaseException("The query has the parameter :" + name
                        + ", but is given :prefix and no other, as in \"" + EXAMPLE + "\".");
            }
            tokens.appendReplacement(sql, name == null ? Matcher.quoteReplacement(tokens.group()) : "?");
            parameters += name == null ? 0 : 1;
        }
        tokens.appendTail(sql);
        if (parameters == 0) {
            throw new DatabaseException("The query has no :prefix, and so would count what other runs have stored: \""
                    + query + "\". Use one, as in \"" + EXAMPLE + "\".");
        }
        return new CountingQuery(query, sql.toString(), parameters);
    }

    /** What the database is given. */
    String sql() {
        return sql;
    }

    /** As {@link dev.databasetraffic.databases.ReadBack#count}; the connection is left open. */
    public Map<String, Integer> count(Connection connection, Source source, String prefix) throws DatabaseException {
        Counts counts = new Counts("The query", prefix);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setQueryTimeout((int) source.atMost().toSeconds() + SPARE_SECONDS);
            for (int i = 1; i <= parameters; i++) {
                statement.setString(i, pattern(prefix));
            }
            try (ResultSet rows = statement.executeQuery()) {
                checkColumns(rows.getMetaData());
                while (rows.next()) {
                    counts.add(rows.getString(1), rows.getString(2));
                }
            }
            return counts.all();
        } catch (SQLException e) {
            throw new DatabaseException(
                    "The query \"" + query + "\" failed at " + source.address() + ": " + e.getMessage(), e);
        }
    }

    private void checkColumns(ResultSetMetaData columns) throws SQLException, DatabaseException {
        if (columns.getColumnCount() != 2) {
            throw new DatabaseException("The query gives " + columns.getColumnCount()
                    + " columns, but a key and its count are wanted, as in \"" + EXAMPLE + "\": \"" + query + "\".");
        }
    }

    /** Backslash is LIKE's escape character in PostgreSQL, MySQL and MariaDB, unless one is named. */
    static String pattern(String prefix) {
        return prefix.replaceAll("([\\\\%_])", "\\\\$1") + "%";
    }

    @Override
    public String toString() {
        return query;
    }
}
