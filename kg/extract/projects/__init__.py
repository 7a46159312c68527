"""Projects, activities and duties: mentions in tables, forms, sections and prose, merged to one record each."""
