"""Made-up documents of towns that no layout was built for, each with what a careful clerk records of it."""
