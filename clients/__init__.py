"""Clients of the service, and what makes them from its OpenAPI document."""
