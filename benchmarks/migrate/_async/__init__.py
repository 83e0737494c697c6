"""Services whose column is widened under them."""
