# Gatefold as a container. Build it here, or let config/compose.yaml build it and put a Redis beside it:
#
#     docker build --tag gatefold .
#     docker run --publish 127.0.0.1:8080:8080 --publish 127.0.0.1:8081:8081 --volume gatefold:/data gatefold
#
# 8080 is the site. 8081 is the console, in the sandbox, and wherever CONSOLE_PORT says so.
#
# Any Debian image with Node 20.19 or newer will do: --build-arg NODE_IMAGE=…
ARG NODE_IMAGE=node:24-bookworm-slim

# The code, compiled. No package that is needed to build or to run has a script to install, so none is let run.
FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY src src
RUN npm run build
COPY config/policy.yaml config/policy.schema.json config/
COPY config/sample config/sample
# A clone made under a strict umask would otherwise be unreadable to the one who runs it.
RUN chmod -R a+rX dist config package.json

# What runs beside it: no tool of ours, and no cache of npm's.
FROM ${NODE_IMAGE} AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts
# Types for compilers: Stripe's package would like them beside it, and nothing that runs reads them.
RUN rm -rf node_modules/@types node_modules/undici-types

FROM ${NODE_IMAGE}
LABEL org.opencontainers.image.title="Gatefold" \
      org.opencontainers.image.description="A self-hosted subscription paywall: a gate in front of any site's articles." \
      org.opencontainers.image.licenses="MIT"
# Inside a container 127.0.0.1 is the container alone; what is reachable is said by the port that is published.
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=8080 \
    DATA_DIR=/data
# The only folder that is written to; a volume made here takes over its owner.
RUN mkdir -p /data && chown 1000:1000 /data
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/package.json package.json
COPY --from=build /app/config config
COPY --from=build /app/dist dist
# The image's user "node", by number: only so can an orchestrator see that it isn't root.
USER 1000:1000
VOLUME /data
EXPOSE 8080 8081
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/-/health/live`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# No shell in between, which would keep SIGTERM to itself.
CMD ["node", "dist/cli.js", "serve"]
