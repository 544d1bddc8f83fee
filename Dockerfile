# syntax=docker/dockerfile:1

# The version is that of rust-toolchain.toml; a test compares the two.
FROM rust:1.95-slim-bookworm AS build
WORKDIR /src

# The dependencies alone first, against empty crates: only a changed manifest or lock file builds
# this layer again. Cargo wants every member of the workspace to be there, built or not.
COPY Cargo.toml Cargo.lock ./
COPY crates/curation/Cargo.toml crates/curation/
COPY crates/discord-double/Cargo.toml crates/discord-double/
COPY crates/evaluation/Cargo.toml crates/evaluation/
COPY crates/exchange/Cargo.toml crates/exchange/
COPY crates/knowledge/Cargo.toml crates/knowledge/
COPY crates/search/Cargo.toml crates/search/
COPY benches/peers/Cargo.toml benches/peers/
COPY benches/webhook/Cargo.toml benches/webhook/
RUN for member in . crates/* benches/*; do mkdir -p "$member/src" && touch "$member/src/lib.rs"; done \
    && mkdir tests && touch tests/main.rs && echo 'fn main() {}' > src/main.rs \
    && cargo build --profile dist --locked -p footnote

# The empty files may be newer than the real ones; touching tells cargo that they changed.
COPY crates/curation crates/curation
COPY crates/evaluation crates/evaluation
COPY crates/exchange crates/exchange
COPY crates/knowledge crates/knowledge
COPY crates/search crates/search
COPY migrations migrations
COPY locales locales
COPY src src
RUN touch src/*.rs crates/*/src/lib.rs && cargo build --profile dist --locked -p footnote && mkdir /data

FROM gcr.io/distroless/cc-debian12:nonroot
WORKDIR /app
COPY --from=build /src/target/dist/footnote /usr/local/bin/footnote
COPY config.toml ./
COPY knowledge knowledge
# The journal. A new volume takes over the folder's owner.
COPY --from=build --chown=65532:65532 /data data
VOLUME /app/data
USER 65532:65532
# For probes within the container. Another value makes /readyz and /metrics available outside.
ENV FOOTNOTE_HTTP_LISTEN=127.0.0.1:9464
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 CMD ["/usr/local/bin/footnote", "health"]
ENTRYPOINT ["/usr/local/bin/footnote"]
CMD ["serve"]
