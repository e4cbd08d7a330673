"""What any Django product could use: workflow, forms, page components, tables, documents, charts, dates."""
