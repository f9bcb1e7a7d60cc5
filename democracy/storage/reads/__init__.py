"""What the API shows: Core columns into slim values, one statement for any number of rows."""
