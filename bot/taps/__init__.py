"""Buttons under messages: what they ask for, and what a tap on one belongs to."""
