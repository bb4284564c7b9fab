// Glue wants a script beside the main class that a job names with --class.
