# Two images from one file: `tracker` (web, worker, beat, prepare) and `proxy` (nginx with our configuration).
# tests/a4p/test_image.py runs the lines that compile and collect; `make` installs from the same locks in CI.
ARG PYTHON_IMAGE=python:3.11.15-slim-bookworm
ARG NGINX_IMAGE=nginx:1.28.3-alpine

FROM ${PYTHON_IMAGE} AS packages
# base, or extras for S3-compatible storage, error reports and traces
ARG REQUIREMENTS=base
COPY requirements/${REQUIREMENTS}.txt /requirements.txt
RUN python -m venv /venv \
 && /venv/bin/python -m pip install --no-cache-dir --disable-pip-version-check --require-hashes -r /requirements.txt

FROM ${PYTHON_IMAGE} AS tracker
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 STATIC_ROOT=/app/staticfiles DATA_DIR=/data
# Fixed numbers, so that volumes keep their owner; the proxy joins the group to read documents and evidence.
RUN groupadd --gid 10001 tracker \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin tracker \
 && install -d -o tracker -g tracker -m 0750 /data /data/documents /data/evidence
COPY --from=packages /venv /venv
WORKDIR /app
COPY . .
RUN for po in locale/*/LC_MESSAGES/django.po; do pybabel --quiet compile --input-file "$po" --output-file "${po%.po}.mo"; done
RUN SECRET_KEY=only-to-build DATA_DIR=/tmp/build python manage.py collectstatic --no-input --verbosity 0
RUN SECRET_KEY=only-to-build DATA_DIR=/tmp/build python manage.py write_error_pages pages
RUN python -m compileall -q a4p commitments progress reports stakeholders && rm -rf /tmp/build
USER 10001:10001

FROM ${NGINX_IMAGE} AS proxy
COPY deploy/nginx /deploy/nginx
COPY --from=tracker /app/staticfiles /srv/static
COPY --from=tracker /app/pages /srv/pages
RUN install -d -o 101 -g 101 -m 0750 /var/cache/nginx && install -d -o 10001 -g 10001 -m 0750 /data/documents /data/evidence
USER 101:10001
ENTRYPOINT []
CMD ["/deploy/nginx/start.sh"]
