# The image of one program: docker compose build, once mvn package has made the jars. JAR is the module's own.
ARG BASE=eclipse-temurin:25.0.3_9-jre-noble

FROM ${BASE} AS layers
ARG JAR
WORKDIR /layers
COPY ${JAR} app.jar
RUN java -Djarmode=tools -jar app.jar extract --layers --destination extracted

FROM ${BASE} AS program
WORKDIR /app
# One layer each, the least changing first.
COPY --from=layers /layers/extracted/dependencies/ ./
COPY --from=layers /layers/extracted/snapshot-dependencies/ ./
COPY --from=layers /layers/extracted/application/ ./
# SerialGC, because what is cached below must fit the collector, and the default one differs with the machine; half of the
# heap for the young, because of a request nothing stays; and enough of it at first for the objects in the cache, without
# which the JVM would not start.
ARG OPTIONS="-XX:+UseSerialGC -XX:NewRatio=1 -XX:+UseCompactObjectHeaders -XX:InitialRAMPercentage=12.5 -XX:MaxRAMPercentage=25 --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
ENV JAVA_OPTIONS="${OPTIONS}" CLASS_CACHE=
USER 10001:10001
# exec, so that the JVM is process 1 and gets the signals.
ENTRYPOINT ["sh", "-c", "exec java ${JAVA_OPTIONS} ${CLASS_CACHE} -jar app.jar \"$@\"", "java"]

# A Spring Boot service is one of whose classes there are many.
FROM program
USER 0
# The training run: starts the application's context, stops before it serves, and leaves the classes loaded and linked in
# app.aot, which the same JVM maps at the next start. PLANTS_ and GOOGLE_ settings only keep it from looking for an account.
#
# Java 17 knows neither the cache nor two of the options. For a base with it, give the options that it knows,
# TRAIN=-XX:ArchiveClassesAtExit and USE=-XX:SharedArchiveFile.
ARG TRAIN=-XX:AOTCacheOutput
ARG USE=-XX:AOTCache
RUN GOOGLE_CLOUD_PROJECT=training PLANTS_FIRESTORE_CREDENTIALS=emulator LOGGING_LEVEL_ROOT=off \
    java ${JAVA_OPTIONS} ${TRAIN}=app.aot -Dspring.context.exit=onRefresh -jar app.jar && test -s app.aot
ENV CLASS_CACHE="${USE}=app.aot"
USER 10001:10001
