package dev.databasetraffic.mesh.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A host's name, or a wildcard for names: {@code *.example.com}. Compared as written, case included, as istiod does
 * (pkg/config/host).
 */
public record Hostname(String value) {

    private static final Pattern IP_ADDRESS = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    /** Exact names before wildcards, longer names before shorter ones. */
    static final Comparator<Hostname> BY_PRECISION =
            Comparator.comparing((Hostname name) -> !name.isWildcard()).thenComparing(name -> name.value.length());

    public boolean isWildcard() {
        return value.startsWith("*");
    }

    /** Whether there is a name that both stand for. */
    public boolean overlaps(Hostname other) {
        return isSubsetOf(other) || other.isSubsetOf(this);
    }

    /** Whether the other stands for every name that this one does. */
    public boolean isSubsetOf(Hostname other) {
        if (!other.isWildcard()) {
            return value.equals(other.value);
        }
        if (isWildcard() && value.length() < other.value.length()) {
            return false;
        }
        return (isWildcard() ? value.substring(1) : value).endsWith(other.value.substring(1));
    }

    /** Of the names that stand for this one the most precise. */
    Optional<Hostname> mostSpecificOf(Collection<Hostname> candidates) {
        return candidates.stream().filter(this::isSubsetOf).max(BY_PRECISION);
    }

    /** A name without a dot is a Service of the namespace; any other is complete already. */
    public static Hostname qualified(String name, String namespace, String clusterDomain) {
        boolean complete = name.isEmpty()
                || name.equals("*")
                || name.contains(".")
                || IP_ADDRESS.matcher(name).matches();
        return new Hostname(
                complete ? name : ofService(name, namespace, clusterDomain).value());
    }

    static Hostname ofService(String name, String namespace, String clusterDomain) {
        return new Hostname(name + "." + namespace + ".svc." + clusterDomain);
    }

    /** The names by which a workload may call it: a Service in the cluster also by shorter ones. */
    List<String> spellings(String fromNamespace, String clusterDomain) {
        List<String> spellings = new ArrayList<>(List.of(value, value + "."));
        String end = ".svc." + clusterDomain;
        if (value.endsWith(end)) {
            String inCluster = value.substring(0, value.length() - end.length());
            if (inCluster.endsWith("." + fromNamespace)) {
                spellings.add(inCluster.substring(0, inCluster.indexOf('.')));
            }
            spellings.add(inCluster + ".svc");
            spellings.add(inCluster);
        }
        return spellings;
    }

    @Override
    public String toString() {
        return value;
    }
}
