"""When people can be away from the work, and what has been promised: patterns, absence, staffing, one ledger.

Never a cause: an absence is a period and nothing else. Whether a plan fits is asked elsewhere (staffing).
"""
