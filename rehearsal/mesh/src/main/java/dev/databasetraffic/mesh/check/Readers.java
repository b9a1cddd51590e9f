package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.model.ProxyConfiguration;
import dev.databasetraffic.mesh.model.Rule;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The proxies that read a route, and so must know where it leads to.
 *
 * @param areKnown whether they are those of workloads that the files deploy: each of them counts then; else it is enough
 *     that one of the workloads that there may be gets there
 */
record Readers(List<ProxyConfiguration> proxies, boolean areKnown) {

    static Readers of(CheckedMesh mesh, Neighbourhood around, RouteUnit unit) {
        List<ProxyConfiguration> known = mesh.workloads().stream()
                .map(KnownWorkload::workload)
                .filter(around.workloads()::contains)
                .distinct()
                .map(around::sidecar)
                .filter(proxy -> Neighbourhood.isRead(unit, proxy))
                .toList();
        if (!known.isEmpty()) {
            return new Readers(known, true);
        }
        Stream<ProxyConfiguration> gateways = unit.gateways().stream()
                .filter(name -> !name.equals(Rule.MESH))
                .flatMap(name -> GatewayView.of(mesh, name, unit.rule()).stream())
                .map(GatewayView::proxy);
        return new Readers(
                Stream.concat(around.workloads().stream().map(around::sidecar), gateways)
                        .filter(proxy -> Neighbourhood.isRead(unit, proxy))
                        .toList(),
                false);
    }

    boolean lack(Predicate<ProxyConfiguration> what) {
        return areKnown ? !proxies.stream().allMatch(what) : proxies.stream().noneMatch(what);
    }
}
