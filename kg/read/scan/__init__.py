"""Pictures of pages -> page content for kg.read.page, by recognition of characters and ruling lines."""
