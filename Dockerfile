FROM python:3.13-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /build
COPY requirements.lock requirements-build.lock ./
# Two environments: what builds the package is not in the image that runs it, pip included.
RUN python -m venv tools \
 && python -m venv --without-pip /opt/counterclaim \
 && tools/bin/pip install --require-hashes --requirement requirements-build.lock \
 && tools/bin/pip --python /opt/counterclaim/bin/python install --require-hashes --requirement requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY app app
COPY migrations migrations
RUN tools/bin/hatchling build --target wheel \
 && tools/bin/pip --python /opt/counterclaim/bin/python install --no-deps --no-index dist/*.whl

FROM python:3.13-slim-bookworm
RUN useradd --system --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin counterclaim \
 && install --directory --owner counterclaim --group counterclaim /srv/counterclaim /srv/counterclaim/var
WORKDIR /srv/counterclaim
COPY --from=build /opt/counterclaim /opt/counterclaim
COPY deploy/healthcheck.py healthcheck.py
COPY seeds seeds
ENV PATH=/opt/counterclaim/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 COUNTERCLAIM_HOST=0.0.0.0
USER 10001:10001
VOLUME /srv/counterclaim/var
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 CMD ["python", "healthcheck.py"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["counterclaim"]
CMD ["serve"]
