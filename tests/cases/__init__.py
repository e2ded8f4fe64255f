"""The cases of ../shared/cases: what readers of such files get wrong, as others have reported it."""
