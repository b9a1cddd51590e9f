package dev.databasetraffic.bench.load;

/**
 * What is asked again and again.
 *
 * @param prefix of the names of the plants that are added, which no other run on the same database may have
 */
public record OpenRequest(String method, String path, String body, String prefix) {

    private static final String PLANTS = "/plants";

    public static OpenRequest add(String prefix) {
        return new OpenRequest("POST", PLANTS, "{\"name\":\"" + prefix + "{n}\",\"quantity\":3}", prefix);
    }

    /** @param id of a plant that is stored */
    public static OpenRequest get(String id) {
        return new OpenRequest("GET", PLANTS + "/" + id, "", "get-");
    }

    /** The same with other names. */
    public OpenRequest withPrefix(String newPrefix) {
        return new OpenRequest(method, path, body.replace(prefix, newPrefix), newPrefix);
    }

    /** The first of them, so many. */
    public static OpenRequest list(int size) {
        return new OpenRequest("GET", PLANTS + "?pageSize=" + size, "", "list-");
    }
}
