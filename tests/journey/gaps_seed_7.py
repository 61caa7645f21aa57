# SPDX-License-Identifier: BSL-1.0
#
# Makes tests/journey/gaps_seed_7.txt, the worked example of the method reference (B6): 800 gaps of
# median 3 minutes and 200 of median 2 days, in minutes; and fits them on its own, on the gaps
# themselves instead of bins. Usage: python3 tests/journey/gaps_seed_7.py > tests/journey/gaps_seed_7.txt
import sys

import numpy as np

rng = np.random.default_rng(7)
gaps = np.concatenate([rng.lognormal(np.log(3), 1.0, 800), rng.lognormal(np.log(2880), 1.1, 200)])
for gap in gaps:
    print(repr(float(gap)))

x = np.log(gaps)


def density(mean, deviation):
    return np.exp(-((x - mean) ** 2) / 2 / deviation**2) / deviation / np.sqrt(2 * np.pi)


mean, deviation, weight = np.quantile(x, [0.25, 0.9]), np.array([x.std()] * 2) / 2, np.array([0.5] * 2)
for _ in range(2000):
    parts = np.array([w * density(m, d) for w, m, d in zip(weight, mean, deviation)])
    share = parts / parts.sum(0)
    weight = share.mean(1)
    mean = (share * x).sum(1) / share.sum(1)
    deviation = np.sqrt((share * (x - mean[:, None]) ** 2).sum(1) / share.sum(1))
two = -2 * np.log(parts.sum(0)).sum() + 5 * np.log(len(x))
one = -2 * np.log(density(x.mean(), x.std())).sum() + 2 * np.log(len(x))
apart = abs(mean[0] - mean[1]) * 2**0.5 / np.hypot(*deviation)
a = 0.5 / deviation[1] ** 2 - 0.5 / deviation[0] ** 2
b = mean[0] / deviation[0] ** 2 - mean[1] / deviation[1] ** 2
c = mean[1] ** 2 / 2 / deviation[1] ** 2 - mean[0] ** 2 / 2 / deviation[0] ** 2
c += np.log(weight[0] * deviation[1] / weight[1] / deviation[0])
print(np.exp(mean), weight, deviation, two, one, apart, np.exp(np.roots([a, b, c])), file=sys.stderr)
