// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// Which answers count where a journey has several: `every_answer` (the default), `first_answer`,
/// `latest_answer`.

namespace cxm {

/// The question which answers of one journey count.
struct answers_per_journey;

/// All of them: a journey with two answers has two votes. The default.
struct every_answer {
  using policy_kind = answers_per_journey;
};
/// The earliest, of those at one time the first in the input; answers without a time come last.
struct first_answer {
  using policy_kind = answers_per_journey;
};
/// The latest, of those at one time the last in the input; answers without a time come first.
struct latest_answer {
  using policy_kind = answers_per_journey;
};

}  // namespace cxm
