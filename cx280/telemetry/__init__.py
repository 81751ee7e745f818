"""What customers do on digital channels: plan, sites, flows, and answers from the lake (280.7)."""
