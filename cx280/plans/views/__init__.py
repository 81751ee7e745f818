"""The pages of Action Plans."""
