"""Pictures of the explorer, compared with those that were approved."""
