"""How the content becomes a site: MkDocs events and Jinja. The only room that knows the generator."""
