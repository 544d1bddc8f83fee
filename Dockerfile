# syntax=docker/dockerfile:1

FROM rust:1.95-slim-bookworm AS build
WORKDIR /src

# The dependencies alone first, against empty crates: this layer is built anew only when a Cargo.toml or Cargo.lock change.
# The members below benches are never built here, but cargo wants every member of the workspace to be there.
COPY Cargo.toml Cargo.lock ./
COPY benches/peers/Cargo.toml benches/peers/
COPY benches/webhook/Cargo.toml benches/webhook/
RUN mkdir -p src tests benches/peers/src benches/webhook/src \
    && echo 'fn main() {}' | tee src/main.rs benches/peers/src/main.rs > benches/webhook/src/main.rs \
    && touch src/lib.rs tests/main.rs \
    && cargo build --release --locked

# The empty crate's files may be newer than the real ones; touching tells cargo that they changed.
COPY src src
COPY migrations migrations
COPY locales locales
RUN touch src/main.rs src/lib.rs && cargo build --release --locked && mkdir /data

FROM gcr.io/distroless/cc-debian12:nonroot
WORKDIR /app
COPY --from=build /src/target/release/footnote /usr/local/bin/footnote
COPY config.toml ./
COPY knowledge knowledge
# The journal. A new volume takes over the folder's owner.
COPY --from=build --chown=65532:65532 /data data
VOLUME /app/data
USER 65532:65532
ENTRYPOINT ["/usr/local/bin/footnote"]
CMD ["serve"]
