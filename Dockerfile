# The images of plants, echo and mesh: docker compose build, once mvn package has made the jars.
ARG BASE=eclipse-temurin:25.0.3_9-jre-noble

FROM ${BASE} AS runtime
WORKDIR /app
# SerialGC, because what is cached below must fit the collector, and the default one differs with the machine; half of the
# heap for the young, because of a request nothing stays; and enough of it at first for the objects in the cache, without
# which the JVM would not start.
ARG OPTIONS="-XX:+UseSerialGC -XX:NewRatio=1 -XX:+UseCompactObjectHeaders -XX:InitialRAMPercentage=12.5 -XX:MaxRAMPercentage=25 --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
ENV JAVA_OPTIONS="${OPTIONS}" CLASS_CACHE=
USER 10001:10001
# exec, so that the JVM is process 1 and gets the signals.
ENTRYPOINT ["sh", "-c", "exec java ${JAVA_OPTIONS} ${CLASS_CACHE} ${PROGRAM} \"$@\"", "java"]

# docker-compose's control plane: a program without Spring, of few classes.
FROM runtime AS mesh
COPY rehearsal/mesh/target/lib/ lib/
COPY rehearsal/mesh/target/mesh-*.jar lib/
ENV CLASSPATH=/app/lib/* PROGRAM=dev.databasetraffic.mesh.controlplane.ControlPlaneApplication

FROM ${BASE} AS layers
ARG JAR
WORKDIR /layers
COPY ${JAR} app.jar
RUN java -Djarmode=tools -jar app.jar extract --layers --destination extracted

# A Spring Boot service; JAR is the module's own.
FROM runtime
# One layer each, the least changing first.
COPY --from=layers /layers/extracted/dependencies/ ./
COPY --from=layers /layers/extracted/snapshot-dependencies/ ./
COPY --from=layers /layers/extracted/application/ ./
# The training run: starts the application's context, stops before it serves, and leaves the classes loaded and linked in
# app.aot, which the same JVM maps at the next start. PLANTS_ and GOOGLE_ settings only keep it from looking for an account.
#
# Java 17 knows neither the cache nor two of the options. For a base with it, give the options that it knows,
# TRAIN=-XX:ArchiveClassesAtExit and USE=-XX:SharedArchiveFile.
ARG TRAIN=-XX:AOTCacheOutput
ARG USE=-XX:AOTCache
USER 0
RUN GOOGLE_CLOUD_PROJECT=training PLANTS_FIRESTORE_CREDENTIALS=emulator LOGGING_LEVEL_ROOT=off \
    java ${JAVA_OPTIONS} ${TRAIN}=app.aot -Dspring.context.exit=onRefresh -jar app.jar && test -s app.aot
ENV CLASS_CACHE="${USE}=app.aot" PROGRAM="-jar app.jar"
USER 10001:10001
