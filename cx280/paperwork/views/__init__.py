"""Pages of requests, studies and statements."""
