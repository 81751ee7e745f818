"""How cx280 looks: base templates, charts as SVG, tables, forms and downloads."""
