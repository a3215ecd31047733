FROM python:3.11-slim
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 STATIC_ROOT=/app/staticfiles
WORKDIR /app
COPY requirements/base.txt requirements/base.txt
RUN pip install --no-cache-dir --require-hashes -r requirements/base.txt
COPY . .
RUN for po in locale/*/LC_MESSAGES/django.po; do pybabel --quiet compile --input-file "$po" --output-file "${po%.po}.mo"; done \
 && SECRET_KEY=build DATA_DIR=/tmp/build python manage.py collectstatic --no-input --verbosity 0 \
 && useradd --uid 10001 --no-create-home tracker && mkdir /data && chown tracker /data
USER tracker
