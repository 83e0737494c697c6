"""What is done to the server and asked of the pools, trouble by trouble."""
