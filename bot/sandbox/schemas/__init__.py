"""What each method takes: one pydantic model a method, its fields the Bot API's own, nothing else allowed.

Values come as JSON or, in forms and addresses, as strings; a string for a field that isn't one is read as JSON, as
Telegram does. Whatever then isn't of the field's type is an error that names the field.
"""
