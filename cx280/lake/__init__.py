"""What happened on the websites: the buffer of new events, the Delta tables, the engines that read.

Knows nothing of Django: every role, and a cluster, reads the same files.
"""
