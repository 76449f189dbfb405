# syntax=docker/dockerfile:1
# One image for api, worker, admin and the one-shot programs; docker-compose.yml names the program.

FROM node:24.16.0-bookworm-slim AS build
WORKDIR /kagong
COPY package.json package-lock.json .npmrc ./
# Nothing that runs in the image needs an install script; the packages that have one serve `npm start` alone.
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY libs libs
COPY apps apps
COPY tools tools
RUN npx tsc -p tsconfig.build.json && node dist/tools/bundle.js

FROM node:24.16.0-bookworm-slim AS packages
WORKDIR /kagong
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts && npm cache clean --force

FROM node:24.16.0-bookworm-slim
ENV NODE_ENV=production
WORKDIR /kagong
COPY --from=packages /kagong/node_modules node_modules
COPY --from=build /kagong/dist dist
# The panel's library looks for the components of its bundle by their sources.
COPY --from=build /kagong/apps/admin/src/components apps/admin/src/components
# Its `imports` are the doors by which the compiled files find each other.
COPY package.json ./
USER node
STOPSIGNAL SIGTERM
CMD ["node", "dist/apps/api/src/main.js"]
