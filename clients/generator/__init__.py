"""Makes the Python client's shapes, parameters and methods from the service's OpenAPI document.

    python -m clients.generator

A new operation, parameter or schema needs no more than that. `naming` has the exceptions: what a method is called, and
which operations have none, and why.
"""
