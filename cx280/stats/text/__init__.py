"""Text as numbers: words, TF-IDF, linear themes, topics, language and tone; numpy and scipy only.

Everything runs on the machine, reads no weights from anywhere, and gives the same result for the
same texts: no random start, no order of a set or of a hash that differs between processes.
"""
