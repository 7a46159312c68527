"""What is printed in the wrong place or form: missing tables, slipped rows and cells, foreign text, wrong years."""
