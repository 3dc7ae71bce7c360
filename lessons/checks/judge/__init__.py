"""Is an answer right, and if not, what is the matter? `exercise` knows the kinds, `compare` and `slips` the mistakes,
`errors` what exceptions say.

`guard` and `apart` run a learner's code so that nothing it does can hang or stop the kernel; `learner` reads its text.
`findings` lists what a finding can be called.
"""
