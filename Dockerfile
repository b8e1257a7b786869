# One image, two processes: the subscriber is the default, oauth-web and the commands of terminals are other command lines:
#
#   docker run … postern
#   docker run … postern node dist/oauth-web/main.js
#   docker run … postern node dist/cli/main.js members spaces/AAA
#   docker run -it … postern node dist/admin/main.js grants list
#
# Pinned to its content: the index of linux/amd64, linux/arm64 and others behind node:24.21.0-bookworm-slim. When you update it,
# take the digest that `docker buildx imagetools inspect node:…-bookworm-slim` prints.
# There is no `# syntax` line, since that would fetch one more image, by a tag that moves. Docker from 23 on needs none.
ARG NODE_IMAGE=node:24.21.0-bookworm-slim@sha256:0e0ff40c39bc087845bfb27465a0df4ea419520094bc35842ff83dd8cbe6f9b6

# Install scripts stay off in both installs: the only one that matters in development brings a Node, and here there is one.

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN --mount=type=cache,target=/root/.npm npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY src src
RUN npm run build

FROM ${NODE_IMAGE} AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev --ignore-scripts

FROM ${NODE_IMAGE}
LABEL org.opencontainers.image.title="Postern" \
      org.opencontainers.image.description="A Google Chat app that lives behind your firewall" \
      org.opencontainers.image.licenses="Apache-2.0"
ENV NODE_ENV=production \
    NODE_OPTIONS=--enable-source-maps \
    NODE_COMPILE_CACHE=/app/.compile-cache \
    NODE_USE_ENV_PROXY=1
WORKDIR /app
COPY LICENSE package.json ./
COPY scripts/healthcheck.mjs scripts/
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/dist dist

# /data is for STORE=sqlite:/data/postern.sqlite, with a volume. All else may be read-only.
RUN install --directory --owner=node --group=node --mode=700 /data .compile-cache

# By number, so that an orchestrator can see that it isn't root.
USER 1000:1000

# Without a configuration each process loads everything, refuses to start and exits with 78 (EX_CONFIG): proof that the
# image holds all it needs, and the compiled code stays in the cache (which is kept per user), where it speeds up the start.
RUN for process in subscriber oauth-web; do \
      node "dist/$process/main.js" 2>/dev/null; [ "$?" -eq 78 ] || exit 1; \
    done; \
    node dist/cli/main.js --help >/dev/null && \
    node dist/admin/main.js --help >/dev/null && \
    node dist/doctor/main.js --help >/dev/null && \
    node dist/setup/main.js --help >/dev/null

EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["node", "scripts/healthcheck.mjs"]
CMD ["node", "dist/subscriber/main.js"]
