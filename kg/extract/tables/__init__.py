"""What tables mean, and their numbers: kinds and columns recognised, lists side by side, periods, amounts, procurement.

In: tables and the identity. Out: recognised tables and their records.
"""
