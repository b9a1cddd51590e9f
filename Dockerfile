# The images of plants, echo and mesh: docker compose build, once mvn package has made the jars. Of another Spring Boot
# service: docker build --build-arg JAR=examples/postgresql/target/orders.jar -t database-traffic/orders:1.0.0 .
ARG BASE=eclipse-temurin:25.0.3_9-jre-noble

FROM ${BASE} AS runtime
WORKDIR /app
# SerialGC, because what is cached below must fit the collector, and the default one differs with the machine; survivors that
# hold what is in progress in an overload, which would else fill the old until all stops for a third of a second; and enough
# heap at first for the objects in the cache, without which the JVM would not start.
# Two threads of the second compiler: on two processors a JVM has one, which takes half a minute for what a service needs.
# What the compilers leave behind goes back to the system, a hundred megabytes, within five seconds.
ARG OPTIONS="-XX:+UseSerialGC -XX:SurvivorRatio=6 -XX:TargetSurvivorRatio=90 -XX:+UseCompactObjectHeaders -XX:CICompilerCount=3 -XX:TrimNativeHeapInterval=5000 -XX:InitialRAMPercentage=12.5 -XX:MaxRAMPercentage=25 --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
ENV JAVA_OPTIONS="${OPTIONS}" CLASS_CACHE=
USER 10001:10001
# exec, so that the JVM is process 1 and gets the signals.
ENTRYPOINT ["sh", "-c", "exec java ${JAVA_OPTIONS} ${CLASS_CACHE} ${PROGRAM} \"$@\"", "java"]

# docker-compose's control plane: a program without Spring, of few classes.
FROM runtime AS mesh
COPY rehearsal/mesh/target/lib/ lib/
COPY rehearsal/mesh/target/mesh-*.jar lib/
ENV CLASSPATH=/app/lib/* PROGRAM=dev.databasetraffic.mesh.controlplane.ControlPlaneApplication

# What rehearses in a cluster, see k8s/runner: docker build --target rehearse -t database-traffic/rehearse:1.0.0 .
FROM runtime AS rehearse
COPY rehearsal/engine/target/lib/ lib/
COPY rehearsal/engine/target/engine-*.jar lib/
ENV CLASSPATH=/app/lib/* PROGRAM=dev.databasetraffic.rehearsal.cli.Rehearse

FROM ${BASE} AS layers
ARG JAR
WORKDIR /layers
COPY ${JAR} app.jar
RUN java -Djarmode=tools -jar app.jar extract --layers --destination extracted

# A Spring Boot service; JAR is the module's own.
FROM runtime AS application
# One layer each, the least changing first.
COPY --from=layers /layers/extracted/dependencies/ ./
COPY --from=layers /layers/extracted/snapshot-dependencies/ ./
COPY --from=layers /layers/extracted/application/ ./

# The training run: leaves the classes loaded and linked in app.aot, which the same JVM maps at the next start. SERVED=plants
# has the service answer real requests, over TLS, on the embedded Firestore; else the application's context starts, and
# stops before it serves.
#
# Java 17 knows neither the cache nor two of the options. For a base with it, give the options that it knows,
# TRAIN=-XX:ArchiveClassesAtExit and USE=-XX:SharedArchiveFile.
FROM application AS trained
ARG TRAIN=-XX:AOTCacheOutput
ARG SERVED=
COPY rehearsal/engine/target/lib/ /training/lib/
COPY rehearsal/engine/target/engine-*.jar /training/
USER 0
RUN export LOGGING_LEVEL_ROOT=off SPRING_SQL_INIT_MODE=never; \
    if [ "${SERVED}" = plants ]; then \
      java -cp "/training/*" dev.databasetraffic.rehearsal.local.TrainingRun \
        java ${JAVA_OPTIONS} ${TRAIN}=app.aot -jar app.jar; \
    else \
      java ${JAVA_OPTIONS} ${TRAIN}=app.aot -Dspring.context.exit=onRefresh -jar app.jar; \
    fi && test -s app.aot

FROM application
COPY --from=trained /app/app.aot ./
ARG USE=-XX:AOTCache
ENV CLASS_CACHE="${USE}=app.aot" PROGRAM="-jar app.jar"
