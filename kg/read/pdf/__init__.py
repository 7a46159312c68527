"""PDF files: what PDFium finds on a page -> page content for kg.read.page; pages drawn as pictures."""
