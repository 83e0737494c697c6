"""Entity-relationship diagrams of the models: SVG with a layout of its own, and Mermaid."""
