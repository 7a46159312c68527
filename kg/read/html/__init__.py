"""Web pages -> raw grids and lines: the article without the site around it, its tables with their spans."""
