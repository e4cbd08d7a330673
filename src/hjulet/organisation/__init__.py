"""Who we are: units and providers, people, the roles they hold, and what the nämnder decide."""
