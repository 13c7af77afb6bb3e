# The server in a container. Build it from a clone: docker build -t sluice .

FROM eclipse-temurin:25-jdk AS build
RUN apt-get update \
    && apt-get install --yes --no-install-recommends maven \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/var/cache/maven \
    mvn -B -q -Pfast -Dmaven.repo.local=/var/cache/maven -DskipTests package -pl cli -am

# A JDK, not a JRE: the server compiles its users' Java functions.
FROM eclipse-temurin:25-jdk
RUN useradd --system --uid 10001 --create-home sluice \
    && install --directory --owner=sluice --group=sluice /var/lib/sluice
COPY --from=build /src/cli/target/fast/sluice/lib /opt/sluice/lib
USER sluice
VOLUME /var/lib/sluice
ENV SLUICE_DATA_FOLDER=/var/lib/sluice

# SIGTERM reaches the JVM, which lets running statements end.
STOPSIGNAL SIGTERM
ENTRYPOINT ["java", \
    "-XX:MaxRAMPercentage=25", \
    "--add-opens=java.base/java.nio=ALL-UNNAMED", \
    "--enable-native-access=ALL-UNNAMED", \
    "--sun-misc-unsafe-memory-access=allow", \
    "--add-exports=jdk.compiler/com.sun.tools.javac.api=ALL-UNNAMED", \
    "-cp", "/opt/sluice/lib/*", \
    "dev.sluice.cli.Sluice"]
CMD ["serve"]

# Asks as any client would.
HEALTHCHECK --interval=30s --timeout=20s --start-period=15s \
    CMD ["java", "-Xmx128m", "-XX:TieredStopAtLevel=1", \
        "--add-opens=java.base/java.nio=ALL-UNNAMED", \
        "--enable-native-access=ALL-UNNAMED", \
        "--sun-misc-unsafe-memory-access=allow", \
        "-cp", "/opt/sluice/lib/*", \
        "dev.sluice.cli.Sluice", "sql", "--command", "SELECT 1"]
