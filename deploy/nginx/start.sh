#!/bin/sh
# Fills in the configuration from the environment and starts nginx with it.
# `start.sh -t` only looks whether nginx accepts it.
set -eu
here=$(cd "$(dirname "$0")" && pwd)

: "${WEB:=web:8000}" "${RESOLVER:=127.0.0.11}" "${SITE_ADDRESS:=http://localhost:8080}"
: "${HTTP_PORT:=8080}" "${HTTPS_PORT:=8443}" "${PROBE_PORT:=8081}" "${PROXY_TLS:=0}" "${CERTIFICATES:=/certificates}"
: "${DATA:=/data}" "${STATIC:=/srv/static}" "${PAGES:=/srv/pages}" "${SCRATCH:=/var/cache/nginx}" "${RUN:=/run/proxy}"
: "${EVIDENCE_MAX_BYTES:=10485760}" "${BULK_MAX_BYTES:=26214400}" "${CONNECTIONS_PER_CLIENT:=100}" "${ACCESS_LOG:=/dev/stdout}" "${GLOBALS:=}"

case $PROXY_TLS in
  0) LISTEN=plain ;;
  1) LISTEN=tls ;;
  *) echo "PROXY_TLS is '$PROXY_TLS'; allowed are 0 and 1." >&2; exit 1 ;;
esac
# As UPLOAD_MAX_BYTES in a4p/settings.py: what a web process would read must come through, and not a byte more.
LARGEST=$((3 * EVIDENCE_MAX_BYTES))
[ "$LARGEST" -ge "$BULK_MAX_BYTES" ] || LARGEST=$BULK_MAX_BYTES
BODY_LIMIT=$((LARGEST + 1048576))
SITE_ADDRESS=${SITE_ADDRESS%/}

export WEB RESOLVER SITE_ADDRESS HTTP_PORT HTTPS_PORT PROBE_PORT LISTEN CERTIFICATES DATA STATIC PAGES SCRATCH RUN \
  BODY_LIMIT CONNECTIONS_PER_CLIENT ACCESS_LOG GLOBALS
names='${WEB} ${RESOLVER} ${SITE_ADDRESS} ${HTTP_PORT} ${HTTPS_PORT} ${PROBE_PORT} ${LISTEN} ${CERTIFICATES} ${DATA}
  ${STATIC} ${PAGES} ${SCRATCH} ${RUN} ${BODY_LIMIT} ${CONNECTIONS_PER_CLIENT} ${ACCESS_LOG} ${GLOBALS}'

mkdir -p "$RUN"
for file in nginx plain tls locations headers; do
  envsubst "$names" <"$here/$file.conf" >"$RUN/$file.conf"
done
exec nginx -e stderr -c "$RUN/nginx.conf" -g "daemon off;" "$@"
