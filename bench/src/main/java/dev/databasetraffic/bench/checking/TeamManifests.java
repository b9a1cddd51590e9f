package dev.databasetraffic.bench.checking;

/** The objects of one team, whose name stands in them as TEAM. */
final class TeamManifests {

    private TeamManifests() {}

    static String service(String name, String protocol) {
        return """
                apiVersion: v1
                kind: Service
                metadata: {name: %1$s, namespace: TEAM, labels: {app: %1$s}}
                spec:
                  selector: {app: %1$s}
                  ports:
                    - {name: %2$s-main, port: 8080, targetPort: 8080}
                    - {name: http-metrics, port: 9090, targetPort: 9090}
                """.formatted(name, protocol);
    }

    /** The team calls itself, and the neighbour. */
    static String sidecar(String neighbour) {
        return """
                apiVersion: networking.istio.io/v1
                kind: Sidecar
                metadata: {name: default, namespace: TEAM}
                spec:
                  egress:
                    - hosts: [./*, istio-system/*, %s/*]
                """.formatted(neighbour);
    }

    static String subsets(String service) {
        return """
                apiVersion: networking.istio.io/v1
                kind: DestinationRule
                metadata: {name: %1$s, namespace: TEAM}
                spec:
                  host: %1$s.TEAM.svc.cluster.local
                  trafficPolicy:
                    outlierDetection: {consecutive5xxErrors: 5, interval: 10s}
                  subsets:
                    - {name: v1, labels: {version: v1}}
                    - {name: v2, labels: {version: v2}}
                """.formatted(service);
    }

    static String canary(String service, String subset) {
        return """
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: %1$s, namespace: TEAM}
                spec:
                  hosts: [%1$s.TEAM.svc.cluster.local]
                  http:
                    - match:
                        - headers: {x-canary: {exact: "yes"}}
                      route:
                        - destination: {host: %1$s.TEAM.svc.cluster.local, subset: %2$s, port: {number: 8080}}
                    - route:
                        - destination: {host: %1$s.TEAM.svc.cluster.local, subset: v1, port: {number: 8080}}
                          weight: 90
                        - destination: {host: %1$s.TEAM.svc.cluster.local, subset: v2, port: {number: 8080}}
                          weight: 10
                      retries: {attempts: 2, perTryTimeout: 2s, retryOn: connect-failure}
                """.formatted(service, subset);
    }

    static String tlsHost(String name) {
        return """
                apiVersion: networking.istio.io/v1
                kind: ServiceEntry
                metadata: {name: %1$s, namespace: TEAM}
                spec:
                  hosts: [%1$s.TEAM.example.com]
                  exportTo: ["."]
                  location: MESH_EXTERNAL
                  resolution: DNS
                  ports:
                    - {number: 443, name: tls, protocol: TLS}
                """.formatted(name);
    }

    static String wildcardHost() {
        return """
                apiVersion: networking.istio.io/v1
                kind: ServiceEntry
                metadata: {name: files, namespace: TEAM}
                spec:
                  hosts: ["*.files.TEAM.example.com"]
                  location: MESH_EXTERNAL
                  resolution: NONE
                  ports:
                    - {number: 443, name: tls, protocol: TLS}
                """;
    }

    static String webHost() {
        return """
                apiVersion: networking.istio.io/v1
                kind: ServiceEntry
                metadata: {name: web, namespace: TEAM}
                spec:
                  hosts: [web.TEAM.example.com]
                  location: MESH_EXTERNAL
                  resolution: DNS
                  ports:
                    - {number: 80, name: http, protocol: HTTP}
                    - {number: 443, name: https, protocol: HTTPS}
                """;
    }

    static String database(String name, String address) {
        return """
                apiVersion: networking.istio.io/v1
                kind: ServiceEntry
                metadata: {name: %1$s, namespace: TEAM}
                spec:
                  hosts: [%1$s.TEAM.example.com]
                  addresses: [%2$s/32]
                  location: MESH_EXTERNAL
                  resolution: STATIC
                  endpoints: [{address: %2$s}]
                  ports:
                    - {number: 5432, name: tcp-postgres, protocol: TCP}
                """.formatted(name, address);
    }

    static String pool(String host) {
        return """
                apiVersion: networking.istio.io/v1
                kind: DestinationRule
                metadata: {name: %1$s, namespace: TEAM}
                spec:
                  host: %1$s.TEAM.example.com
                  exportTo: ["."]
                  trafficPolicy:
                    connectionPool: {tcp: {maxConnections: 100, connectTimeout: 3s}}
                """.formatted(host);
    }

    /** @param section of the rule: {@code tls}, or the {@code tcp} that such a port does not read */
    static String split(String host, String other, String section) {
        return """
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: split-%3$s-%2$s, namespace: TEAM}
                spec:
                  hosts: [%1$s.TEAM.example.com]
                  exportTo: ["."]
                  %3$s:
                    - match:
                        - {port: 443%4$s}
                      route:
                        - destination: {host: %1$s.TEAM.example.com, port: {number: 443}}
                          weight: 80
                        - destination: {host: %2$s.TEAM.example.com, port: {number: 443}}
                          weight: 20
                """.formatted(
                host, other, section, section.equals("tls") ? ", sniHosts: [" + host + ".TEAM.example.com]" : "");
    }

    static String failover(String database, String standby) {
        return """
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: %1$s-failover, namespace: TEAM}
                spec:
                  hosts: [%1$s.TEAM.example.com]
                  exportTo: ["."]
                  tcp:
                    - match:
                        - {port: 5432}
                      route:
                        - destination: {host: %2$s.TEAM.example.com, port: {number: 5432}}
                """.formatted(database, standby);
    }

    /** What a caller sets for itself. */
    static String timeout(String service, String owner) {
        return """
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: %1$s-timeout, namespace: TEAM}
                spec:
                  hosts: [%1$s.%2$s.svc.cluster.local]
                  exportTo: ["."]
                  http:
                    - timeout: 2s
                      route:
                        - destination: {host: %1$s.%2$s.svc.cluster.local, port: {number: 8080}}
                """.formatted(service, owner);
    }
}
