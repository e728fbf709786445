# Innenfor in a container: docker build -t innenfor . && docker run --read-only --tmpfs /tmp -p 8501:8501 innenfor
# The data are built into the image. What a municipality owns is its home: a volume on /app/home that user 10001 may write
# to (-v innenfor-home:/app/home). A volume on /app/var keeps the builds that hold it: docker exec NAME python -m data build
FROM python:3.13-slim

ENV PYTHONUTF8=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 HOME=/tmp
WORKDIR /app

COPY requirements.txt .
RUN pip install --require-hashes --only-binary :all: -r requirements.txt

COPY . .
RUN python -m data build && mkdir -p home && chown -R 10001:10001 var home
VOLUME /app/home

USER 10001:10001
EXPOSE 8501
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8501/health/ready', timeout=4)"]
CMD ["python", "-m", "pages.server.asgi", "--port", "8501", "--address", "0.0.0.0"]
