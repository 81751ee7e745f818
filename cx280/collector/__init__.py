"""The receiver of events: a raw ASGI application that acknowledges only what is durable.

Stands beside the layers: imports the lake, the kernel, `telemetry.schemas` and the pure rules of
telemetry that both doors share (`otlp`, `agents`), nothing else of cx280, so that it starts in a
moment and never touches the system of record.
"""
