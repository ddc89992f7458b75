"""What can be searched, how words are read, and the index that ships with a site."""
