"""The pages of surveys: the list, the start, the builder, opening, sharing, talks with OMB."""
