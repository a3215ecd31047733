"""The browser doors of people and stakeholders."""
