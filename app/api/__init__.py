"""The service over HTTP: routes parse, call and answer."""
