"""Makes obligations, takes down what was handed in, reminds people, opens calendars."""
