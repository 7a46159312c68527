"""Work in processes of its own: how it is spread, what it may cost, and what becomes of a child that dies.

In: picklable work or requests. Out: results, or the error that says what a child died of. Knows neither
documents nor queries; kg.read and kg.query say what their children do.
"""
