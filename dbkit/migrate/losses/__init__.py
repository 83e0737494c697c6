"""What taking revisions back loses: measured on a scratch database, counted on the live one, and agreed to."""
