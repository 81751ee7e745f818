"""The way out: posts that are guarded, and what receivers answer; messages and alarms use it."""
