package dev.databasetraffic.rehearsal.experiment;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.databasetraffic.databases.ReadBack;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The database that is taken away: what the mesh calls it, how a real one is started for a run, and how it is read back.
 */
public record DatabaseUnderTest(
        @JsonPropertyDescription("the mesh's name for it, e.g. db.example.com")
        String host,

        @JsonPropertyDescription("its port there, from 1 to 65535, e.g. 5432")
        int port,

        @JsonPropertyDescription("true if its clients begin with a TLS greeting that names it, as those of https do")
        @Nullable
        Boolean tls,

        @JsonPropertyDescription("the gRPC methods that write, if it speaks gRPC, e.g. [/shop.Orders/Add]") @Nullable
        List<String> grpcWrites,

        @JsonPropertyDescription(
                "the port of this machine at which the service reaches it, for a service that runs already;"
                        + " left out, any free one, told as ${database.port}")
        @Nullable
        Integer listen,

        @JsonPropertyDescription("a real one for this run, e.g. {kind: postgresql}; left out, one runs at address")
        @Nullable
        Started start,

        @JsonPropertyDescription("where one runs that is not started here, e.g. 127.0.0.1:5432") @Nullable
        String address,

        @JsonPropertyDescription(
                "how that one is asked, e.g. {user: shop, password: \"${env.SHOP_PASSWORD}\", database: shop}")
        @Nullable
        LoginText login,

        @JsonPropertyDescription(
                "how writes are found in it, e.g. {kind: postgresql, query: \"select reference, count(*) from orders"
                        + " where reference like :prefix group by 1\"}; left out, nothing is read back")
        @Nullable
        ReadBack stored,

        @JsonPropertyDescription(
                "where the service itself lists what is stored, for where nothing else can be asked, e.g."
                        + " {path: \"/orders?pageToken=${page}\", items: /orders, key: /reference, next: /nextPageToken}")
        @Nullable
        ServiceListing listed,

        @JsonPropertyDescription("where it is read back in a cluster, e.g. {labels: {app: postgres}, port: 5432}")
        @Nullable
        Deployed kubernetes) {

    public DatabaseUnderTest {
        InvalidMember.when(!host.matches("[\\p{Alnum}.-]{1,253}"), "host");
        InvalidMember.port("port", port);
        InvalidMember.outside("listen", listen == null ? 1 : listen, 1, 65_535);
        InvalidMember.when(address != null && start != null, "address");
        if (address != null) {
            InvalidMember.address("address", address);
        }
    }

    /** The methods that write, as paths; null if it does not speak gRPC. */
    public @Nullable Predicate<String> grpcWritesOrNull() {
        return grpcWrites == null ? null : Set.copyOf(grpcWrites)::contains;
    }

    /** Whether connections to it are told apart by the server name of their TLS greeting, rather than by its port. */
    public boolean isTls() {
        return Boolean.TRUE.equals(tls);
    }

    /** A login; each may be taken from the environment, as ${env.NAME}. */
    public record LoginText(
            @JsonPropertyDescription("the user, e.g. shop") String user,

            @JsonPropertyDescription("the password, best from the environment, e.g. ${env.SHOP_PASSWORD}")
            String password,

            @JsonPropertyDescription("the name of the database, e.g. shop")
            String database) {

        public LoginText {
            InvalidMember.unknownVariables(user, "user");
            InvalidMember.unknownVariables(password, "password");
            InvalidMember.unknownVariables(database, "database");
        }

        @Override
        public String toString() {
            return user + "@" + database;
        }
    }

    /** What is started, and how. */
    public record Started(
            @JsonPropertyDescription("firestore, mariadb, mongodb, postgresql or redis")
            String kind,

            @JsonPropertyDescription("an image to run in a container in any case, e.g. postgres:17") @Nullable
            String image,

            @JsonPropertyDescription("the name of the database in the server, e.g. shop") @Nullable
            String name) {

        public Started {
            InvalidMember.blank("kind", kind);
            InvalidMember.when(name != null && !name.matches("\\w{1,63}"), "name");
        }
    }

    /** Pods that answer for the database in a cluster; one of them is asked through a forwarded port. */
    public record Deployed(
            @JsonPropertyDescription("labels of its pods, in the service's namespace, e.g. {app: postgres}")
            Map<String, String> labels,

            @JsonPropertyDescription("the port of the pod, from 1 to 65535, e.g. 5432")
            int port,

            @JsonPropertyDescription(
                    "the Secret or ConfigMap with what it is asked with, e.g. {secret: postgres, user: POSTGRES_USER,"
                            + " password: POSTGRES_PASSWORD, database: POSTGRES_DB}")
            @Nullable
            LoginKeys login) {

        public Deployed {
            InvalidMember.when(labels.isEmpty(), "labels");
            InvalidMember.port("port", port);
            labels = Map.copyOf(labels);
        }
    }

    /** Where a login lies in a cluster: the keys of a Secret, or of a ConfigMap if there is no password. */
    public record LoginKeys(
            @JsonPropertyDescription("the name of a Secret in the service's namespace") @Nullable
            String secret,

            @JsonPropertyDescription("the name of a ConfigMap in the service's namespace") @Nullable
            String configMap,

            @JsonPropertyDescription("the key of the user's name") @Nullable
            String user,

            @JsonPropertyDescription("the key of the password") @Nullable
            String password,

            @JsonPropertyDescription("the key of the database's name") @Nullable
            String database) {

        public LoginKeys {
            InvalidMember.when((secret == null) == (configMap == null), "secret");
        }
    }
}
